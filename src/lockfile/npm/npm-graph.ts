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
  readonly raws: ReadonlyMap<string, RawEntry>
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
    const raw = this.#parts.raws.get(this.#targetOf(from))
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
    for (const folder of lookupFolders(start)) {
      const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
      if (this.entries.has(key)) return key
    }
    return null
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
