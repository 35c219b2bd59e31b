import type { Snapshot } from '../change/snapshot.js'
import { type Gap, type Outcome, unknown } from '../gap.js'
import type { DependencyGraph, MalformedEntry, Manager, Root } from './dependency-graph.js'
import { overridesIn, type ProjectManifest, parseManifest } from './manifest.js'
import { conflictMarker } from './npm/npm-lockfile.js'
import { type PnpmWorkspace, parsePnpmWorkspace } from './pnpm-workspace.js'
import { folderOf, type LockfileFile, type ProjectFiles } from './project-files.js'
import type { Asker } from './unmet-ranges.js'
import { findWorkspaces } from './workspaces.js'

/** One state of one project: its lockfile as a graph, and how to read the manifests that it speaks for. */
export interface ProjectState {
  readonly lockfile: LockfileFile
  readonly graph: Outcome<DependencyGraph>
  /** What is wrong with a text that gives no graph. */
  readonly malformed: readonly MalformedEntry[]
}

export const manifestIn = (folder: string): string => (folder === '' ? 'package.json' : `${folder}/package.json`)

/** Reads the files of one snapshot, each once, and keeps the texts for `locate`. */
export class ProjectReader {
  readonly texts = new Map<string, string>()
  readonly gaps: Gap[] = []
  readonly #manifests = new Map<string, ProjectManifest | null>()
  readonly #workspaceFiles = new Map<string, PnpmWorkspace | null>()

  constructor(
    readonly snapshot: Snapshot,
    readonly files: ProjectFiles,
    readonly signal: AbortSignal | undefined,
  ) {}

  async lockfile(lockfile: LockfileFile): Promise<ProjectState> {
    const file = lockfile.path
    const read = await this.snapshot.read(file, this.signal)
    if (read.kind !== 'file') {
      const detail = read.kind === 'symlink' ? 'it is a symbolic link, which is not followed' : 'it could not be read'
      const gap: Gap =
        read.kind === 'unreadable' ? read.gap : { code: 'lockfile-unreadable', file, fact: 'lockfile', detail }
      return { lockfile, graph: unknown({ ...gap, file, fact: 'lockfile' }), malformed: [] }
    }
    const text = read.bytes.toString('utf8')
    const manifests = await this.#manifestTexts(lockfile, text)
    const graph = lockfile.format.parse({ file, text, manifests })
    return { lockfile, graph, malformed: graph.known ? graph.value.malformed : conflictIn(text) }
  }

  async #manifestTexts({ path, format }: LockfileFile, text: string): Promise<ReadonlyMap<string, string>> {
    const folder = folderOf(path)
    const files = [manifestIn(folder)]
    await this.manifest(manifestIn(folder))
    if (format.needsWorkspaces?.(text) === true) {
      files.push(...(await this.workspaceFolders(folder, format.manager)).map(manifestIn))
    }
    const texts = new Map<string, string>()
    for (const file of files) {
      await this.manifest(file)
      const read = this.texts.get(file)
      if (read !== undefined) texts.set(file, read)
    }
    return texts
  }

  /** Null where there is none, or none that can be read: then that is a gap, once. */
  async manifest(file: string): Promise<ProjectManifest | null> {
    const before = this.#manifests.get(file)
    if (before !== undefined) return before
    const outcome = this.files.manifests.has(file) ? await this.#readManifest(file) : null
    if (outcome !== null && !outcome.known) this.gaps.push(outcome.gap)
    const manifest = outcome?.known === true ? outcome.value : null
    this.#manifests.set(file, manifest)
    return manifest
  }

  async #readManifest(file: string): Promise<Outcome<ProjectManifest>> {
    const read = await this.snapshot.read(file, this.signal)
    if (read.kind === 'file') {
      const text = read.bytes.toString('utf8')
      this.texts.set(file, text)
      return parseManifest(file, text)
    }
    if (read.kind === 'unreadable') return unknown({ ...read.gap, file })
    const detail =
      read.kind === 'symlink' ? 'the manifest is a symbolic link, which is not followed' : 'the manifest is missing'
    return unknown({ code: 'repository-unreadable', file, fact: 'repository', detail })
  }

  /**
   * Who asks the lockfile for something: the roots that it names, and workspaces that it should name. Manifests are only
   * read where `isRead` says so; for others the lockfile's own copy of what they ask for stands.
   */
  async askers(
    graph: DependencyGraph,
    isRead: (manifest: string, root: Root | undefined) => boolean,
  ): Promise<Asker[]> {
    const folder = folderOf(graph.file)
    const roots = new Map(graph.roots.map((root) => [root.folder, root]))
    const workspaces = await this.workspaceFolders(folder, graph.manager)
    const unnamed = workspaces.filter((workspace) => !roots.has(workspace))
    const askers: Asker[] = []
    for (const asking of [...new Set([folder, ...roots.keys(), ...unnamed])]) {
      const root = roots.get(asking)
      const manifest = manifestIn(asking)
      if (!this.files.manifests.has(manifest)) continue
      const read = isRead(manifest, root) ? await this.manifest(manifest) : root
      if (read !== null && read !== undefined)
        askers.push({ manifest, folder: asking, requirements: read.requirements })
    }
    return askers
  }

  /** The folders that the project in `folder` calls its workspaces. pnpm keeps the list in a file of its own. */
  async workspaceFolders(folder: string, manager: Manager): Promise<readonly string[]> {
    const patterns =
      manager === 'pnpm'
        ? ((await this.#pnpmWorkspace(folder))?.packages ?? [])
        : ((await this.manifest(manifestIn(folder)))?.workspaces ?? [])
    const { folders, cut } = findWorkspaces(folder, patterns, [...this.files.manifests.keys()].map(folderOf))
    const file = manager === 'pnpm' ? pnpmWorkspaceIn(folder) : manifestIn(folder)
    if (cut !== undefined) this.gaps.push({ code: 'limit-reached', file, fact: 'repository', detail: cut })
    return folders
  }

  /** What puts other ranges in the place of those in manifests: said beside the lockfile only. */
  async overrides(folder: string, manager: Manager): Promise<ProjectManifest['overrides']> {
    const manifest = await this.manifest(manifestIn(folder))
    const workspace = manager === 'pnpm' ? await this.#pnpmWorkspace(folder) : null
    return [...(manifest?.overrides ?? []), ...overridesIn(Object.fromEntries(workspace?.overrides ?? []))]
  }

  async #pnpmWorkspace(folder: string): Promise<PnpmWorkspace | null> {
    const file = pnpmWorkspaceIn(folder)
    const before = this.#workspaceFiles.get(file)
    if (before !== undefined || !this.files.workspaceFiles.has(file)) return before ?? null
    const read = await this.snapshot.read(file, this.signal)
    const workspace = read.kind === 'file' ? parsePnpmWorkspace(read.bytes.toString('utf8')) : null
    if (workspace === null) {
      const detail = 'its packages or overrides could not be read, so its workspaces were not looked for'
      this.gaps.push({ code: 'repository-unreadable', file, fact: 'repository', detail })
    }
    this.#workspaceFiles.set(file, workspace)
    return workspace
  }
}

export const pnpmWorkspaceIn = (folder: string): string =>
  folder === '' ? 'pnpm-workspace.yaml' : `${folder}/pnpm-workspace.yaml`

function conflictIn(text: string): MalformedEntry[] {
  const line = conflictMarker(text)
  if (line === null) return []
  return [
    { key: '', line, reason: 'conflict-marker', seen: text.split('\n')[line - 1]?.slice(0, 200) ?? '', read: false },
  ]
}

/**
 * The gap of a lockfile of base: what head installs is then judged as added, so nothing of it stays unseen. A format that
 * is not supported is said once, of head.
 */
export const previousUnavailable = (gap: Gap): Gap[] =>
  gap.code === 'lockfile-unsupported'
    ? []
    : [
        {
          ...gap,
          code: 'previous-unavailable',
          detail: `base's lockfile: ${gap.detail}; its packages are judged as added`,
        },
      ]

export const readGraph = (state: ProjectState | null): DependencyGraph | null =>
  state?.graph.known === true ? state.graph.value : null
