import { maxStandingServers } from '../limits.js'
import type { DependencyChange } from '../lockfile/dependency-change.js'
import type { DependencyGraph, LockfileEntry } from '../lockfile/dependency-graph.js'
import type { PackageStore } from '../store/package-store.js'
import { sha512Of } from './compare-integrity.js'
import type { ServerInRepository } from './facts.js'

export interface StandingServers {
  readonly servers: readonly ServerInRepository[]
  /** `name@version` of what must be a server, and of which nothing is known here. Sorted. */
  readonly unseen: readonly string[]
}

/**
 * MCP servers that the lockfiles hold at head as they held them at base. Nothing is fetched for them: what the store knows is known, by
 * the bytes that are locked. `libraries` are what servers are built with.
 */
export async function standingServers(
  graphs: Iterable<DependencyGraph>,
  changes: readonly DependencyChange[],
  libraries: ReadonlySet<string>,
  store: PackageStore,
): Promise<StandingServers> {
  const changed = new Set(changes.map(({ name, after }) => `${name}@${after?.version ?? ''}`))
  const candidates = new Map<string, LockfileEntry>()
  for (const graph of graphs) {
    for (const [key, entry] of graph.entries) {
      const id = `${entry.name}@${entry.version ?? ''}`
      if (changed.has(id) || candidates.has(id) || libraries.has(entry.name)) continue
      if (entry.source === 'workspace' || entry.source === 'link') continue
      if (graph.requirementsOf(key).some(({ name, kind }) => libraries.has(name) && !kind.startsWith('peer')))
        candidates.set(id, entry)
    }
  }
  const servers: ServerInRepository[] = []
  const unseen: string[] = []
  for (const [id, entry] of [...candidates].slice(0, maxStandingServers)) {
    const stored = sha512Of(entry.integrity)
    const facts = stored === undefined ? undefined : await store.get(stored)
    if (facts === undefined) unseen.push(id)
    else if (facts.mcp !== undefined) servers.push(asStanding(entry, facts.mcp))
  }
  return { servers, unseen: [...unseen, ...[...candidates.keys()].slice(maxStandingServers)].sort() }
}

const asStanding = ({ name, version = '' }: LockfileEntry, mcp: ServerInRepository['mcp']): ServerInRepository => ({
  name,
  version,
  mcp,
  before: mcp,
})
