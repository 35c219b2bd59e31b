import type { LockfileEntry } from './dependency-graph.js'

type Checked = Pick<LockfileEntry, 'checksum' | 'checksumAbsent'>

/**
 * Whether two checksums of later Yarn cannot be of the same archive. The part before the slash says how it was packed:
 * of archives packed in two ways nothing can be told.
 */
export function checksumsContradict({ checksum: before }: Checked, { checksum: after }: Checked): boolean {
  if (before === undefined || after === undefined || before === after) return false
  return cacheKeyOf(before) === cacheKeyOf(after)
}

/** Yarn no longer checks what it checked, in a lockfile that keeps checksums. */
export const checksumLost = (before: Checked, after: Checked): boolean =>
  before.checksum !== undefined && after.checksumAbsent !== undefined

const cacheKeyOf = (checksum: string): string => checksum.slice(0, checksum.indexOf('/'))
