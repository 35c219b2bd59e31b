import { checksumLost, checksumsContradict } from './checksum.js'
import type { Manager } from './dependency-graph.js'
import { type EntryCopy, sourceText } from './entry-copies.js'

/** How a copy of base is compared with one of head. */
export interface CopyComparison {
  /** From the very same place. */
  readonly samePlace: (before: EntryCopy, after: EntryCopy) => boolean
  /** From the same registry or repository, whatever the commit. */
  readonly sameSource: (before: EntryCopy, after: EntryCopy) => boolean
  readonly sameIntegrity: (before: EntryCopy, after: EntryCopy) => boolean
}

export const comparisonOf = (base: Manager | undefined, head: Manager | undefined): CopyComparison =>
  base === undefined || head === undefined || base === head ? withinOneFormat : acrossFormats(head)

const withinOneFormat: CopyComparison = {
  samePlace: (before, after) => before.place.text === after.place.text,
  sameSource: (before, after) => sourceText(before.place) === sourceText(after.place),
  sameIntegrity: (before, after) =>
    before.entry.integrity === after.entry.integrity &&
    !checksumsContradict(before.entry, after.entry) &&
    !checksumLost(before.entry, after.entry),
}

/**
 * Two formats compare as far as both state something. An address that head states is always looked at: that base's format
 * states none must not let a foreign host in with a change of the manager.
 */
function acrossFormats(head: Manager): CopyComparison {
  const isLeftOut = (before: EntryCopy, after: EntryCopy): boolean =>
    before.entry.source === 'registry' && after.entry.source === 'registry' && after.entry.resolved === undefined
  return {
    samePlace: (before, after) => withinOneFormat.samePlace(before, after) || isLeftOut(before, after),
    sameSource: (before, after) => withinOneFormat.sameSource(before, after) || isLeftOut(before, after),
    sameIntegrity: (before, after) => {
      if (before.entry.integrity === undefined) return true
      // Berry hashes archives of its own making instead of what the registry serves.
      if (after.entry.integrity === undefined) return head === 'yarn-berry'
      return sameStrongestHash(before.entry.integrity, after.entry.integrity)
    },
  }
}

/** Weakest first. */
const algorithms = ['sha1', 'sha256', 'sha384', 'sha512']

/** Another algorithm on one side is a change even where it is a stronger one: only the registry can tell what it names. */
function sameStrongestHash(before: string, after: string): boolean {
  const [one, other] = [before, after].map(strongest)
  return one !== undefined && one === other
}

function strongest(integrity: string): string | undefined {
  const hashes = integrity.split(/\s+/).map((hash) => hash.split('?', 1)[0] ?? '')
  const algorithm = algorithms.findLast((name) => hashes.some((hash) => hash.startsWith(`${name}-`)))
  if (algorithm === undefined) return undefined
  return [...new Set(hashes.filter((hash) => hash.startsWith(`${algorithm}-`)))].sort().join(' ')
}
