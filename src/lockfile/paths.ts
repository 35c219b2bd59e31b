import { posix } from 'node:path'
import { maxPaths } from '../limits.js'
import type { DependencyGraph } from './dependency-graph.js'

/** Why a package is there. */
export interface Why {
  /** A root or a workspace asks for it by itself. */
  readonly direct: boolean
  readonly paths: readonly (readonly string[])[]
}

export interface PathFinder {
  /** The shortest ways to any of the keys, each starting with another direct dependency, at most `maxPaths`. */
  to(keys: readonly string[]): Why
}

/** One way of reaching a node: from which direct dependency, and over which earlier step. */
interface Step {
  readonly key: string
  readonly start: string
  readonly from: Step | null
}

/**
 * Searches breadth first from all roots at once, keeping at each package up to `maxPaths` ways that begin differently:
 * linear in the lockfile, however many workspaces it has, and safe in cycles since no way passes a package twice.
 */
export function findPaths(graph: DependencyGraph): PathFinder {
  const steps = new Map<string, Step[]>()
  const queue: Step[] = []
  const reach = (key: string, start: string, from: Step | null): void => {
    const known = steps.get(key)
    if (known !== undefined && (known.length >= maxPaths || known.some((step) => step.start === start))) return
    const step = { key, start, from }
    if (known === undefined) steps.set(key, [step])
    else known.push(step)
    queue.push(step)
  }
  const direct = directKeys(graph)
  for (const key of direct) reach(key, key, null)
  const rootFolders = new Set(graph.roots.map(({ folder }) => folder))
  const edges = new Map<string, string[]>()
  for (let at = 0; at < queue.length; at += 1) {
    const step = queue[at] as Step
    let targets = edges.get(step.key)
    if (targets === undefined) {
      targets = targetsOf(graph, step.key, rootFolders)
      edges.set(step.key, targets)
    }
    for (const key of targets) reach(key, step.start, step)
  }
  return { to: (keys) => explain(graph, keys, direct, steps) }
}

function directKeys(graph: DependencyGraph): Set<string> {
  const keys = new Set<string>()
  for (const root of graph.roots) {
    for (const { name } of root.requirements) {
      const key = graph.resolve(root, name)
      if (key !== null) keys.add(key)
    }
  }
  return keys
}

/** The repository's own packages are roots: a way that leads into one starts anew there. */
function targetsOf(graph: DependencyGraph, key: string, rootFolders: ReadonlySet<string>): string[] {
  const entry = graph.entries.get(key)
  if (entry?.source === 'link') {
    const target = posix.join(posix.dirname(graph.file), (entry.resolved ?? '').replace(/^file:/, ''))
    if (rootFolders.has(target === '.' ? '' : target)) return []
  }
  if (graph.targetsOf !== undefined) return [...graph.targetsOf(key)]
  return graph
    .requirementsOf(key)
    .map(({ name }) => graph.resolve(key, name))
    .filter((target) => target !== null)
}

function explain(
  graph: DependencyGraph,
  keys: readonly string[],
  direct: ReadonlySet<string>,
  steps: ReadonlyMap<string, readonly Step[]>,
): Why {
  const paths = keys
    .flatMap((key) => steps.get(key) ?? [])
    .map((step) => namesTo(graph, step))
    .sort((a, b) => a.length - b.length || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const distinct = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
  return { direct: keys.some((key) => direct.has(key)), paths: distinct.slice(0, maxPaths) }
}

function namesTo(graph: DependencyGraph, last: Step): string[] {
  const names: string[] = []
  for (let step: Step | null = last; step !== null; step = step.from) {
    names.unshift(graph.entries.get(step.key)?.name ?? step.key)
  }
  return names
}
