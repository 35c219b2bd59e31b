import type {
  DependencyGraph,
  EntryField,
  LockfileEntry,
  MalformedEntry,
  Requirement,
  Root,
} from '../dependency-graph.js'
import { type RawEntry, requirementsIn } from '../npm/raw-entry.js'
import { collectReached, isDevOnly, isOptionalOnly } from '../reachability.js'
import type { Reach } from './bun-entry.js'
import type { LineOf } from './line-index.js'
import { lookupPaths, parentPath } from './package-path.js'

export interface BunGraphParts {
  readonly file: string
  readonly formatVersion: string
  readonly roots: readonly Root[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  /** What each entry asks for and its flags, as the file has it. */
  readonly infos: ReadonlyMap<string, RawEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly lineOf: LineOf
}

/** The graph of bun.lock. Edges and flags are read from the parsed file when asked: most reviews touch few entries. */
export class BunGraph implements DependencyGraph, Reach {
  readonly manager = 'bun'
  readonly file: string
  readonly formatVersion: string
  readonly roots: readonly Root[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly #infos: ReadonlyMap<string, RawEntry>
  readonly #lineOf: LineOf
  readonly #requirements = new Map<string, readonly Requirement[]>()
  #reached: ReadonlyMap<string, number> | undefined
  #below: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined

  constructor(parts: BunGraphParts) {
    this.file = parts.file
    this.formatVersion = parts.formatVersion
    this.roots = parts.roots
    this.entries = parts.entries
    this.malformed = parts.malformed
    this.#infos = parts.infos
    this.#lineOf = parts.lineOf
  }

  /** What a workspace asks for, its root says: a way that leads into one starts anew there. */
  requirementsOf(from: string | Root): readonly Requirement[] {
    if (typeof from !== 'string') return from.requirements
    const known = this.#requirements.get(from)
    if (known !== undefined) return known
    const info = this.entries.get(from)?.source === 'workspace' ? undefined : this.#infos.get(from)
    const requirements = info === undefined ? [] : requirementsInInfo(info)
    this.#requirements.set(from, requirements)
    return requirements
  }

  resolve(from: string | Root, name: string): string | null {
    this.#below ??= namesBelow(this.entries)
    for (const path of lookupPaths(typeof from === 'string' ? from : this.#pathOf(from))) {
      const key = this.#below.get(path)?.get(name)
      if (key !== undefined) return key
    }
    return null
  }

  lineOf(key: string, field?: EntryField): number | null {
    return this.#lineOf(key, field)
  }

  isDev(key: string): boolean {
    this.#reached ??= collectReached(this)
    return isDevOnly(this.#reached.get(key))
  }

  isOptional(key: string): boolean {
    this.#reached ??= collectReached(this)
    return isOptionalOnly(this.#reached.get(key))
  }

  /** Only a package that a registry serves can bring another one: the word alone would hide an entry that is fetched. */
  isBundled(key: string): boolean {
    if (this.#infos.get(key)?.bundled !== true) return false
    const parent = parentPath(key)
    const name = key.slice(parent.length + 1)
    return (
      parent !== '' &&
      this.entries.get(parent)?.source === 'registry' &&
      this.requirementsOf(parent).some((requirement) => requirement.name === name)
    )
  }

  /** What a workspace has for itself alone stands below its name, whatever its folder; what the root asks for, at the top. */
  #pathOf({ folder }: Root): string {
    const [top, ...workspaces] = this.roots
    return folder === top?.folder ? '' : (workspaces.find((root) => root.folder === folder)?.name ?? '')
  }
}

/** As in package.json, but optional peers are a list. */
export function requirementsInInfo(info: RawEntry): Requirement[] {
  const optional = Array.isArray(info.optionalPeers) ? new Set<unknown>(info.optionalPeers) : null
  const requirements = requirementsIn(info)
  if (optional === null) return requirements
  return requirements.map((requirement) =>
    requirement.kind === 'peer' && optional.has(requirement.name)
      ? { ...requirement, kind: 'peer-optional' }
      : requirement,
  )
}

/** Path → name → key of what lies directly below. Most paths have nothing below, and a miss must be cheap. */
function namesBelow(entries: ReadonlyMap<string, LockfileEntry>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const below = new Map<string, Map<string, string>>()
  for (const key of entries.keys()) {
    const parent = parentPath(key)
    const name = parent === '' ? key : key.slice(parent.length + 1)
    const names = below.get(parent)
    if (names === undefined) below.set(parent, new Map([[name, key]]))
    else names.set(name, key)
  }
  return below
}
