import type { Gap } from '../gap.js'

/** Where a snapshot was taken, as the JSON report states it. */
export type SnapshotOrigin =
  | { readonly kind: 'git'; readonly ref?: string; readonly sha: string }
  | { readonly kind: 'directory'; readonly path: string }

export interface SnapshotEntry {
  /** Path from the repository's root with `/`, never starting with `/` or containing `..`. */
  readonly path: string
  readonly kind: 'file' | 'symlink' | 'submodule'
  /** Equal ids mean equal bytes. Git's blob sha where there is one; directories compute the same. */
  readonly id: string
}

export interface Listing {
  readonly entries: readonly SnapshotEntry[]
  /** What could not be listed, for example a tree that GitHub truncated and would not give in parts. */
  readonly gaps: readonly Gap[]
}

export type FileRead =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  /** A symbolic link is never followed: its target is text like any other. */
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly gap: Gap }

/** One state of a repository: a commit on GitHub, a commit of a local clone, or a directory. Implementations cache. */
export interface Snapshot {
  readonly origin: SnapshotOrigin
  /** The account that the repository belongs to, where its host says so. */
  readonly owner?: string
  /** All files except those below `.git`. Rejects only when `signal` aborts; every other failure is a gap. */
  list(signal?: AbortSignal): Promise<Listing>
  /** The bytes of one file, at most `maxRepositoryFileBytes`; larger is `unreadable` with the gap `limit-reached`. */
  read(path: string, signal?: AbortSignal): Promise<FileRead>
}
