import { foreign } from '../../foreign.js'
import type { Evidence } from '../rule.js'

/** What a reader needs to see once; the rest is more of the same. */
const mostShown = 12

/** The first ones, then how many more there are. The most dangerous come first: that is the caller's. */
export function shownEvidence(all: readonly Evidence[]): readonly Evidence[] {
  // Packages hold the same code several times: as CommonJS, as modules, minified.
  const evidence = [...new Map([...all].reverse().map((one) => [`${one.label}\n${one.value}`, one])).values()].reverse()
  if (evidence.length <= mostShown) return evidence
  const left = evidence.length - mostShown
  return [...evidence.slice(0, mostShown), { label: 'not shown', value: foreign(`${left} more`) }]
}
