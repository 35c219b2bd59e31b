import { npmPackage } from '../command-package.js'
import type { InstallCommand, ManagerWords } from '../install-command.js'
import { allOf, isOn, isSet, lastOf, readSwitches, type Switches, type SwitchNames } from '../switches.js'
import { enter } from '../working-folder.js'
import { initializer, scriptsOf } from './npm.js'

const names: SwitchNames = {
  valued: new Set([
    ...['dir', 'filter', 'filter-prod', 'store-dir', 'modules-dir', 'virtual-store-dir', 'lockfile-dir', 'registry'],
    ...['reporter', 'loglevel', 'package', 'workspace-concurrency', 'network-concurrency', 'child-concurrency'],
    ...[
      'config-dir',
      'tag',
      'otp',
      'access',
      'audit-level',
      'node-linker',
      'package-import-method',
      'cpu',
      'os',
      'libc',
    ],
    ...['allow-build', 'changed-files-ignore-pattern', 'test-pattern', 'global-dir', 'cache-dir', 'fetch-retries'],
  ]),
  short: new Map([
    ['C', 'dir'],
    ['F', 'filter'],
    ['g', 'global'],
    ['r', 'recursive'],
    ['w', 'workspace-root'],
    ['P', 'prod'],
    ['D', 'dev'],
    ['c', 'shell-mode'],
  ]),
}

export function readPnpm(given: ManagerWords): InstallCommand | undefined {
  const [verb = ''] = readSwitches(given.words, { ...names, stopAfter: 1 }).plain
  if (verb === 'dlx') return readPnpx({ ...given, words: withoutFirst(given.words, verb) })
  const switches = readSwitches(given.words, names)
  const written = switches.plain.slice(1)
  const packages = written.map(npmPackage)
  const folder = enter(given.folder, lastOf(switches, 'dir') ?? '.')
  const common = { manager: 'pnpm', switches, folder, simulated: isOn(switches, 'dry-run') === true } as const
  const scripts = scriptsOf(switches, given.environment)
  const isGlobal = isOn(switches, 'global') === true
  switch (verb) {
    case 'install':
    case 'i':
    case 'install-test':
    case 'it':
      if (isOn(switches, 'lockfile-only') === true) return { ...common, action: 'lock', packages }
      if (isGlobal) return { ...common, action: 'global', ...scripts, packages }
      if (packages.length > 0) return { ...common, action: 'add', frozen: false, ...scripts, packages }
      return { ...common, action: 'install', ...frozen(switches, given), ...scripts, packages }
    case 'ci':
    case 'clean-install':
    case 'ic':
    case 'install-clean':
    case 'fetch':
      return { ...common, action: 'install', frozen: true, ...scripts, packages: [] }
    case 'add':
      if (isGlobal) return { ...common, action: 'global', ...scripts, packages }
      return { ...common, action: 'add', frozen: false, ...scripts, packages }
    case 'update':
    case 'up':
    case 'upgrade':
      if (isGlobal) return { ...common, action: 'global', ...scripts, packages }
      return { ...common, action: 'update', frozen: false, ...scripts, packages }
    case 'create':
      return written[0] === undefined
        ? undefined
        : { ...common, action: 'runner', packages: [npmPackage(initializer(written[0]))] }
    case 'publish':
      return { ...common, action: 'publish', packages: [] }
    case 'audit':
      return isOn(switches, 'fix') === true
        ? { ...common, action: 'update', frozen: false, packages: [] }
        : { ...common, action: 'audit', packages: [] }
    default:
      return undefined
  }
}

export function readPnpx(given: ManagerWords): InstallCommand | undefined {
  const switches = readSwitches(given.words, { ...names, stopAfter: 1 })
  const started = switches.plain[0] ?? switches.rest?.[0]
  const named = allOf(switches, 'package')
  if (started === undefined) return undefined
  return {
    manager: 'pnpm',
    action: 'runner',
    packages: (named.length > 0 ? named : [started]).map(npmPackage),
    simulated: false,
    folder: enter(given.folder, lastOf(switches, 'dir') ?? '.'),
    switches,
  }
}

/** In continuous integration pnpm keeps to the lockfile unless it is told otherwise. */
function frozen(switches: Switches, { ci, environment }: ManagerWords): { readonly frozen?: boolean } {
  if (isOn(switches, 'lockfile') === false || isOn(switches, 'fix-lockfile') === true) return { frozen: false }
  const written =
    isOn(switches, 'frozen-lockfile') ??
    isSet(environment, 'npm_config_frozen_lockfile', 'NPM_CONFIG_FROZEN_LOCKFILE', 'pnpm_config_frozen_lockfile')
  const value = written ?? ci
  return value === undefined ? {} : { frozen: value }
}

function withoutFirst(words: readonly string[], word: string): readonly string[] {
  const at = words.indexOf(word)
  return words.filter((_, index) => index !== at)
}
