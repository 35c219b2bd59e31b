import { createHash } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import { type FileHandle, lstat, open, readdir, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import PQueue from 'p-queue'
import type { Gap } from '../gap.js'
import { maxRepositoryFileBytes, maxRepositoryFiles } from '../limits.js'
import { errorCode } from './error-code.js'
import { tooLarge } from './git-snapshot.js'
import { isRepositoryPath } from './repository-path.js'
import type { FileRead, Listing, Snapshot, SnapshotEntry, SnapshotOrigin } from './snapshot.js'

/** More open files at once gain nothing and may meet the process's limit. */
const concurrentFiles = 32

/** Never entered. An installed `node_modules` is what the lockfile says, not a part of the repository. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules'])

/**
 * A directory as it is now: links are never followed and nothing outside is read. `.git` and `node_modules` are absent at
 * every depth, and so is what git could not hold: sockets, devices, empty folders. Rejects when there is no such directory.
 */
export async function openDirectorySnapshot(path: string): Promise<Snapshot> {
  const root = await realpath(path)
  if (!(await lstat(root)).isDirectory()) throw new Error(`${path} is not a directory`)
  return new DirectorySnapshot(root, { kind: 'directory', path })
}

class DirectorySnapshot implements Snapshot {
  #listing: Promise<Listing> | undefined

  constructor(
    private readonly root: string,
    readonly origin: SnapshotOrigin,
  ) {}

  async list(signal?: AbortSignal): Promise<Listing> {
    signal?.throwIfAborted()
    // Without the caller's signal: others may be waiting for the same listing.
    this.#listing ??= listDirectory(this.root)
    const listing = await this.#listing
    signal?.throwIfAborted()
    return listing
  }

  async read(path: string, signal?: AbortSignal): Promise<FileRead> {
    signal?.throwIfAborted()
    if (!isRepositoryPath(path) || path.split('/').some((part) => leftOut.has(part))) return { kind: 'absent' }
    try {
      return await this.#read(path)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' }
      return { kind: 'unreadable', gap: unreadable(path, code) }
    }
  }

  async #read(path: string): Promise<FileRead> {
    const parts = path.split('/')
    let place = this.root
    for (const part of parts.slice(0, -1)) {
      place = join(place, part)
      // A link on the way would lead out of the directory, or to a file under a name that git does not have.
      if (!(await lstat(place)).isDirectory()) return { kind: 'absent' }
    }
    const file = join(this.root, path)
    const status = await lstat(file)
    if (status.isSymbolicLink()) return { kind: 'symlink', target: await readlink(file) }
    if (status.isDirectory()) return { kind: 'absent' }
    if (!status.isFile()) return { kind: 'unreadable', gap: unreadable(path, 'not a regular file') }
    if (status.size > maxRepositoryFileBytes) return { kind: 'unreadable', gap: tooLarge(path, status.size) }
    return { kind: 'file', bytes: await withFile(file, (handle) => handle.readFile()) }
  }
}

async function listDirectory(root: string): Promise<Listing> {
  const entries: SnapshotEntry[] = []
  const gaps: Gap[] = []
  const queue = new PQueue({ concurrency: concurrentFiles })
  const folders = ['']
  let found = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const child of await readFolder(root, folder, gaps)) {
      if (leftOut.has(child.name)) continue
      const path = folder === '' ? child.name : `${folder}/${child.name}`
      if (child.isDirectory()) folders.push(path)
      if (!child.isFile() && !child.isSymbolicLink()) continue
      found += 1
      if (found > maxRepositoryFiles) continue
      await queue.onSizeLessThan(concurrentFiles)
      queue.add(async () => {
        const entry = await toEntry(root, path, child.isSymbolicLink())
        if ('code' in entry) gaps.push(entry)
        else entries.push(entry)
      })
    }
  }
  await queue.onIdle()
  if (found > maxRepositoryFiles) {
    gaps.push({ code: 'limit-reached', fact: 'repository', detail: `more than ${maxRepositoryFiles} files` })
  }
  return { entries: entries.toSorted(byPath), gaps }
}

const byPath = (one: SnapshotEntry, other: SnapshotEntry): number => (one.path < other.path ? -1 : 1)

async function readFolder(root: string, folder: string, gaps: Gap[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true })
  } catch (error) {
    gaps.push(unreadable(folder, errorCode(error)))
    return []
  }
}

async function toEntry(root: string, path: string, isLink: boolean): Promise<SnapshotEntry | Gap> {
  try {
    if (isLink) {
      const target = await readlink(join(root, path), { encoding: 'buffer' })
      return { path, kind: 'symlink', id: blobHash(target.length).update(target).digest('hex') }
    }
    return { path, kind: 'file', id: await withFile(join(root, path), hashFile) }
  } catch (error) {
    return unreadable(path, errorCode(error))
  }
}

/** As git names a blob, so that a directory can be compared with a commit. */
const blobHash = (bytes: number) => createHash('sha1').update(`blob ${bytes}\0`)

async function hashFile(handle: FileHandle): Promise<string> {
  const { size } = await handle.stat()
  const hash = blobHash(size)
  let bytes = 0
  for await (const chunk of handle.createReadStream({ autoClose: false })) {
    hash.update(chunk)
    bytes += chunk.length
  }
  if (bytes !== size) throw new Error('the file changed while it was read')
  return hash.digest('hex')
}

// Without O_NOFOLLOW a file could be swapped for a link after it was looked at; without O_NONBLOCK a pipe would hang us.
async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

const unreadable = (file: string, why: string): Gap => ({
  code: 'repository-unreadable',
  file,
  fact: 'repository',
  detail: `could not be read: ${why}`,
})
