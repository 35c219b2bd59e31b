import { npmPackage } from '../command-package.js'
import type { InstallCommand, ManagerWords } from '../install-command.js'
import { allOf, isOn, lastOf, readSwitches, type Switches, type SwitchNames } from '../switches.js'
import { enter } from '../working-folder.js'
import { initializer, scriptsOf } from './npm.js'

const names: SwitchNames = {
  valued: new Set([
    ...['cwd', 'config', 'registry', 'cache-dir', 'backend', 'filter', 'omit', 'concurrent-scripts', 'package', 'tag'],
    ...['otp', 'access', 'audit-level', 'linker', 'minimum-release-age', 'network-concurrency', 'cpu', 'os', 'cafile'],
  ]),
  short: new Map([
    ['g', 'global'],
    ['c', 'config'],
    ['p', 'package'],
  ]),
}

/** Of `bun install`, where `-p` is another switch than `bunx` has under it. */
const installNames: SwitchNames = { ...names, short: new Map([...names.short, ['p', 'production']]) }

export function readBun(given: ManagerWords): InstallCommand | undefined {
  const first = readSwitches(given.words, { ...names, stopAfter: 1 })
  const [verb = ''] = first.plain
  if (verb === 'x') return readRunner(given)
  const switches = readSwitches(given.words, installNames)
  const written = switches.plain.slice(1)
  const packages = written.map(npmPackage)
  const folder = enter(given.folder, lastOf(switches, 'cwd') ?? '.')
  const common = { manager: 'bun', switches, folder, simulated: isOn(switches, 'dry-run') === true } as const
  const scripts = scriptsOf(switches, given.environment)
  switch (verb) {
    case 'install':
    case 'i':
    case 'add':
    case 'a':
      if (isOn(switches, 'lockfile-only') === true) return { ...common, action: 'lock', packages }
      if (isOn(switches, 'global') === true) return { ...common, action: 'global', ...scripts, packages }
      if (packages.length > 0) return { ...common, action: 'add', frozen: false, ...scripts, packages }
      return { ...common, action: 'install', ...frozen(switches), ...scripts, packages: [] }
    case 'ci':
      return { ...common, action: 'install', frozen: true, ...scripts, packages: [] }
    case 'update':
      return { ...common, action: 'update', frozen: false, ...scripts, packages }
    case 'create':
    case 'c':
      return written[0] === undefined || /[/.]/.test(written[0].replace(/^@[^/]{1,200}\//, ''))
        ? undefined
        : { ...common, action: 'runner', packages: [npmPackage(initializer(written[0]))] }
    case 'publish':
      return { ...common, action: 'publish', packages: [] }
    case 'audit':
      return { ...common, action: 'audit', packages: [] }
    default:
      return undefined
  }
}

function readRunner(given: ManagerWords): InstallCommand | undefined {
  const words = given.words.slice(given.words.indexOf('x') + 1)
  const switches = readSwitches(words, { ...names, stopAfter: 1 })
  const started = switches.plain[0] ?? switches.rest?.[0]
  const named = allOf(switches, 'package')
  if (started === undefined) return undefined
  return {
    manager: 'bun',
    action: 'runner',
    packages: (named.length > 0 ? named : [started]).map(npmPackage),
    simulated: isOn(switches, 'install') === false,
    folder: given.folder,
    switches,
  }
}

/** Bun writes to its lockfile in continuous integration too, unless it is told not to; whether `--production` tells it depends on its version. */
function frozen(switches: Switches): { readonly frozen?: boolean } {
  const written = isOn(switches, 'frozen-lockfile')
  if (written !== undefined) return { frozen: written }
  return isOn(switches, 'production') === true ? {} : { frozen: false }
}
