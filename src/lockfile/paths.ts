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

/**
 * Searches breadth first from all roots at once, keeping at each package up to `maxPaths` ways that begin differently:
 * linear in the lockfile, however many workspaces it has, and safe in cycles since no way passes a package twice.
 */
export function findPaths(graph: DependencyGraph): PathFinder {
  const ways = new Ways()
  const direct = directKeys(graph)
  for (const key of direct) {
    const id = ways.idOf(key)
    ways.reach(id, id, none)
  }
  const rootFolders = new Set(graph.roots.map(({ folder }) => folder))
  const edges: (readonly number[] | undefined)[] = []
  for (let step = 0; step < ways.ids.length; step += 1) {
    const id = ways.ids[step] ?? none
    let targets = edges[id]
    if (targets === undefined) {
      targets = targetsOf(graph, ways.keys[id] ?? '', rootFolders).map((key) => ways.idOf(key))
      edges[id] = targets
    }
    for (const target of targets) ways.reach(target, ways.starts[step] ?? none, step)
  }
  return { to: (keys) => explain(graph, keys, direct, ways) }
}

const none = -1

/**
 * The steps of the search in the order in which they were taken: which package each reached, from which direct dependency,
 * and over which earlier step. Columns of numbers, since a large lockfile has a hundred thousand of them.
 */
class Ways {
  readonly keys: string[] = []
  readonly ids: number[] = []
  readonly starts: number[] = []
  readonly from: number[] = []
  readonly #idOfKey = new Map<string, number>()
  /** Up to `maxPaths` steps for each package, one after the other. */
  readonly #stepsOfId: number[] = []

  idOf(key: string): number {
    const known = this.#idOfKey.get(key)
    if (known !== undefined) return known
    const id = this.keys.length
    this.keys.push(key)
    this.#idOfKey.set(key, id)
    for (let left = maxPaths; left > 0; left -= 1) this.#stepsOfId.push(none)
    return id
  }

  reach(id: number, start: number, from: number): void {
    const end = (id + 1) * maxPaths
    let at = id * maxPaths
    for (; at < end && this.#stepsOfId[at] !== none; at += 1) {
      if (this.starts[this.#stepsOfId[at] ?? none] === start) return
    }
    if (at === end) return
    this.#stepsOfId[at] = this.ids.length
    this.ids.push(id)
    this.starts.push(start)
    this.from.push(from)
  }

  stepsTo(key: string): number[] {
    const id = this.#idOfKey.get(key)
    if (id === undefined) return []
    return this.#stepsOfId.slice(id * maxPaths, (id + 1) * maxPaths).filter((step) => step !== none)
  }
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

function explain(graph: DependencyGraph, keys: readonly string[], direct: ReadonlySet<string>, ways: Ways): Why {
  const paths = keys
    .flatMap((key) => ways.stepsTo(key))
    .map((step) => namesTo(graph, ways, step))
    .sort((a, b) => a.length - b.length || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const distinct = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
  return { direct: keys.some((key) => direct.has(key)), paths: distinct.slice(0, maxPaths) }
}

function namesTo(graph: DependencyGraph, ways: Ways, last: number): string[] {
  const names: string[] = []
  for (let step = last; step !== none; step = ways.from[step] ?? none) {
    const key = ways.keys[ways.ids[step] ?? none] ?? ''
    names.push(graph.entries.get(key)?.name ?? key)
  }
  return names.reverse()
}
