import { npmPackage } from '../command-package.js'
import type { InstallCommand, ManagerWords } from '../install-command.js'
import { allOf, isOn, isSet, lastOf, readSwitches, type Switches, type SwitchNames } from '../switches.js'
import { enter } from '../working-folder.js'
import { initializer } from './npm.js'

const names: SwitchNames = {
  valued: new Set([
    ...['cwd', 'registry', 'modules-folder', 'cache-folder', 'global-folder', 'prefix', 'network-timeout', 'package'],
    ...[
      'network-concurrency',
      'mutex',
      'use-yarnrc',
      'mode',
      'tag',
      'access',
      'otp',
      'severity',
      'level',
      'environment',
    ],
    ...['groups', 'preferred-cache-folder', 'new-version', 'child-concurrency', 'pattern', 'scope'],
  ]),
  short: new Map([
    ['p', 'package'],
    ['D', 'dev'],
    ['W', 'ignore-workspace-root-check'],
  ]),
}

export function readYarn(given: ManagerWords): InstallCommand | undefined {
  const switches = readSwitches(given.words, names)
  const folder = enter(given.folder, lastOf(switches, 'cwd') ?? '.')
  const common = { manager: 'yarn', switches, folder, simulated: false } as const
  const scripts = scriptsOf(switches, given.environment)
  const { verb, written } = verbOf(switches.plain)
  const packages = written.map(npmPackage)
  switch (verb) {
    case '':
      if (['version', 'v', 'help', 'h'].some((name) => switches.named.has(name))) return undefined
      return { ...common, action: 'install', ...frozen(switches, given), ...scripts, packages: [] }
    case 'install':
      if (lastOf(switches, 'mode') === 'update-lockfile') return { ...common, action: 'lock', packages: [] }
      return { ...common, action: 'install', ...frozen(switches, given), ...scripts, packages: [] }
    case 'workspaces focus':
      return { ...common, action: 'install', ...scripts, packages: [] }
    case 'add':
      return { ...common, action: 'add', frozen: false, ...scripts, packages }
    case 'global add':
    case 'global upgrade':
      return { ...common, action: 'global', ...scripts, packages }
    case 'up':
    case 'upgrade':
    case 'upgrade-interactive':
      return { ...common, action: 'update', frozen: false, ...scripts, packages }
    case 'dlx':
      return readDlx(given, folder)
    case 'create':
      return written[0] === undefined
        ? undefined
        : { ...common, action: 'runner', packages: [npmPackage(initializer(written[0]))] }
    case 'publish':
    case 'npm publish':
      return { ...common, action: 'publish', packages: [] }
    case 'audit':
    case 'npm audit':
      return { ...common, action: 'audit', packages: [] }
    default:
      return undefined
  }
}

/** `workspace web add x` does in a workspace what `add x` does. */
function verbOf(plain: readonly string[]): { readonly verb: string; readonly written: readonly string[] } {
  const [first = '', second = '', ...rest] = plain
  if (first === 'workspace') return verbOf(rest)
  if (first === 'global' || first === 'npm' || (first === 'workspaces' && second === 'focus')) {
    return { verb: `${first} ${second}`, written: rest }
  }
  return { verb: first, written: plain.slice(1) }
}

function readDlx(given: ManagerWords, folder: InstallCommand['folder']): InstallCommand | undefined {
  const switches = readSwitches(given.words.slice(given.words.indexOf('dlx') + 1), { ...names, stopAfter: 1 })
  const started = switches.plain[0] ?? switches.rest?.[0]
  const named = allOf(switches, 'package')
  if (started === undefined) return undefined
  const packages = (named.length > 0 ? named : [started]).map(npmPackage)
  return { manager: 'yarn', action: 'runner', packages, simulated: false, folder, switches }
}

/** Yarn 2 and later keep to the lockfile in continuous integration; Yarn 1 only when it is told to. */
function frozen(switches: Switches, { berry, ci, environment }: ManagerWords): { readonly frozen?: boolean } {
  const written =
    isOn(switches, 'immutable') ??
    isOn(switches, 'frozen-lockfile') ??
    isOn(switches, 'pure-lockfile') ??
    (berry === false ? undefined : isSet(environment, 'YARN_ENABLE_IMMUTABLE_INSTALLS'))
  if (written !== undefined) return { frozen: written }
  if (isOn(switches, 'lockfile') === false) return { frozen: false }
  const value = berry === true ? ci : berry
  return value === undefined ? {} : { frozen: value }
}

function scriptsOf(switches: Switches, environment: ReadonlyMap<string, string>): { readonly scripts?: boolean } {
  if (lastOf(switches, 'mode') === 'skip-build') return { scripts: false }
  const ignored = isOn(switches, 'ignore-scripts')
  const enabled = ignored === undefined ? isSet(environment, 'YARN_ENABLE_SCRIPTS') : !ignored
  return enabled === undefined ? {} : { scripts: enabled }
}
