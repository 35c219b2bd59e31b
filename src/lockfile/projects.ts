import { posix } from 'node:path'
import type { Snapshot } from '../change/snapshot.js'
import type { Gap } from '../gap.js'
import { type Asked, collectAsked, looseRequirements, movedInsideRange, withAsked } from './asked.js'
import type { DependencyChange } from './dependency-change.js'
import type { DependencyGraph, LockfileEntry, MalformedEntry, Requirement, Root } from './dependency-graph.js'
import { diffGraphs } from './diff.js'
import type { SourceIdentity } from './entry-copies.js'
import type { HeadFiles } from './locate.js'
import { type LockfilePair, pairLockfiles, programOf } from './lockfile-pairs.js'
import { missingLockfiles } from './missing-lockfiles.js'
import type { LooseRequirement, ProjectChange, UnmetRange } from './project-change.js'
import {
  changedPaths,
  folderOf,
  foldersAbove,
  ignoredNote,
  installedGaps,
  isSameFile,
  type LockfileFile,
  listProjectFiles,
} from './project-files.js'
import {
  manifestIn,
  ProjectReader,
  type ProjectState,
  pnpmWorkspaceIn,
  previousUnavailable,
  readGraph,
} from './project-state.js'
import { type Asker, newlyUnmet, type Overriding, unmetRanges } from './unmet-ranges.js'

export interface ProjectOptions extends SourceIdentity {
  /** The policy's `paths.ignore`; each ignored change is a note. */
  readonly ignores?: (path: string) => boolean
  readonly signal?: AbortSignal
}

export interface ProjectsDiff {
  readonly projects: readonly ProjectChange[]
  readonly changes: readonly DependencyChange[]
  /** What could not be read, what the two listings lacked included. */
  readonly gaps: readonly Gap[]
  readonly notes: readonly string[]
  /** What `locate` needs. */
  readonly head: HeadFiles
  /** What base's lockfiles, as far as they were read, hold of each changed name. */
  readonly baseEntries: ReadonlyMap<string, readonly LockfileEntry[]>
}

/** What base → head does to the lockfiles and manifests of a repository. Reads only what changed. */
export async function diffProjects(base: Snapshot, head: Snapshot, options: ProjectOptions): Promise<ProjectsDiff> {
  const ignores = options.ignores ?? (() => false)
  const [before, after] = await Promise.all(
    [base, head].map(
      async (snapshot) =>
        new ProjectReader(snapshot, await listProjectFiles(snapshot, ignores, options.signal), options.signal),
    ),
  )
  if (before === undefined || after === undefined) throw new Error('two snapshots give two readers')
  return new ProjectDiffer(before, after, options).diff()
}

/** What one lockfile of head says, compared with base's. */
interface GraphReview {
  readonly changes: readonly DependencyChange[]
  readonly unmet: readonly UnmetRange[]
  readonly loosened: readonly LooseRequirement[]
}

type IsRead = (manifest: string, root: Root | undefined) => boolean

class ProjectDiffer {
  readonly #projects: ProjectChange[] = []
  readonly #changes: DependencyChange[] = []
  readonly #gaps: Gap[] = []
  readonly #notes: string[] = []
  readonly #graphs = new Map<string, DependencyGraph>()
  readonly #before: DependencyGraph[] = []

  constructor(
    readonly base: ProjectReader,
    readonly head: ProjectReader,
    readonly options: ProjectOptions,
  ) {}

  async diff(): Promise<ProjectsDiff> {
    const [base, head] = [this.base.files, this.head.files]
    this.#notes.push(...changedPaths(base.ignored, head.ignored).map(ignoredNote))
    const changedManifests = changedPaths(base.manifests, head.manifests)
    // All above, not the nearest: npm ignores a lockfile inside a workspace, and reads it where one stands alone.
    const touched = new Set(
      [...changedManifests, ...changedPaths(base.workspaceFiles, head.workspaceFiles)].flatMap((path) =>
        foldersAbove(folderOf(path)),
      ),
    )
    const { pairs, removed, dropped, notes } = pairLockfiles(base.lockfiles, head.lockfiles)
    this.#notes.push(...notes)
    for (const pair of pairs) {
      const changed = pair.before?.path !== pair.after.path || !isSameFile(pair.before.entry, pair.after.entry)
      if (changed || touched.has(pair.folder)) await this.#diffProject(pair, changed)
    }
    for (const lockfile of dropped) await this.#listRemoved(lockfile)
    for (const [folder, lockfiles] of removed) await this.#removeLockfile(folder, lockfiles)
    await this.#addMissing(changedManifests)
    const gaps = [...base.gaps, ...head.gaps, ...installedGaps(base, head), ...this.#gaps, ...this.head.gaps]
    return {
      projects: this.#projects.sort((a, b) => (a.folder < b.folder ? -1 : 1)),
      changes: this.#changes,
      gaps: distinct(gaps),
      notes: this.#notes,
      head: { graphs: this.#graphs, manifests: this.head.texts, has: (path) => head.paths.has(path) },
      baseEntries: entriesOf(this.#before, new Set(this.#changes.map(({ name }) => name))),
    }
  }

  async #diffProject({ folder, before, after }: LockfilePair, lockfileChanged: boolean): Promise<void> {
    const newer = await this.head.lockfile(after)
    const older = before === undefined ? null : await this.base.lockfile(before)
    if (older?.graph.known) this.#before.push(older.graph.value)
    if (older !== null && !older.graph.known) this.#gaps.push(...previousUnavailable(older.graph.gap))
    const graph = readGraph(newer)
    if (newer.graph.known) this.#graphs.set(after.path, newer.graph.value)
    else this.#gaps.push(newer.graph.gap)
    const malformed = newlyMalformed(newer.malformed, older?.malformed ?? [])
    this.#gaps.push(
      ...malformed.filter(({ read }) => !read && graph !== null).map((entry) => unreadEntry(after.path, entry)),
    )
    const review = graph === null ? null : await this.#reviewGraph(graph, older, lockfileChanged)
    this.#projects.push({
      ...this.#project(folder),
      lockfile: { file: after.path, manager: graph?.manager ?? after.format.manager },
      malformed,
      unmet: review?.unmet ?? [],
      ...(review === null || review.loosened.length === 0 ? {} : { loosened: review.loosened }),
    })
    // Not spread into one call: a hostile lockfile has more entries than a call may have arguments.
    for (const change of review?.changes ?? []) this.#changes.push(change)
  }

  async #reviewGraph(
    graph: DependencyGraph,
    older: ProjectState | null,
    lockfileChanged: boolean,
  ): Promise<GraphReview> {
    const before = readGraph(older)
    const askers = await this.head.askers(graph, this.#isRead(graph, before))
    const unmet = await this.#unmet(graph, before, askers)
    const asked = await this.#asked(graph, before, askers)
    if (!lockfileChanged) return { unmet, changes: [], loosened: looseRequirements(asked, []) }
    const changes = diffGraphs(before, graph, this.options).map((change) => withAsked(change, asked))
    this.#noteFormat(before, graph, changes.length)
    const inside = changes.filter(movedInsideRange).length
    if (inside > 0) {
      const [many, what] = inside === 1 ? ['dependency', 'range'] : ['dependencies', 'ranges']
      this.#notes.push(
        `${graph.file}: ${inside} direct ${many} moved inside the ${what} of manifests that did not change`,
      )
    }
    return { unmet, changes, loosened: looseRequirements(asked, changes) }
  }

  /** Who asks for what, and whether base's manifests asked the same. */
  async #asked(graph: DependencyGraph, before: DependencyGraph | null, askers: readonly Asker[]): Promise<Asked> {
    const [folder, oldFolder] = [folderOf(graph.file), folderOf(before?.file ?? graph.file)]
    const had = new Map<string, readonly Requirement[]>()
    let changed = !isSameFile(
      this.base.files.workspaceFiles.get(pnpmWorkspaceIn(oldFolder)),
      this.head.files.workspaceFiles.get(pnpmWorkspaceIn(folder)),
    )
    for (const { manifest, requirements } of askers) {
      const was = posix.join(oldFolder, posix.relative(folder, manifest))
      const same = isSameFile(this.base.files.manifests.get(was), this.head.files.manifests.get(manifest))
      changed ||= !same
      had.set(manifest, same ? requirements : ((await this.base.manifest(was))?.requirements ?? []))
    }
    return collectAsked(graph, askers, had, await this.#overriding(this.head, graph), changed)
  }

  #noteFormat(before: DependencyGraph | null, after: DependencyGraph, changes: number): void {
    if (before === null) return
    const none = changes === 0 ? '; no package changed' : ''
    if (before.manager !== after.manager) {
      const managers = `from ${programOf[before.manager]} (${before.file}) to ${programOf[after.manager]} (${after.file})`
      const beside = before.file !== after.file && this.head.files.paths.has(before.file)
      this.#notes.push(
        beside
          ? `${after.file} of ${programOf[after.manager]} is new and was compared with ${before.file}${none}`
          : `the package manager changed ${managers}${none}`,
      )
      return
    }
    if (before.file !== after.file) this.#notes.push(`the lockfile moved from ${before.file} to ${after.file}${none}`)
    if (before.formatVersion !== after.formatVersion) {
      const formats = `from ${before.formatVersion} to ${after.formatVersion}`
      this.#notes.push(`${after.file}: the lockfile's format changed ${formats}${none}`)
    }
  }

  /** A manifest that did not change, and of which the lockfile says what base's said, need not be fetched. */
  #isRead(graph: DependencyGraph, before: DependencyGraph | null): IsRead {
    const oldRoots = new Map(before?.roots.map((root) => [root.folder, JSON.stringify(root.requirements)]))
    return (manifest, root) =>
      root === undefined ||
      folderOf(manifest) === folderOf(graph.file) ||
      !isSameFile(this.base.files.manifests.get(manifest), this.head.files.manifests.get(manifest)) ||
      oldRoots.get(root.folder) !== JSON.stringify(root.requirements)
  }

  async #unmet(
    graph: DependencyGraph,
    before: DependencyGraph | null,
    askers: readonly Asker[],
  ): Promise<UnmetRange[]> {
    const unmet = unmetRanges(graph, askers, await this.#overriding(this.head, graph))
    if (unmet.length === 0 || before === null) return unmet
    const oldAskers = await this.base.askers(before, this.#isRead(graph, before))
    const had = unmetRanges(before, oldAskers, await this.#overriding(this.base, before))
    return newlyUnmet({ folder: folderOf(graph.file), unmet }, { folder: folderOf(before.file), unmet: had })
  }

  async #overriding(reader: ProjectReader, { file, manager }: DependencyGraph): Promise<Overriding> {
    const folder = folderOf(file)
    return { overrides: await reader.overrides(folder, manager), top: await reader.manifest(manifestIn(folder)) }
  }

  #project(folder: string): ProjectChange {
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`
    return {
      kind: 'project',
      folder,
      ...(this.head.files.manifests.has(manifest) ? { manifest } : {}),
      lockfileMissing: false,
      malformed: [],
      unmet: [],
    }
  }

  async #removeLockfile(folder: string, lockfiles: readonly LockfileFile[]): Promise<void> {
    for (const lockfile of lockfiles) this.#notes.push(`${lockfile.path} was removed`)
    const preferred = lockfiles[0]
    if (preferred === undefined) return
    this.#projects.push({ ...this.#project(folder), lockfileRemoved: preferred.path })
    await this.#listRemoved(preferred)
  }

  async #listRemoved(lockfile: LockfileFile): Promise<void> {
    const graph = readGraph(await this.base.lockfile(lockfile))
    if (graph !== null) for (const change of diffGraphs(graph, null, this.options)) this.#changes.push(change)
  }

  async #addMissing(changedManifests: readonly string[]): Promise<void> {
    for (const manifest of await missingLockfiles(this.base, this.head, changedManifests)) {
      const folder = folderOf(manifest)
      const at = this.#projects.findIndex((project) => project.folder === folder)
      const project = at === -1 ? this.#project(folder) : this.#projects.splice(at, 1)[0]
      if (project !== undefined) this.#projects.push({ ...project, lockfileMissing: true })
    }
  }
}

function entriesOf(
  graphs: readonly DependencyGraph[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly LockfileEntry[]> {
  const found = new Map<string, LockfileEntry[]>()
  for (const { entries } of graphs) {
    for (const entry of entries.values()) {
      if (!names.has(entry.name)) continue
      const same = found.get(entry.name)
      if (same) same.push(entry)
      else found.set(entry.name, [entry])
    }
  }
  return found
}

function newlyMalformed(head: readonly MalformedEntry[], base: readonly MalformedEntry[]): MalformedEntry[] {
  const idOf = ({ key, reason, seen }: MalformedEntry): string => JSON.stringify([key, reason, seen])
  const had = new Set(base.map(idOf))
  return head.filter((entry) => !had.has(idOf(entry)))
}

const unreadEntry = (file: string, { key, reason, line }: MalformedEntry): Gap => ({
  code: 'entry-unreadable',
  file,
  fact: 'lockfile',
  detail: `entry ${JSON.stringify(key)}${line === null ? '' : `, line ${line}`}: ${reason}`,
})

const distinct = (gaps: readonly Gap[]): Gap[] => [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()]
