import { posix } from 'node:path'
import type {
  DependencyGraph,
  EntryField,
  LockfileEntry,
  MalformedEntry,
  Requirement,
  Root,
} from '../dependency-graph.js'
import { lookupFolders } from './entry-key.js'
import type { LineOf } from './line-index.js'
import { isRecord, type RawEntry, requirementsIn } from './raw-entry.js'

export interface NpmGraphParts {
  readonly file: string
  /** Folder of the lockfile, `''` at the repository's root. */
  readonly folder: string
  readonly formatVersion: string
  readonly section: 'packages' | 'dependencies'
  readonly roots: readonly Root[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly rawOf: (key: string) => RawEntry | undefined
  readonly malformed: readonly MalformedEntry[]
  readonly requirementsUnstated: boolean
  readonly lineOf: LineOf
}

/** The graph of npm's own lockfiles. Edges are read from the parsed file when asked: most reviews touch few entries. */
export class NpmGraph implements DependencyGraph {
  readonly manager = 'npm'
  readonly file: string
  readonly formatVersion: string
  readonly roots: readonly Root[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly requirementsUnstated: boolean
  readonly #parts: NpmGraphParts
  #below: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined
  #last: { readonly start: string; readonly chain: readonly ReadonlyMap<string, string>[] } | undefined

  constructor(parts: NpmGraphParts) {
    this.file = parts.file
    this.formatVersion = parts.formatVersion
    this.roots = parts.roots
    this.entries = parts.entries
    this.malformed = parts.malformed
    this.requirementsUnstated = parts.requirementsUnstated
    this.#parts = parts
  }

  requirementsOf(from: string | Root): readonly Requirement[] {
    if (typeof from !== 'string') return from.requirements
    const raw = this.#parts.rawOf(this.#targetOf(from))
    if (raw === undefined) return []
    if (this.#parts.section === 'packages') return requirementsIn(raw)
    if (isRecord(raw.requires)) {
      return Object.entries(raw.requires)
        .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
        .map(([name, range]) => ({ name, range, kind: 'prod' as const }))
    }
    // Before npm 5 only nesting said who needs what, and only for what could not lie at the top.
    const nested = isRecord(raw.dependencies) ? Object.keys(raw.dependencies) : []
    return nested.map((name) => ({ name, range: '', kind: 'prod' as const }))
  }

  resolve(from: string | Root, name: string): string | null {
    const start = typeof from === 'string' ? this.#targetOf(from) : this.#locationOf(from)
    for (const names of this.#chainOf(start)) {
      const key = names.get(name)
      if (key !== undefined) return key
    }
    return null
  }

  /** What lies in each `node_modules` that is looked into from `start`, nearest first. One package's names come in a row. */
  #chainOf(start: string): readonly ReadonlyMap<string, string>[] {
    if (this.#last?.start !== start) {
      this.#below ??= namesBelow(this.entries)
      const chain: ReadonlyMap<string, string>[] = []
      for (const folder of lookupFolders(start)) {
        const names = this.#below.get(folder)
        if (names !== undefined) chain.push(names)
      }
      this.#last = { start, chain }
    }
    return this.#last.chain
  }

  lineOf(key: string, field?: EntryField): number | null {
    return this.#parts.lineOf(key, field)
  }

  /** Node follows a link before it looks around, so what a linked package asks for is found from where it really is. */
  #targetOf(key: string): string {
    const entry = this.entries.get(key)
    if (entry?.source !== 'link' || entry.resolved === undefined) return key
    const target = posix.normalize(entry.resolved.replace(/^file:/, ''))
    return this.entries.has(target) ? target : key
  }

  #locationOf(root: Root): string {
    return this.#parts.folder === '' ? root.folder : posix.relative(this.#parts.folder, root.folder)
  }
}

/** Folder → name → key of what lies in the folder's `node_modules`. */
function namesBelow(entries: ReadonlyMap<string, LockfileEntry>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const below = new Map<string, Map<string, string>>()
  for (const key of entries.keys()) {
    const at = key.lastIndexOf('node_modules/')
    // A folder whose name only ends so is no place to look into.
    if (at === -1 || (at > 0 && key.charCodeAt(at - 1) !== 47)) continue
    const folder = key.slice(0, Math.max(at - 1, 0))
    const names = below.get(folder)
    const name = key.slice(at + 'node_modules/'.length)
    if (names === undefined) below.set(folder, new Map([[name, key]]))
    else names.set(name, key)
  }
  return below
}
