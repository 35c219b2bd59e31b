import type { FileFacts, LimitHit, UnsafeEntry } from './package-facts.js'

/** A tarball's files as npm would unpack them, with the texts that fact builders read; dropped when these are done. */
export interface UnpackedPackage {
  /** sha512 as SRI; empty where the tarball was not read to its end. */
  readonly integrity: string
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly files: ReadonlyMap<string, FileFacts>
  /** Text files by path, except the largest where there were too many. */
  readonly texts: ReadonlyMap<string, Buffer>
  readonly unsafe: readonly UnsafeEntry[]
  readonly limits: readonly LimitHit[]
}
