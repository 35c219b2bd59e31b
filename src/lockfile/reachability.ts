import type { DependencyGraph, RequirementKind } from './dependency-graph.js'

const withoutDev = 1
const withoutOptional = 2

/** What is reached from the roots, and what still is when the dev or the optional requirements are left out. */
export function collectReached(graph: DependencyGraph): ReadonlyMap<string, number> {
  const reached = new Map<string, number>()
  const queue: string[] = []
  const reach = (key: string | null, bits: number): void => {
    if (key === null) return
    const before = reached.get(key)
    if (before !== undefined && (before | bits) === before) return
    reached.set(key, (before ?? 0) | bits)
    queue.push(key)
  }
  for (const root of graph.roots) {
    for (const { name, kind } of root.requirements) reach(graph.resolve(root, name), bitsOf(kind))
  }
  // An entry is looked at once for each bit that it gains, so this ends and stays linear.
  for (let at = 0; at < queue.length; at += 1) {
    const key = queue[at] as string
    const bits = reached.get(key) ?? 0
    for (const { name, kind } of graph.requirementsOf(key)) reach(graph.resolve(key, name), bits & bitsOf(kind))
  }
  return reached
}

const bitsOf = (kind: RequirementKind): number =>
  kind === 'dev' ? withoutOptional : kind === 'optional' || kind === 'peer-optional' ? withoutDev : 3

export const isDevOnly = (bits: number | undefined): boolean => bits !== undefined && (bits & withoutDev) === 0

export const isOptionalOnly = (bits: number | undefined): boolean =>
  bits !== undefined && (bits & withoutOptional) === 0
