import { posix } from 'node:path'
import type { Snapshot, SnapshotEntry } from '../change/snapshot.js'
import type { Gap } from '../gap.js'
import { formatOfFile, type LockfileFormat, lockfileFormats } from './formats.js'

export interface LockfileFile {
  readonly path: string
  readonly format: LockfileFormat
  readonly entry: SnapshotEntry
}

/** The files of one state of a repository that decide what is installed. */
export interface ProjectFiles {
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Folder → its lockfiles, the one that its manager prefers before others of the same manager. */
  readonly lockfiles: ReadonlyMap<string, readonly LockfileFile[]>
  /** Path → package.json, those that the policy ignores left out, as above. */
  readonly manifests: ReadonlyMap<string, SnapshotEntry>
  /** Path → pnpm-workspace.yaml, likewise. */
  readonly workspaceFiles: ReadonlyMap<string, SnapshotEntry>
  /** Lockfiles and manifests that the policy ignores. */
  readonly ignored: ReadonlyMap<string, SnapshotEntry>
  /** What is committed below a `node_modules`. */
  readonly installed: ReadonlyMap<string, SnapshotEntry>
  readonly gaps: readonly Gap[]
}

export async function listProjectFiles(
  snapshot: Snapshot,
  ignores: (path: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<ProjectFiles> {
  const { entries, gaps } = await snapshot.list(signal)
  const lockfiles = new Map<string, LockfileFile[]>()
  const manifests = new Map<string, SnapshotEntry>()
  const workspaceFiles = new Map<string, SnapshotEntry>()
  const ignored = new Map<string, SnapshotEntry>()
  const installed = new Map<string, SnapshotEntry>()
  for (const entry of entries) {
    const { path } = entry
    const format = formatOfFile(path)
    if (installedFolder(path) !== null) installed.set(path, entry)
    else if (format === undefined && !otherFiles.has(posix.basename(path))) continue
    else if (ignores(path)) ignored.set(path, entry)
    else if (posix.basename(path) === 'pnpm-workspace.yaml') workspaceFiles.set(path, entry)
    else if (format === undefined) manifests.set(path, entry)
    else lockfiles.set(folderOf(path), [...(lockfiles.get(folderOf(path)) ?? []), { path, format, entry }])
  }
  for (const list of lockfiles.values()) list.sort((a, b) => preference(a) - preference(b))
  const paths = new Set(entries.map(({ path }) => path))
  return { paths, lockfiles, manifests, workspaceFiles, ignored, installed, gaps }
}

const otherFiles: ReadonlySet<string> = new Set(['package.json', 'pnpm-workspace.yaml'])

export const folderOf = (path: string): string => (path.includes('/') ? posix.dirname(path) : '')

/** npm reads npm-shrinkwrap.json and ignores a package-lock.json beside it; Bun reads bun.lock and ignores bun.lockb. */
const preference = ({ path, format }: LockfileFile): number =>
  lockfileFormats.indexOf(format) * 10 + format.filenames.indexOf(posix.basename(path))

/** The folder that an installer fills and that somebody committed, up to and with its `node_modules`. */
export function installedFolder(path: string): string | null {
  const at = `/${path}`.indexOf('/node_modules/')
  return at === -1 ? null : path.slice(0, at + 'node_modules'.length)
}

/** The folder and all above it, nearest first; `''` is the repository's root. */
export function foldersAbove(folder: string): string[] {
  const folders = [folder]
  for (let at = folder; at !== ''; ) {
    at = folderOf(at)
    folders.push(at)
  }
  return folders
}

/** The nearest folder, at or above, that has a lockfile of any manager. */
export const coveringFolder = (files: ProjectFiles, folder: string): string | null =>
  foldersAbove(folder).find((above) => files.lockfiles.has(above)) ?? null

/** Paths that one side lacks or that differ, sorted. */
export function changedPaths(
  base: ReadonlyMap<string, SnapshotEntry>,
  head: ReadonlyMap<string, SnapshotEntry>,
): string[] {
  return [...new Set([...base.keys(), ...head.keys()])]
    .filter((path) => !isSameFile(base.get(path), head.get(path)))
    .sort()
}

export const isSameFile = (a: SnapshotEntry | undefined, b: SnapshotEntry | undefined): boolean =>
  a?.id === b?.id && a?.kind === b?.kind

/** One gap for each committed `node_modules` that the change touches: its files are code that no lockfile vouches for. */
export function installedGaps(base: ProjectFiles, head: ProjectFiles): Gap[] {
  const counts = new Map<string, number>()
  for (const path of changedPaths(base.installed, head.installed)) {
    const folder = installedFolder(path) ?? path
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts].map(([folder, count]) => ({
    code: 'repository-unreadable',
    file: folder,
    fact: 'repository',
    detail: `${count} committed ${count === 1 ? 'file' : 'files'} below node_modules changed and ${count === 1 ? 'was' : 'were'} not reviewed`,
  }))
}

const ignored = ' changed; the policy ignores it'

/** What is said of a file that the policy leaves out. */
export const ignoredNote = (path: string): string => `${path}${ignored}`

/** The path of such a note; undefined for any other. */
export const ignoredPathIn = (note: string): string | undefined =>
  note.endsWith(ignored) ? note.slice(0, -ignored.length) : undefined
