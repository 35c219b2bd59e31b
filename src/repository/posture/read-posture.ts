import { posix } from 'node:path'
import { type ChangedFile, diffListings } from '../../change/changed-files.js'
import type { FileRead, Listing, Snapshot, SnapshotEntry } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import { maxPostureBytes, maxPostureFileBytes, maxPostureFiles, maxPostureShellWork } from '../../limits.js'
import { folderOf, foldersAbove, ignoredNote, installedFolder } from '../../lockfile/project-files.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { readLockedProjects } from './locked-projects.js'
import type { PostureRead, PostureReader } from './posture-reader.js'
import type { PostureChange, PostureState } from './posture-state.js'
import { postureReaders } from './readers.js'
import { repositoryOwner } from './repository-owner.js'

export interface PostureOptions {
  /** The policy's `paths.ignore`; each ignored change is a note. */
  readonly ignores: (path: string) => boolean
  readonly readers?: readonly PostureReader[]
  /** Files that are read of one state, where other than `maxPostureFiles`. */
  readonly maxFiles?: number
  readonly signal?: AbortSignal
}

export interface RepositoryPosture {
  readonly change: PostureChange
  readonly notes: readonly string[]
}

/**
 * What base → head does to the repository's own files; without a base, how they stand. Of a change only the files that it touches are read, and
 * those that explain them; what the listings lacked is told by who reads the lockfiles.
 */
export async function readPosture(
  base: Snapshot | undefined,
  head: Snapshot,
  options: PostureOptions,
): Promise<RepositoryPosture> {
  const { ignores, signal } = options
  const [before, after] = await Promise.all([base?.list(signal) ?? empty, head.list(signal)])
  const readers = options.readers ?? postureReaders
  const isRead = ({ path }: { readonly path: string }): boolean =>
    installedFolder(path) === null && readers.some((reader) => reader.matches(path))
  const touched = diffListings(before, after).filter(isRead)
  const changed = touched.filter(({ path }) => !ignores(path))
  const now = new StateReader(head, after, options)
  await now.readAll(changed.flatMap((file) => (file.kind === 'removed' ? [] : [file.after])))
  const was = base && new StateReader(base, before, options)
  await was?.readAll(changed.flatMap((file) => (file.kind === 'added' ? [] : [file.before])))
  const folders = foldersToExplain(changed, [now.state(), ...(was ? [was.state()] : [])])
  if (changed.length > 0) await Promise.all([now.explain(folders), was?.explain(folders)])
  const present = new Set(changed.flatMap(({ kind, path }) => (kind === 'removed' ? [] : [path])))
  const paths = after.entries.flatMap(({ path, kind }) =>
    kind === 'file' && installedFolder(path) === null ? [path] : [],
  )
  // Base's word: a change may not say by itself whose actions are the repository's own.
  const owner = now.state().workflows.length > 0 ? await repositoryOwner(base ?? head, signal) : undefined
  const locked = await readLockedProjects(now.state(), present, paths, head, signal)
  return {
    change: {
      ...(was && { before: was.state() }),
      after: now.state(),
      changed: present,
      ...(locked.length > 0 && { locked }),
      ...(owner !== undefined && { owner }),
      gaps: [...now.gaps(), ...(was?.gaps().map(asPrevious) ?? [])],
    },
    notes: touched.flatMap(({ path }) => (ignores(path) ? [ignoredNote(path)] : [])),
  }
}

const empty: Listing = { entries: [], gaps: [] }

/** Where a setting may stand that decides about what changed: where its commands run, and everywhere above. */
function foldersToExplain(changed: readonly ChangedFile[], states: readonly PostureState[]): ReadonlySet<string> {
  const folders = new Set(['', ...changed.map(({ path }) => folderOf(path))])
  for (const { folder } of states.flatMap(({ commands }) => commands)) if (folder !== undefined) folders.add(folder)
  return new Set([...folders].flatMap(foldersAbove))
}

/** Reads of a snapshot under way at a time: on GitHub each is a request. */
const readsAtOnce = 8

/** Links one behind another that are followed; nobody means to have more. */
const maxLinkSteps = 5

interface OneFile {
  /** The path that says what it is. */
  readonly named: string
  /** The path that it lies at, which is another one behind a symbolic link. */
  readonly file: string
  readonly read: FileRead
}

/** What one state of the repository holds, file by file. */
class StateReader {
  readonly #snapshot: Snapshot
  readonly #entries: ReadonlyMap<string, SnapshotEntry>
  readonly #options: PostureOptions
  readonly #readers: readonly PostureReader[]
  readonly #readings = new Map<string, readonly PostureRead[]>()
  readonly #gaps: Gap[] = []
  readonly #budget = new ShellBudget(maxPostureShellWork)
  #dropped = 0
  #bytes = 0

  constructor(snapshot: Snapshot, { entries }: Listing, options: PostureOptions) {
    this.#snapshot = snapshot
    this.#entries = new Map(entries.map((entry) => [entry.path, entry]))
    this.#options = options
    this.#readers = options.readers ?? postureReaders
  }

  /** All of them within the limit, the most telling first. */
  async readAll(entries: readonly SnapshotEntry[]): Promise<void> {
    const files = entries.filter(({ path, kind }) => kind !== 'submodule' && !this.#readings.has(path))
    const ranked = files
      .map((entry) => ({ entry, rank: this.#readers.findIndex((reader) => reader.matches(entry.path)) }))
      .sort((a, b) => a.rank - b.rank || depth(a.entry) - depth(b.entry) || (a.entry.path < b.entry.path ? -1 : 1))
    const room = Math.max(0, (this.#options.maxFiles ?? maxPostureFiles) - this.#readings.size)
    this.#dropped += Math.max(0, ranked.length - room)
    const chosen = ranked.slice(0, room)
    for (const { entry } of chosen) this.#readings.set(entry.path, [])
    // In this order, whichever comes first: what is left when a limit is reached must not depend on that.
    for (let at = 0; at < chosen.length; at += readsAtOnce) {
      const read = await Promise.all(chosen.slice(at, at + readsAtOnce).map(({ entry }) => this.#readOne(entry)))
      for (const one of read) if (one !== undefined) this.#take(one)
    }
  }

  /** Reads what explains the files of these folders, and what the files read include. */
  async explain(folders: ReadonlySet<string>): Promise<void> {
    const explaining = this.#readers.filter(({ explains }) => explains === true)
    const included = new Set(this.state().python.flatMap(({ includes }) => includes))
    const wanted = [...this.#entries.values()].filter(
      ({ path }) =>
        installedFolder(path) === null &&
        !this.#options.ignores(path) &&
        (included.has(path) || (folders.has(folderOf(path)) && explaining.some((reader) => reader.matches(path)))),
    )
    await this.readAll(wanted)
  }

  state(): PostureState {
    const sorted = [...this.#readings].sort(([one], [other]) => (one < other ? -1 : 1))
    const readings = sorted.flatMap(([, all]) => all)
    return {
      commands: readings.flatMap(({ commands = [] }) => commands),
      workflows: readings.flatMap(({ workflows = [] }) => workflows),
      dockerfiles: readings.flatMap(({ dockerfiles = [] }) => dockerfiles),
      settings: readings.flatMap(({ settings = [] }) => settings),
      manifests: readings.flatMap(({ manifests = [] }) => manifests),
      python: readings.flatMap(({ python = [] }) => python),
      pythonLocks: readings.flatMap(({ pythonLocks = [] }) => pythonLocks),
      go: readings.flatMap(({ go = [] }) => go),
      sboms: readings.flatMap(({ sboms = [] }) => sboms),
      automatic: readings.flatMap(({ automatic = [] }) => automatic),
    }
  }

  gaps(): readonly Gap[] {
    const sorted = [...this.#gaps].sort((a, b) => (String(a.file) < String(b.file) ? -1 : 1))
    if (this.#dropped === 0) return sorted
    const detail = `${this.#dropped} more files that run or configure something were not read`
    return [...sorted, { code: 'limit-reached', fact: 'repository', detail }]
  }

  async #readOne({ path }: SnapshotEntry): Promise<OneFile | undefined> {
    const { signal } = this.#options
    let file = path
    let read = await this.#snapshot.read(file, signal)
    const seen = new Set([file])
    for (let steps = 0; read.kind === 'symlink' && steps < maxLinkSteps; steps += 1) {
      file = posix.join(posix.dirname(file), read.target)
      // Links in a circle lead nowhere, for whoever follows them.
      if (!this.#entries.has(file) || seen.has(file) || this.#isReadAs(path, file)) return undefined
      seen.add(file)
      read = await this.#snapshot.read(file, signal)
    }
    if (read.kind !== 'symlink') return { named: path, file, read }
    this.#note('limit-reached', path, `more than ${maxLinkSteps} symbolic links one behind another`)
    return undefined
  }

  /** What a link leads to is read where it stands, by all who would read it under the link's name. */
  #isReadAs(named: string, file: string): boolean {
    return this.#readings.has(file) && this.#readers.every((one) => !one.matches(named) || one.matches(file))
  }

  #take({ named, file, read }: OneFile): void {
    if (read.kind === 'unreadable') this.#gaps.push({ ...read.gap, file })
    if (read.kind !== 'file') return
    const start = read.bytes.toString('latin1', 0, 256)
    const readers = this.#readers.filter((one) => one.matches(named) && one.opens?.(start) !== false)
    const large = readers.filter(({ maxBytes = maxPostureFileBytes }) => read.bytes.length > maxBytes)
    const fitting = readers.filter((reader) => !large.includes(reader))
    for (const { maxBytes = maxPostureFileBytes } of large) {
      this.#note('limit-reached', file, `${read.bytes.length} bytes, at most ${maxBytes} are read of such a file`)
    }
    if (fitting.length === 0) return
    this.#bytes += read.bytes.length
    if (this.#bytes > maxPostureBytes) {
      this.#dropped += 1
      return
    }
    const text = read.bytes.toString('utf8')
    const readings = fitting.map((reader) => reader.read(file, text, (path) => this.#entries.has(path), this.#budget))
    this.#readings.set(named, readings)
    for (const { broken, cut } of readings) {
      if (broken !== undefined)
        this.#note('repository-unreadable', file, `it cannot be read to its end, line ${broken}`)
      if (cut !== undefined) this.#note('limit-reached', file, cut)
    }
  }

  #note(code: Gap['code'], file: string, detail: string): void {
    const isKnown = this.#gaps.some((gap) => gap.code === code && gap.file === file && gap.detail === detail)
    if (!isKnown) this.#gaps.push({ code, file, fact: 'repository', detail })
  }
}

const depth = ({ path }: SnapshotEntry): number => path.split('/').length

/** What base's file hides is judged as new, so that nothing of head's stays unseen. */
const asPrevious = (gap: Gap): Gap => ({
  ...gap,
  code: 'previous-unavailable',
  detail: `${gap.file === undefined ? 'base' : "base's file"}: ${gap.detail}; what head has there is judged as new`,
})
