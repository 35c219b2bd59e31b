import { npmPackage } from '../command-package.js'
import type { InstallCommand, ManagerWords } from '../install-command.js'
import { allOf, isOn, isSet, lastOf, readSwitches, type Switches, type SwitchNames } from '../switches.js'
import { enter } from '../working-folder.js'

/** Of npm and npx; others take no word, or none that changes what is installed. */
export const npmSwitches: SwitchNames = {
  valued: new Set([
    ...['prefix', 'registry', 'cache', 'userconfig', 'globalconfig', 'loglevel', 'workspace', 'omit', 'include', 'tag'],
    ...[
      'otp',
      'scope',
      'access',
      'package',
      'call',
      'node-options',
      'install-strategy',
      'before',
      'audit-level',
      'cpu',
    ],
    ...['os', 'libc', 'script-shell', 'min-release-age', 'fetch-retries', 'fetch-timeout', 'maxsockets', 'depth'],
    ...['save-prefix', 'provenance-file', 'pack-destination', 'allow-scripts', 'message', 'preid', 'auth-type'],
  ]),
  short: new Map([
    ['g', 'global'],
    ['C', 'prefix'],
    ['w', 'workspace'],
    ['p', 'package'],
    ['c', 'call'],
    ['y', 'yes'],
    ['m', 'message'],
  ]),
}

/** The names and misspellings that npm's own table has for them. */
const verbs: ReadonlyMap<string, InstallCommand['action'] | 'ci' | 'exec' | 'init'> = new Map([
  ...['install', 'add', 'i', 'in', 'ins', 'inst', 'insta', 'instal', 'isnt', 'isnta', 'isntal', 'isntall'].map(
    (name) => [name, 'install'] as const,
  ),
  ...['install-test', 'it'].map((name) => [name, 'install'] as const),
  ...['ci', 'clean-install', 'ic', 'install-clean', 'isntall-clean'].map((name) => [name, 'ci'] as const),
  ...['cit', 'install-ci-test', 'clean-install-test', 'sit'].map((name) => [name, 'ci'] as const),
  ...['update', 'up', 'u', 'upgrade', 'udpate'].map((name) => [name, 'update'] as const),
  ...['exec', 'x'].map((name) => [name, 'exec'] as const),
  ...['init', 'create', 'innit'].map((name) => [name, 'init'] as const),
  ['publish', 'publish'],
  ['audit', 'audit'],
])

export function readNpm(given: ManagerWords): InstallCommand | undefined {
  const first = readSwitches(given.words, { ...npmSwitches, stopAfter: 1 })
  const verb = verbs.get(first.plain[0] ?? '')
  if (verb === undefined) return undefined
  if (verb === 'exec')
    return readRunner(
      given,
      given.words.filter((_, at) => at !== given.words.indexOf(first.plain[0] ?? '')),
    )
  const switches = readSwitches(given.words, npmSwitches)
  const [, ...names] = switches.plain
  const folder = enter(given.folder, lastOf(switches, 'prefix') ?? '.')
  const common = { manager: 'npm', switches, folder, simulated: isOn(switches, 'dry-run') === true } as const
  const scripts = scriptsOf(switches, given.environment)
  if (verb === 'init') {
    const created = names[0] === undefined ? undefined : initializer(names[0])
    return created === undefined ? undefined : { ...common, action: 'runner', packages: [npmPackage(created)] }
  }
  if (verb === 'publish') return { ...common, action: 'publish', packages: [] }
  if (verb === 'audit')
    return names[0] === 'fix'
      ? { ...common, action: 'update', frozen: false, packages: [] }
      : { ...common, action: 'audit', packages: [] }
  if (verb === 'ci') return { ...common, action: 'install', frozen: true, ...scripts, packages: [] }
  const packages = names.map(npmPackage)
  const isGlobal = isOn(switches, 'global') === true || lastOf(switches, 'location') === 'global'
  if (isGlobal) return { ...common, action: 'global', ...scripts, packages }
  if (isOn(switches, 'package-lock-only') === true) return { ...common, action: 'lock', packages }
  if (verb === 'update') return { ...common, action: 'update', frozen: false, ...scripts, packages }
  return { ...common, action: packages.length > 0 ? 'add' : 'install', frozen: false, ...scripts, packages }
}

export const readNpx = (given: ManagerWords): InstallCommand | undefined => readRunner(given, given.words)

/** Switches end where what is started begins: that has its own. */
function readRunner(given: ManagerWords, words: readonly string[]): InstallCommand | undefined {
  const switches = readSwitches(words, { ...npmSwitches, stopAfter: 1 })
  const started = switches.plain[0] ?? switches.rest?.[0]
  const named = allOf(switches, 'package')
  if (started === undefined && named.length === 0) return undefined
  const packages = named.length > 0 ? named : [started ?? '']
  return {
    manager: 'npm',
    action: 'runner',
    packages: packages.map(npmPackage),
    simulated:
      isOn(switches, 'yes') === false ||
      isOn(switches, 'install') === false ||
      isOn(switches, 'offline') === true ||
      switches.named.has('no'),
    folder: enter(given.folder, lastOf(switches, 'prefix') ?? '.'),
    switches,
  }
}

/** `npm create vite@5` starts `create-vite@5`, `@acme` and `@acme/x` packages of that scope. */
export function initializer(written: string): string {
  const [, scope, name, version = ''] = /^(@[^/@]{1,200})?\/?([^@]{0,200})(@.{0,200})?$/.exec(written) ?? []
  if (scope === undefined) return `create-${written}`
  return name === '' || name === undefined ? `${scope}/create${version}` : `${scope}/create-${name}${version}`
}

/** What a switch or the environment says about scripts of packages. */
export function scriptsOf(
  switches: Switches,
  environment: ReadonlyMap<string, string>,
): { readonly scripts?: boolean } {
  const ignored =
    isOn(switches, 'ignore-scripts') ?? isSet(environment, 'npm_config_ignore_scripts', 'NPM_CONFIG_IGNORE_SCRIPTS')
  return ignored === undefined ? {} : { scripts: !ignored }
}
