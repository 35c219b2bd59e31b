import type { Snapshot } from '../../change/snapshot.js'
import type { Manager } from '../../lockfile/dependency-graph.js'
import { formatOfFile } from '../../lockfile/formats.js'
import { folderOf, foldersAbove } from '../../lockfile/project-files.js'
import { installCommand } from '../commands/install-command.js'
import type { PostureState, RepositoryCommand } from './posture-state.js'

/** A lockfile as far as commands depend on it. */
export interface LockedProject {
  readonly lockfile: string
  /** Of the lockfile, where that is the repository's root `''`. */
  readonly folder: string
  readonly manager: Manager
  /** Of all packages in it, and of the repository's own that it speaks for. */
  readonly names: ReadonlySet<string>
}

/** Lockfiles of one repository that its commands are held against: a monorepo has one, a collection of examples a dozen. */
const maxLockfiles = 20

/**
 * The lockfiles of the folders in which changed files start packages without a version, or leave it to Yarn's family what they do. One that
 * cannot be read holds nothing here, and is told of by who reads lockfiles.
 */
export async function readLockedProjects(
  state: PostureState,
  changed: ReadonlySet<string>,
  paths: readonly string[],
  snapshot: Snapshot,
  signal: AbortSignal | undefined,
): Promise<readonly LockedProject[]> {
  const asking = state.commands.filter((command) => changed.has(command.file) && dependsOnLockfile(command))
  if (asking.length === 0) return []
  const byFolder = new Map<string, string>()
  for (const path of paths) {
    if (formatOfFile(path) !== undefined && !path.endsWith('.lockb')) byFolder.set(folderOf(path), path)
  }
  const folders = new Set(asking.flatMap(({ folder }) => foldersAbove(folder ?? '')))
  const lockfiles = [...folders].flatMap((folder) => byFolder.get(folder) ?? []).sort()
  const read = await Promise.all(lockfiles.slice(0, maxLockfiles).map((path) => readOne(path, snapshot, signal)))
  return read.filter((project) => project !== undefined)
}

function dependsOnLockfile(command: RepositoryCommand): boolean {
  const install = installCommand(command)
  if (install?.manager === 'yarn') return true
  return install?.action === 'runner' && install.packages.some(({ ecosystem, exact }) => ecosystem === 'npm' && !exact)
}

async function readOne(
  lockfile: string,
  snapshot: Snapshot,
  signal: AbortSignal | undefined,
): Promise<LockedProject | undefined> {
  const format = formatOfFile(lockfile)
  const read = await snapshot.read(lockfile, signal)
  if (format === undefined || read.kind !== 'file') return undefined
  const graph = format.parse({ file: lockfile, text: read.bytes.toString('utf8'), manifests: new Map() })
  if (!graph.known) return undefined
  const { entries, roots, manager } = graph.value
  const names = new Set([...entries.values()].flatMap(({ name, alias }) => [name, alias ?? name]))
  for (const { name } of roots) if (name !== undefined) names.add(name)
  return { lockfile, folder: folderOf(lockfile), manager, names }
}
