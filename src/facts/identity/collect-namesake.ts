import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { FactSources } from '../fact-sources.js'
import type { CollectedFact, FactName } from '../facts.js'

/** Asked only for a name of the organisation's own that is taken from elsewhere: others are asked for at the default registry anyway. */
export async function collectNamesake(
  { name, after }: DependencyChange,
  needed: ReadonlySet<FactName>,
  { registry, ownNames, signal }: FactSources,
): Promise<CollectedFact<'namesake'>> {
  if (!needed.has('namesake') || after?.source !== 'registry' || ownNames?.includes(name) !== true) {
    return 'not-applicable'
  }
  const { scopeHosts, defaultHosts } = registry.expectations
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : ''
  const mapped = Object.hasOwn(scopeHosts, scope) ? scopeHosts[scope] : undefined
  // Where nothing maps the name, the lockfile alone says that it has a home.
  const locked = after.resolved !== undefined && URL.canParse(after.resolved) ? new URL(after.resolved).host : undefined
  const isElsewhere = [mapped, locked].some((host) => host !== undefined && !defaultHosts.includes(host))
  return isElsewhere ? registry.namesake(name, signal) : 'not-applicable'
}
