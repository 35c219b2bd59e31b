import type { Gap } from '../gap.js'
import { maxRepositoryFileBytes } from '../limits.js'
import type { BlobCache } from './blob-cache.js'
import type { BlobRead, BlobReader } from './blob-reader.js'
import { listCommit } from './git-listing.js'
import type { FileRead, Listing, Snapshot, SnapshotEntry, SnapshotOrigin } from './snapshot.js'

/** A commit of a local clone. Files are read by the ids of its own listing, so that a path is never git's to interpret. */
export class GitSnapshot implements Snapshot {
  readonly origin: SnapshotOrigin
  #listing: Promise<Listing> | undefined
  #byPath: Promise<ReadonlyMap<string, SnapshotEntry>> | undefined

  constructor(
    private readonly directory: string,
    private readonly sha: string,
    private readonly blobs: BlobReader,
    private readonly cache: BlobCache,
    ref?: string,
  ) {
    this.origin = { kind: 'git', ...(ref === undefined ? {} : { ref }), sha }
  }

  async list(signal?: AbortSignal): Promise<Listing> {
    signal?.throwIfAborted()
    // Without the caller's signal: others may be waiting for the same listing, and it is short.
    this.#listing ??= listCommit(this.directory, this.sha)
    const listing = await this.#listing
    signal?.throwIfAborted()
    return listing
  }

  async read(path: string, signal?: AbortSignal): Promise<FileRead> {
    const { gaps } = await this.list(signal)
    this.#byPath ??= this.list().then(({ entries }) => new Map(entries.map((entry) => [entry.path, entry])))
    const entry = (await this.#byPath).get(path)
    if (entry === undefined) {
      // In a listing with a hole, a path that is not there may be in the hole.
      return gaps[0] === undefined ? { kind: 'absent' } : { kind: 'unreadable', gap: { ...gaps[0], file: path } }
    }
    if (entry.kind === 'submodule') return { kind: 'absent' }
    const read = await this.#readBlob(entry.id)
    signal?.throwIfAborted()
    if (read.kind !== 'blob') return { kind: 'unreadable', gap: toGap(read, path) }
    if (entry.kind === 'symlink') return { kind: 'symlink', target: read.bytes.toString() }
    return { kind: 'file', bytes: read.bytes }
  }

  async #readBlob(id: string): Promise<BlobRead> {
    const cached = this.cache.get(id)
    if (cached !== undefined) return { kind: 'blob', bytes: cached }
    const read = await this.blobs.read(id, maxRepositoryFileBytes)
    if (read.kind === 'blob') this.cache.add(id, read.bytes)
    return read
  }
}

function toGap(read: Exclude<BlobRead, { kind: 'blob' }>, path: string): Gap {
  if (read.kind === 'too-large') return tooLarge(path, read.size)
  return { code: 'repository-unreadable', file: path, fact: 'repository', detail: read.detail }
}

export const tooLarge = (path: string, bytes: number): Gap => ({
  code: 'limit-reached',
  file: path,
  fact: 'repository',
  detail: `${bytes} bytes, more than ${maxRepositoryFileBytes}`,
})
