import { pythonPackage } from '../command-package.js'
import type { InstallCommand, ManagerReader, ManagerWords, PackageManager } from '../install-command.js'
import { allOf, isOn, isSet, lastOf, readSwitches, type SwitchNames } from '../switches.js'
import { enter } from '../working-folder.js'

const pipNames: SwitchNames = {
  valued: new Set([
    ...[
      'requirement',
      'constraint',
      'editable',
      'index-url',
      'extra-index-url',
      'find-links',
      'target',
      'prefix',
      'root',
    ],
    ...['platform', 'python-version', 'implementation', 'abi', 'no-binary', 'only-binary', 'upgrade-strategy', 'src'],
    ...['progress-bar', 'cache-dir', 'timeout', 'retries', 'proxy', 'cert', 'client-cert', 'trusted-host', 'report'],
    ...[
      'config-settings',
      'log',
      'root-user-action',
      'use-feature',
      'exists-action',
      'python',
      'index',
      'default-index',
    ],
    ...['requirements', 'group', 'index-strategy', 'extra', 'directory', 'project', 'build-constraint'],
  ]),
  short: new Map([
    ['r', 'requirement'],
    ['c', 'constraint'],
    ['e', 'editable'],
    ['i', 'index-url'],
    ['f', 'find-links'],
    ['t', 'target'],
    ['p', 'python'],
    ['U', 'upgrade'],
  ]),
}

/** A command of pip, or one of uv that has its switches; `verb` has been read. */
function readPipInstall(manager: PackageManager, { words, folder }: ManagerWords): InstallCommand {
  const switches = readSwitches(words, pipNames)
  const files = [...allOf(switches, 'requirement'), ...allOf(switches, 'requirements')]
  const packages = [...switches.plain, ...allOf(switches, 'editable')].map(pythonPackage)
  return {
    manager,
    action: packages.some(({ source }) => source !== 'folder') ? 'add' : 'install',
    frozen: isOn(switches, 'require-hashes') === true,
    packages,
    simulated:
      isOn(switches, 'dry-run') === true ||
      (packages.length === 0 && files.length === 0 && !switches.named.has('group')),
    folder,
    switches,
  }
}

export function readPip(given: ManagerWords): InstallCommand | undefined {
  const [verb, ...words] = behindSwitches(given.words, pipNames)
  return verb === 'install' || verb === 'download' || verb === 'wheel'
    ? readPipInstall('pip', { ...given, words })
    : undefined
}

/** `python -m pip install x`. */
export function readPython(given: ManagerWords): InstallCommand | undefined {
  const at = given.words.indexOf('-m')
  if (at < 0 || at > 5) return undefined
  const module = given.words[at + 1]
  const inner = { ...given, words: given.words.slice(at + 2) }
  if (module === 'pip') return readPip(inner)
  if (module === 'pipx') return readPipx(inner)
  if (module === 'poetry' || module === 'pdm' || module === 'pipenv') return readPoetry(module)(inner)
  return module === 'uv' ? readUv(inner) : undefined
}

const pipxNames: SwitchNames = {
  valued: new Set(['spec', 'python', 'index-url', 'pip-args', 'suffix', 'with']),
  short: new Map([['i', 'index-url']]),
}

export function readPipx(given: ManagerWords): InstallCommand | undefined {
  const [verb, ...words] = given.words
  if (verb !== 'run' && verb !== 'install') return undefined
  const switches = readSwitches(words, verb === 'run' ? { ...pipxNames, stopAfter: 1 } : pipxNames)
  const spec = lastOf(switches, 'spec')
  const packages = (spec === undefined ? switches.plain : [spec]).map(pythonPackage)
  if (packages.length === 0) return undefined
  const action = verb === 'run' ? 'runner' : 'global'
  return { manager: 'pipx', action, packages, simulated: false, folder: given.folder, switches }
}

const uvNames: SwitchNames = {
  valued: new Set([
    ...pipNames.valued,
    ...[
      'from',
      'with',
      'with-editable',
      'with-requirements',
      'package',
      'only-group',
      'no-group',
      'env-file',
      'config-file',
    ],
    ...['color', 'link-mode', 'resolution', 'prerelease', 'keyring-provider', 'refresh-package', 'reinstall-package'],
    ...['upgrade-package', 'module', 'no-extra'],
  ]),
  short: new Map([
    ['p', 'python'],
    ['w', 'with'],
    ['P', 'upgrade-package'],
    ['i', 'index-url'],
    ['m', 'module'],
  ]),
}

export function readUv(given: ManagerWords): InstallCommand | undefined {
  const outer = readSwitches(given.words, { ...uvNames, stopAfter: 1 })
  const [verb] = outer.plain
  const words = behindSwitches(given.words, uvNames).slice(1)
  const folder = enter(given.folder, lastOf(outer, 'directory', 'project') ?? '.')
  const inner = { ...given, words, folder }
  if (verb === 'pip') return words[0] === 'install' || words[0] === 'sync' ? readUvPip(inner) : undefined
  if (verb === 'tool' || verb === 'tools') return readUvTool(inner)
  const switches = readSwitches(given.words, verb === 'run' ? { ...uvNames, stopAfter: 1 } : uvNames)
  const common = {
    manager: 'uv',
    packages: [],
    simulated: isOn(switches, 'dry-run') === true,
    folder,
    switches,
  } as const
  switch (verb) {
    case 'sync':
      return { ...common, action: 'install', frozen: isLocked(switches.named, given.environment) }
    case 'add':
      return { ...common, action: 'add', frozen: false, packages: switches.plain.slice(1).map(pythonPackage) }
    case 'lock':
      return { ...common, action: 'lock' }
    case 'publish':
      return { ...common, action: 'publish' }
    case 'run':
      return readUvRun(inner)
    default:
      return undefined
  }
}

const isLocked = (named: ReadonlyMap<string, unknown>, environment: ReadonlyMap<string, string>): boolean =>
  named.has('locked') || named.has('frozen') || isSet(environment, 'UV_LOCKED', 'UV_FROZEN') === true

/** `uv pip sync requirements.txt` takes files without a switch. */
function readUvPip({ words, ...given }: ManagerWords): InstallCommand {
  const [verb, ...rest] = words
  if (verb === 'install') return readPipInstall('uv', { ...given, words: rest })
  const switches = readSwitches(rest, pipNames)
  const hashes = isOn(switches, 'require-hashes') === true
  return {
    manager: 'uv',
    action: 'install',
    frozen: hashes,
    packages: [],
    simulated: false,
    folder: given.folder,
    switches,
  }
}

/** Only what it fetches besides the project. */
function readUvRun({ words, folder }: ManagerWords): InstallCommand | undefined {
  const switches = readSwitches(words, { ...uvNames, stopAfter: 1 })
  const packages = allOf(switches, 'with')
    .flatMap((list) => list.split(','))
    .map(pythonPackage)
  return packages.length === 0
    ? undefined
    : { manager: 'uv', action: 'runner', packages, simulated: false, folder, switches }
}

function readUvTool({ words, ...given }: ManagerWords): InstallCommand | undefined {
  const [verb, ...rest] = words
  if (verb === 'run') return readUvx({ ...given, words: rest })
  if (verb !== 'install') return undefined
  const switches = readSwitches(rest, uvNames)
  const packages = [lastOf(switches, 'from') ?? switches.plain[0] ?? '', ...withAlso(switches)].map(pythonPackage)
  return { manager: 'uv', action: 'global', packages, simulated: false, folder: given.folder, switches }
}

export function readUvx({ words, folder }: ManagerWords): InstallCommand | undefined {
  const switches = readSwitches(words, { ...uvNames, stopAfter: 1 })
  const started = lastOf(switches, 'from') ?? switches.plain[0] ?? switches.rest?.[0]
  if (started === undefined) return undefined
  const packages = [started, ...withAlso(switches)].map(pythonPackage)
  return { manager: 'uv', action: 'runner', packages, simulated: false, folder, switches }
}

const withAlso = (switches: ReturnType<typeof readSwitches>): readonly string[] =>
  allOf(switches, 'with').flatMap((list) => list.split(','))

const projectNames: SwitchNames = {
  valued: new Set([
    'directory',
    'project',
    'with',
    'without',
    'only',
    'extras',
    'group',
    'source',
    'index',
    'lockfile',
  ]),
  short: new Map([
    ['C', 'directory'],
    ['P', 'project'],
    ['E', 'extras'],
    ['G', 'group'],
  ]),
}

/** Poetry refuses a lockfile that does not fit; PDM and Pipenv do when they are told to, or by another word. */
export function readPoetry(manager: 'poetry' | 'pdm' | 'pipenv'): ManagerReader {
  return ({ words, folder: from }) => {
    const switches = readSwitches(words, projectNames)
    const [verb, ...written] = switches.plain
    const folder = enter(from, lastOf(switches, 'directory', 'project') ?? '.')
    const common = {
      manager,
      packages: written.map(pythonPackage),
      simulated: isOn(switches, 'dry-run') === true,
      folder,
      switches,
    }
    const isFrozen =
      manager === 'poetry' || ['frozen-lockfile', 'check', 'deploy'].some((name) => switches.named.has(name))
    if (verb === 'sync') return { ...common, action: 'install', frozen: true }
    if (verb === 'install' && written.length === 0) return { ...common, action: 'install', frozen: isFrozen }
    if (verb === 'add' || verb === 'install') return { ...common, action: 'add', frozen: false }
    if (verb === 'update' || verb === 'upgrade') return { ...common, action: 'update', frozen: false }
    if (verb === 'publish') return { ...common, action: 'publish' }
    return verb === 'lock' ? { ...common, action: 'lock' } : undefined
  }
}

/** From the first word that is no switch. */
function behindSwitches(words: readonly string[], names: SwitchNames): readonly string[] {
  const { plain, rest = [] } = readSwitches(words, { ...names, stopAfter: 1 })
  return [...plain, ...rest]
}
