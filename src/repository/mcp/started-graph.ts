import type { DependencyGraph, LockfileEntry, Root } from '../../lockfile/dependency-graph.js'
import { projectFolder } from './configuration-paths.js'
import type { McpServer, StartedPackage } from './mcp-server.js'

/**
 * The npm packages that a file's servers start, in the form of a lockfile, so that they are compared, fetched and placed
 * like any dependency. What another ecosystem or the project itself provides is none of them.
 */
export function startedGraph(file: string, servers: readonly McpServer[]): DependencyGraph {
  const entries = new Map<string, LockfileEntry>()
  const lines = new Map<string, number>()
  for (const { name, section, started } of servers) {
    for (const one of started) {
      const entry = toEntry(`${section} ${name ?? ''} ${one.name}`.trim(), one)
      if (entry === undefined || entries.has(entry.key)) continue
      entries.set(entry.key, entry)
      lines.set(entry.key, one.line)
    }
  }
  const root: Root = {
    folder: projectFolder(file),
    requirements: [...entries.keys()].map((key) => ({ name: key, range: '', kind: 'prod' })),
  }
  return {
    file,
    manager: 'mcp',
    formatVersion: '',
    roots: [root],
    entries,
    malformed: [],
    requirementsOf: (from) => (typeof from === 'string' ? [] : from.requirements),
    resolve: (from, name) => (typeof from !== 'string' && entries.has(name) ? name : null),
    lineOf: (key) => lines.get(key) ?? null,
  }
}

function toEntry(key: string, started: StartedPackage): LockfileEntry | undefined {
  const { name, range, inProject, variable } = started
  const common = { key, name, dev: false, optional: false, peer: false, bundled: false }
  if (variable || inProject) return undefined
  switch (started.source) {
    case 'npm': {
      // What the registry does not know is asked for as it is written, so that the review says so.
      const version = started.resolved ?? (range === '' ? 'latest' : range)
      return { ...common, version, source: 'registry', ...addressOf(started, version) }
    }
    case 'npm-git':
      return { ...common, source: 'git', resolved: name }
    case 'npm-address':
      return { ...common, source: 'url', resolved: name }
    default:
      return undefined
  }
}

/** Where it would come from, in npm's own layout, where that is told: as in a lockfile, only expected hosts are. */
function addressOf({ registry, name }: StartedPackage, version: string): { readonly resolved?: string } {
  if (registry === undefined) return {}
  const file = name.slice(name.indexOf('/') + 1)
  return { resolved: `${registry.replace(/\/{0,10}$/, '')}/${name}/-/${file}-${version}.tgz` }
}
