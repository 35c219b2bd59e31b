import { posix } from 'node:path'
import type { RepositoryCommand } from '../posture/posture-state.js'
import type { CommandPackage } from './command-package.js'
import { readBun } from './managers/bun.js'
import { readGo } from './managers/go.js'
import { readNpm, readNpx } from './managers/npm.js'
import { readPnpm, readPnpx } from './managers/pnpm.js'
import { readPip, readPipx, readPoetry, readPython, readUv, readUvx } from './managers/python.js'
import { readYarn } from './managers/yarn.js'
import { startedProgram } from './started-program.js'
import { isSet, type Switches } from './switches.js'
import { enter, type Folder } from './working-folder.js'

export type PackageManager =
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'pip'
  | 'pipx'
  | 'uv'
  | 'poetry'
  | 'pdm'
  | 'pipenv'
  | 'go'

export type InstallAction =
  /** All that the project asks for. */
  | 'install'
  /** Packages that the command names, into the project. */
  | 'add'
  /** Packages that the command names, for all projects of the machine. */
  | 'global'
  /** Newer versions than the lockfile has. */
  | 'update'
  /** Only the lockfile is written. */
  | 'lock'
  /** Fetches a package, if it is not there, and starts it. */
  | 'runner'
  | 'publish'
  /** Holds what is installed against advisories or signatures. */
  | 'audit'

/** What a command asks a package manager for. */
export interface InstallCommand {
  readonly manager: PackageManager
  readonly action: InstallAction
  /** Nothing but what the lockfile has; undefined where that depends on what is not written here. */
  readonly frozen?: boolean
  /** Whether scripts of packages run; undefined where only the manager's version and its settings say so. */
  readonly scripts?: boolean
  /** Those that the command names: to install, or to start. */
  readonly packages: readonly CommandPackage[]
  /** Nothing is installed: `--dry-run`, `--no-install`. */
  readonly simulated: boolean
  /** Relative to the repository's root; undefined where only a running shell knows it. */
  readonly folder: Folder
  readonly switches: Switches
}

/** What a manager's reader is given. */
export interface ManagerWords {
  readonly words: readonly string[]
  readonly environment: ReadonlyMap<string, string>
  /** Continuous integration, which some managers detect and then keep to the lockfile; undefined where it may be or not. */
  readonly ci: boolean | undefined
  readonly folder: Folder
  /** Yarn 2 and later; undefined where nothing tells. */
  readonly berry: boolean | undefined
}

export type ManagerReader = (given: ManagerWords) => InstallCommand | undefined

const readers: ReadonlyMap<string, ManagerReader> = new Map([
  ['npm', readNpm],
  ['npx', readNpx],
  ['yarn', readYarn],
  ['yarnpkg', readYarn],
  ['pnpm', readPnpm],
  ['pn', readPnpm],
  ['pnpx', readPnpx],
  ['pnx', readPnpx],
  ['bun', readBun],
  ['bunx', ({ words, ...given }) => readBun({ ...given, words: ['x', ...words] })],
  ['pip', readPip],
  ['pip3', readPip],
  ['python', readPython],
  ['python3', readPython],
  ['py', readPython],
  ['pipx', readPipx],
  ['uv', readUv],
  ['uvx', readUvx],
  ['poetry', readPoetry('poetry')],
  ['pdm', readPoetry('pdm')],
  ['pipenv', readPoetry('pipenv')],
  ['go', readGo],
])

export interface InstallSurroundings {
  /** What tells Yarn's two families apart in a folder; undefined where nothing does. */
  readonly berry?: (folder: Folder) => boolean | undefined
}

/** What a command installs, updates, starts from a registry, or publishes; undefined for every other command. */
export function installCommand(
  command: RepositoryCommand,
  { berry }: InstallSurroundings = {},
): InstallCommand | undefined {
  const { program, words } = startedProgram(command.invocation)
  const name = program.replace(/^(pip|python)\d(?:\.\d{1,2})?$/, '$1').replace(/@[\w.-]{1,50}$/, '')
  const read = readers.get(name)
  if (read === undefined) return undefined
  const folder = command.host.kind === 'dockerfile' ? folderOfFile(command.file) : command.folder
  return read({
    words,
    environment: command.environment,
    ci: runsInCi(command),
    folder,
    berry: berry?.(folder),
  })
}

/** A Dockerfile's commands run in the image; the project that it copies there is most often the one that it lies in. */
const folderOfFile = (file: string): Folder => enter('', posix.dirname(file))

/** GitHub sets CI for all that it runs; an image that is built has what its file sets; a script may be run anywhere. */
function runsInCi({ host, environment }: RepositoryCommand): boolean | undefined {
  const written = isSet(environment, 'CI')
  if (written !== undefined) return written
  if (host.kind === 'workflow' || host.kind === 'action') return true
  return host.kind === 'dockerfile' ? false : undefined
}
