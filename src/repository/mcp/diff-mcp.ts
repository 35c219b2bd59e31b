import { diffListings } from '../../change/changed-files.js'
import type { Snapshot } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { DependencyGraph } from '../../lockfile/dependency-graph.js'
import { diffGraphs } from '../../lockfile/diff.js'
import { parseManifest } from '../../lockfile/manifest.js'
import { ignoredNote, installedFolder } from '../../lockfile/project-files.js'
import type { CodeAnalyser } from '../../package/code/code-analyser.js'
import type { Registry } from '../../registry/registry.js'
import { readCodeStarts } from './code-starts.js'
import { compareServers, newApprovals } from './compare-servers.js'
import { isMcpConfiguration } from './configuration-paths.js'
import type { McpChange, McpServer, McpServerChange, StartedPackage } from './mcp-server.js'
import { readConfigurations } from './read-configurations.js'
import { type ManifestNames, markInProject, resolveStarted } from './resolve-started.js'
import { startedGraph } from './started-graph.js'

export interface McpOptions {
  readonly registry: Registry
  /** Reads the repository's own code, which is only searched for servers that it starts. */
  readonly code: CodeAnalyser
  /** The policy's `paths.ignore`; each ignored change is a note. */
  readonly ignores: (path: string) => boolean
  /** Files of code that are searched for servers which they start, where other than in a review; 0 for none. */
  readonly maxCodeFiles?: number
  readonly signal?: AbortSignal
}

export interface McpDiff {
  readonly change: McpChange
  /** Packages that servers start, to be fetched and reviewed like dependencies. */
  readonly changes: readonly DependencyChange[]
  /** File → what its servers start at head, for `locate`. */
  readonly graphs: ReadonlyMap<string, DependencyGraph>
  readonly gaps: readonly Gap[]
  readonly notes: readonly string[]
}

/**
 * What base → head does to the MCP servers that the repository's files name: those of configurations, and those that
 * changed code starts. Reads only what changed; what the listings lacked is told by who reads the lockfiles.
 */
export async function diffMcp(base: Snapshot, head: Snapshot, options: McpOptions): Promise<McpDiff> {
  const { registry, code, ignores, maxCodeFiles, signal } = options
  const [before, after] = await Promise.all([base.list(signal), head.list(signal)])
  const touched = diffListings(before, after).filter(({ path }) => installedFolder(path) === null)
  const changed = touched.filter(({ path }) => !ignores(path))
  const configurations = await readConfigurations(changed, base, head, signal)
  const starts = await readCodeStarts(changed, { base, head, code, maxFiles: maxCodeFiles, signal })
  const servers = compareServers([...configurations.files, ...starts.files])
  const manifests = manifestNames(head, signal)
  const complete = await Promise.all(servers.map((pair) => completeServer(pair, manifests, registry, signal)))
  const graphs = new Map(filesOf(complete).map((file) => [file, startedGraph(file, headOf(complete, file))]))
  return {
    change: { servers: complete, approvals: newApprovals(configurations.approvalsBefore, configurations.approvals) },
    changes: [...graphs].flatMap(([file, graph]) =>
      diffGraphs(startedGraph(file, baseOf(complete, file)), graph, registry.expectations),
    ),
    graphs,
    gaps: [...configurations.gaps, ...starts.gaps, ...complete.flatMap(unopenedGaps)],
    notes: touched.filter(({ path }) => ignores(path) && isMcpConfiguration(path)).map(({ path }) => ignoredNote(path)),
  }
}

const filesOf = (pairs: readonly McpServerChange[]): readonly string[] => [
  ...new Set(pairs.map(({ after }) => after.file)),
]

const headOf = (pairs: readonly McpServerChange[], file: string): readonly McpServer[] =>
  pairs.flatMap(({ after }) => (after.file === file ? [after] : []))

const baseOf = (pairs: readonly McpServerChange[], file: string): readonly McpServer[] =>
  pairs.flatMap(({ before, after }) => (before !== undefined && after.file === file ? [before] : []))

async function completeServer(
  { before, after }: McpServerChange,
  manifests: ManifestNames,
  registry: Registry,
  signal: AbortSignal | undefined,
): Promise<McpServerChange> {
  const both = before === undefined ? [after] : [after, before]
  const marked = await Promise.all(both.map((server) => markInProject(server, manifests)))
  const [now = after, was] = await resolveStarted(marked, registry, signal)
  return { ...(was && { before: was }), after: now }
}

/** Whether a manifest of head names a package; each is read once, and one that cannot be read names nothing. */
function manifestNames(head: Snapshot, signal: AbortSignal | undefined): ManifestNames {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  const namesIn = async (folder: string): Promise<ReadonlySet<string>> => {
    const path = folder === '' ? 'package.json' : `${folder}/package.json`
    const read = await head.read(path, signal)
    if (read.kind !== 'file') return new Set()
    const manifest = parseManifest(path, read.bytes.toString('utf8'))
    return new Set(manifest.known ? manifest.value.requirements.map(({ name }) => name) : [])
  }
  return async (folder, name) => {
    const names = known.get(folder) ?? namesIn(folder)
    known.set(folder, names)
    return (await names).has(name)
  }
}

const ecosystems = { pypi: 'a Python package', image: 'a container image', address: 'code from an address' } as const

/** What a new or changed server starts and nobody opens. */
function unopenedGaps({ before, after }: McpServerChange): readonly Gap[] {
  const had = new Set(before?.started.map(idOf))
  return after.started
    .filter((started) => !had.has(idOf(started)))
    .flatMap((started): Gap[] => {
      const { source, name, range, runner, variable } = started
      if (variable && source === 'npm') {
        const detail = `${runner} starts ${JSON.stringify(name)} of a version that is filled in only then`
        return [{ code: 'entry-unreadable', file: after.file, fact: 'repository', detail }]
      }
      if (source === 'npm' || source === 'npm-git' || source === 'npm-address') return []
      const detail = `${runner} starts ${ecosystems[source]}, which is not opened`
      const reference = range === '' ? name : `${name}@${range}`
      return [{ code: 'ecosystem-unsupported', package: reference, file: after.file, fact: 'package', detail }]
    })
}

const idOf = ({ source, name, range }: StartedPackage): string => JSON.stringify([source, name, range])
