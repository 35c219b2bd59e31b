import type { DependencyChange } from '../../lockfile/dependency-change.js'
import { collectFacts } from '../collect-facts.js'
import type { Collection, FactSources } from '../fact-sources.js'
import type { CollectedFact, FactName } from '../facts.js'

/** The answer that `startAdvisories` has for one change. */
export type AdvisoriesFor = (change: DependencyChange) => Promise<CollectedFact<'advisories'>>

/** All that is asked about one change, and what was asked for all of them at once: nobody waits for the one before the other. */
export async function collectWithAdvisories(
  change: DependencyChange,
  needed: ReadonlySet<FactName>,
  sources: FactSources,
  advisoriesFor: AdvisoriesFor = async () => 'not-applicable',
): Promise<Collection> {
  const [collection, advisories] = await Promise.all([
    collectFacts(change, needed, sources),
    needed.has('advisories') ? advisoriesFor(change) : ('not-applicable' as const),
  ])
  return { ...collection, facts: { ...collection.facts, advisories } }
}
