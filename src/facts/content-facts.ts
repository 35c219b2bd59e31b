import { type Gap, unknown } from '../gap.js'
import type { Collected } from './fact-sources.js'
import type { FactName } from './facts.js'

/** Those that need the registry, or the bytes. */
const contentFacts = [
  'publication',
  'packument',
  'times',
  'release',
  'provenance',
  'previousProvenance',
  'signature',
  'manifest',
  'integrity',
  'package',
  'previousPackage',
] as const satisfies FactName[]

/** All of them unknown for one reason. */
export function allGaps(cause: Gap): Collected {
  return Object.fromEntries(contentFacts.map((fact) => [fact, unknown(cause)]))
}

/** None of them is there to be known, except those that are known. */
export function withoutContent(facts: Collected): Collected {
  const none = Object.fromEntries(contentFacts.map((fact) => [fact, 'not-applicable'])) as Collected
  return { ...none, ...facts }
}
