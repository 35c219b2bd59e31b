import type { CommandPackage } from '../command-package.js'
import type { InstallCommand, ManagerWords } from '../install-command.js'
import { readSwitches, type SwitchNames } from '../switches.js'

const names: SwitchNames = {
  valued: new Set(['C', 'mod', 'modfile', 'o', 'tags', 'ldflags', 'gcflags', 'p', 'exec', 'overlay', 'toolexec']),
  short: new Map(),
}

/** Go checks what it fetches against go.sum, and against the checksum database for what that lacks. */
export function readGo({ words, folder }: ManagerWords): InstallCommand | undefined {
  const [verb, ...rest] = words
  const switches = readSwitches(rest, verb === 'run' ? { ...names, stopAfter: 1 } : names)
  const packages = switches.plain.filter((path) => /^[\w-]+\.[\w.-]+\//.test(path)).map(goPackage)
  const common = { manager: 'go', packages, simulated: false, folder, switches } as const
  switch (verb) {
    case 'install':
      return packages.length === 0 ? undefined : { ...common, action: 'global' }
    case 'get':
      return { ...common, action: switches.named.has('u') ? 'update' : 'add', frozen: false }
    case 'run':
      return packages.length === 0 ? undefined : { ...common, action: 'runner' }
    default:
      return undefined
  }
}

function goPackage(text: string): CommandPackage {
  const at = text.indexOf('@')
  const [name, range] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  const isUnknown = /[…$]/.test(text)
  // Without a version it is the one that go.mod has.
  return {
    ecosystem: 'go',
    text,
    source: isUnknown ? 'unknown' : 'registry',
    name,
    range,
    exact: /^v\d+\.\d+\.\d+/.test(range),
  }
}
