import type { AdvisoryFacts } from '../../facts/facts.js'
import type { Advisory } from '../../registry/advisories/advisory.js'

/** Whether two advisories are about the same vulnerability, by any of their ids. */
export function isSameAdvisory(one: Advisory, other: Advisory): boolean {
  const ids = new Set([one.id, ...one.aliases])
  return [other.id, ...other.aliases].some((id) => ids.has(id))
}

/**
 * Whether `version` is what an advisory names as the fix of something that the version before has, or leaves one behind that is malware: then it
 * is taken in a hurry, or backwards, for good reason.
 */
export function isNamedFix({ before, after }: AdvisoryFacts, version: string): boolean {
  return before
    .filter((had) => !after.some((has) => isSameAdvisory(had, has)))
    .some(({ malicious, fixes }) => malicious || fixes.includes(version))
}
