import type { FileHunks } from '../../src/change/hunks.js'
import { parsePatch } from '../../src/change/parse-patch.js'

/** The hunks of a patch as GitHub sends it. */
export function hunksOf(...lines: readonly string[]): FileHunks {
  const hunks = parsePatch(lines.join('\n'))
  if (!hunks) throw new Error('this is no patch')
  return hunks
}
