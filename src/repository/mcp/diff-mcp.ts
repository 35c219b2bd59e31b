import { posix } from 'node:path'
import { type ChangedFile, diffListings } from '../../change/changed-files.js'
import type { Snapshot, SnapshotEntry } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import { maxMcpConfigurationBytes } from '../../limits.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { DependencyGraph } from '../../lockfile/dependency-graph.js'
import { diffGraphs } from '../../lockfile/diff.js'
import { parseManifest } from '../../lockfile/manifest.js'
import { installedFolder } from '../../lockfile/project-files.js'
import type { CodeAnalyser } from '../../package/code/code-analyser.js'
import type { Registry } from '../../registry/registry.js'
import { readCodeStarts } from './code-starts.js'
import { compareServers, type FileServers, newApprovals } from './compare-servers.js'
import { isMcpConfiguration } from './configuration-paths.js'
import type { McpChange, McpServer, McpServerChange, StartedPackage } from './mcp-server.js'
import { parseSettings } from './parse-settings.js'
import { type McpConfiguration, readConfiguration } from './read-configuration.js'
import { type ManifestNames, markInProject, resolveStarted } from './resolve-started.js'
import { startedGraph } from './started-graph.js'

export interface McpOptions {
  readonly registry: Registry
  /** Reads the repository's own code, which is only searched for servers that it starts. */
  readonly code: CodeAnalyser
  /** The policy's `paths.ignore`; each ignored change is a note. */
  readonly ignores: (path: string) => boolean
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
  const { registry, code, ignores, signal } = options
  const [before, after] = await Promise.all([base.list(signal), head.list(signal)])
  const touched = diffListings(before, after).filter(({ path }) => installedFolder(path) === null)
  const changed = touched.filter(({ path }) => !ignores(path))
  const configurations = await readConfigurations(
    changed.filter(({ path }) => isMcpConfiguration(path)),
    base,
    head,
    signal,
  )
  const starts = await readCodeStarts(changed, { base, head, code, signal })
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
    notes: touched
      .filter(({ path }) => ignores(path) && isMcpConfiguration(path))
      .map(({ path }) => `${path} changed; the policy ignores it`),
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

interface ConfigurationsRead {
  readonly files: readonly FileServers[]
  readonly approvalsBefore: McpConfiguration['approvals']
  readonly approvals: McpConfiguration['approvals']
  readonly gaps: readonly Gap[]
}

async function readConfigurations(
  changed: readonly ChangedFile[],
  base: Snapshot,
  head: Snapshot,
  signal: AbortSignal | undefined,
): Promise<ConfigurationsRead> {
  const read = await Promise.all(
    changed.map(async (file) => ({
      path: file.path,
      before: file.kind === 'added' ? empty : await readOne(base, file.before, signal),
      after: file.kind === 'removed' ? empty : await readOne(head, file.after, signal),
    })),
  )
  return {
    files: read.map(({ path, before, after }) => ({ path, before: before.servers, after: after.servers })),
    approvalsBefore: read.flatMap(({ before }) => before.approvals),
    approvals: read.flatMap(({ after }) => after.approvals),
    gaps: read.flatMap(({ before, after }) => [...before.gaps.map(asPrevious), ...after.gaps]),
  }
}

type Read = Pick<McpConfiguration, 'servers' | 'approvals'> & { readonly gaps: readonly Gap[] }

const empty: Read = { servers: [], approvals: [], gaps: [] }

async function readOne(snapshot: Snapshot, { path }: SnapshotEntry, signal: AbortSignal | undefined): Promise<Read> {
  const unread = (code: Gap['code'], detail: string): Read => ({ ...empty, gaps: [gapOf(code, path, detail)] })
  const read = await snapshot.read(path, signal)
  switch (read.kind) {
    case 'absent':
      return empty
    case 'unreadable':
      return { ...empty, gaps: [{ ...read.gap, file: path }] }
    case 'symlink':
      // What it leads to is read where it stands, if a client would read it there.
      return isMcpConfiguration(posix.join(posix.dirname(path), read.target))
        ? empty
        : unread('repository-unreadable', 'the configuration is a symbolic link, which is not followed')
    case 'file':
      break
  }
  if (read.bytes.length > maxMcpConfigurationBytes) {
    return unread(
      'limit-reached',
      `${read.bytes.length} bytes, at most ${maxMcpConfigurationBytes} are read of a configuration`,
    )
  }
  const { value, broken } = parseSettings(path, read.bytes.toString('utf8'))
  const { servers, approvals, cut } = readConfiguration(path, value)
  const gaps = [
    ...(broken === undefined
      ? []
      : [gapOf('repository-unreadable', path, `the configuration cannot be read to its end, line ${broken}`)]),
    ...(cut === undefined ? [] : [gapOf('limit-reached', path, cut)]),
  ]
  return { servers, approvals, gaps }
}

const gapOf = (code: Gap['code'], file: string, detail: string): Gap => ({ code, file, fact: 'repository', detail })

/** What base's file hides is judged as added, so that nothing of head's stays unseen. */
const asPrevious = (gap: Gap): Gap => ({
  ...gap,
  code: 'previous-unavailable',
  detail: `base's configuration: ${gap.detail}; its servers are judged as added`,
})

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
