import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { FactSources } from '../collect-facts.js'
import type { CollectedFact, FactName } from '../facts.js'

/** Asked only for a name of the organisation's own that belongs to a registry of its own: others are asked for at the default registry anyway. */
export async function collectNamesake(
  { name, after }: DependencyChange,
  needed: ReadonlySet<FactName>,
  { registry, ownNames, signal }: FactSources,
): Promise<CollectedFact<'namesake'>> {
  if (!needed.has('namesake') || after === undefined || ownNames?.includes(name) !== true) return 'not-applicable'
  const { scopeHosts, defaultHosts } = registry.expectations
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : ''
  const host = Object.hasOwn(scopeHosts, scope) ? scopeHosts[scope] : undefined
  if (host === undefined || defaultHosts.includes(host)) return 'not-applicable'
  return registry.namesake(name, signal)
}
