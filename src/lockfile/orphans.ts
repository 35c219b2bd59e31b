import type { DependencyGraph } from './dependency-graph.js'
import { findPaths } from './paths.js'

/** Whether a graph says who asks for what, so that an entry that nothing leads to is one that nobody wants. */
export const statesRequirements = ({ roots, requirementsUnstated }: DependencyGraph): boolean =>
  roots.length > 0 && requirementsUnstated !== true

/** Names of which no copy is reached in `graph`; for telling what a change brought in from what was so before. */
export function unreachedNames(graph: DependencyGraph | null, names: ReadonlySet<string>): ReadonlySet<string> {
  if (graph === null || names.size === 0 || !statesRequirements(graph)) return new Set()
  const keys = new Map<string, string[]>()
  for (const { key, name } of graph.entries.values()) {
    if (!names.has(name)) continue
    const others = keys.get(name)
    if (others === undefined) keys.set(name, [key])
    else others.push(key)
  }
  const paths = findPaths(graph)
  return new Set([...keys].filter(([, of]) => paths.to(of).paths.length === 0).map(([name]) => name))
}
