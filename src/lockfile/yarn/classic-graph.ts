import { satisfies } from 'semver'
import type {
  DependencyGraph,
  EntryField,
  LockfileEntry,
  MalformedEntry,
  Requirement,
  Root,
} from '../dependency-graph.js'
import { lineCounter } from '../json-text.js'
import type { ClassicEntries } from './classic-entries.js'
import { type ClassicBlock, dependenciesIn } from './classic-text.js'
import type { OwnPackage, OwnPackages } from './own-packages.js'
import { splitPattern } from './pattern.js'
import { RequirementLookup } from './requirement-lookup.js'
import { insteadOf, type Resolution } from './resolutions.js'

export interface ClassicGraphParts extends ClassicEntries {
  readonly file: string
  readonly text: string
  readonly malformed: readonly MalformedEntry[]
  readonly own: OwnPackages
}

/**
 * The graph of a yarn.lock of version 1. The file names no workspaces: they come from the manifests, as entries that no
 * line states, since one may ask for another. Neither does it say what is only for development: `dev` is never
 * set here, the diff finds it out.
 */
export class ClassicGraph implements DependencyGraph {
  readonly manager = 'yarn'
  readonly formatVersion = '1'
  readonly file: string
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly #text: string
  readonly #blocks: ReadonlyMap<string, ClassicBlock>
  readonly #keys: ReadonlyMap<string, string>
  readonly #resolutions: readonly Resolution[]
  readonly #own: readonly OwnPackage[]
  readonly #workspaces: ReadonlyMap<string, OwnPackage>
  readonly #lineAt: (offset: number) => number
  #roots: readonly Root[] | undefined
  readonly #lookup = new RequirementLookup((from) => this.requirementsOf(from))

  constructor({ file, text, malformed, entries, blocks, keys, own }: ClassicGraphParts) {
    this.file = file
    this.malformed = malformed
    this.#text = text
    this.#blocks = blocks
    this.#keys = keys
    this.#resolutions = own.resolutions
    this.#lineAt = lineCounter(text)
    this.#own = own.packages
    const workspaces = own.packages.slice(1)
    this.#workspaces = new Map(workspaces.flatMap((one) => (one.name === undefined ? [] : [[one.name, one]])))
    this.entries = withWorkspaces(entries, workspaces)
  }

  get roots(): readonly Root[] {
    this.#roots ??= this.#own.length === 0 ? [this.#rootWithoutManifest()] : this.#own.map(toRoot)
    return this.#roots
  }

  requirementsOf(from: string | Root): readonly Requirement[] {
    if (typeof from !== 'string') return from.requirements
    const block = this.#blocks.get(from)
    // A workspace's own requirements are those of its root.
    if (block === undefined) return []
    const found = new Map<string, Requirement>()
    for (const [name, range] of dependenciesIn(this.#text, block.dependencies)) {
      found.set(name, { name, range, kind: 'prod' })
    }
    for (const [name, range] of dependenciesIn(this.#text, block.optionalDependencies)) {
      found.set(name, { name, range, kind: 'optional' })
    }
    return [...found.values()]
  }

  resolve(from: string | Root, name: string): string | null {
    const requirement = this.#lookup.find(from, name)
    if (requirement === undefined) return null
    const { range } = requirement
    const parent = typeof from === 'string' ? (this.entries.get(from)?.name ?? '') : (from.name ?? '')
    for (const instead of insteadOf(this.#resolutions, parent, name, range)) {
      const key = this.#keys.get(`${name}@${instead}`)
      if (key !== undefined && this.entries.has(key)) return key
    }
    const workspace = this.#workspaces.get(name)
    if (workspace?.version !== undefined && satisfies(workspace.version, range, { loose: true })) {
      const key = workspaceKey(workspace)
      if (this.entries.has(key)) return key
    }
    const key = this.#keys.get(range === '' ? name : `${name}@${range}`)
    return key !== undefined && this.entries.has(key) ? key : null
  }

  lineOf(key: string, field?: EntryField): number | null {
    const block = this.#blocks.get(key)
    if (block === undefined) return null
    switch (field) {
      case undefined:
        return this.#lineAt(block.offset)
      case 'version':
        return this.#lineOfOffset(block.versionAt)
      case 'resolved':
        return this.#lineOfOffset(block.resolvedAt)
      case 'integrity':
        // The sha1 of old stands behind the address.
        return this.#lineOfOffset(block.integrityAt || block.resolvedAt)
      default:
        return null
    }
  }

  #lineOfOffset(offset: number): number | null {
    return offset === 0 ? null : this.#lineAt(offset)
  }

  /** What no entry asks for, somebody outside must have asked for: Yarn prunes everything else. */
  #rootWithoutManifest(): Root {
    const asked = new Set<string>()
    for (const key of this.#blocks.keys()) {
      for (const { name, range } of this.requirementsOf(key)) asked.add(`${name}@${range}`)
    }
    const requirements = [...this.#keys.keys()]
      .filter((pattern) => !asked.has(pattern))
      .map((pattern) => ({ ...splitPattern(pattern), kind: 'prod' as const }))
    return { folder: folderOfRoot(this.file), requirements }
  }
}

const folderOfRoot = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('/'), 0))

const toRoot = ({ folder, name, requirements }: OwnPackage): Root => ({
  folder,
  ...(name === undefined ? {} : { name }),
  requirements,
})

const workspaceKey = ({ name, folder }: OwnPackage): string => `${name}@workspace:${folder}`

function withWorkspaces(
  entries: ReadonlyMap<string, LockfileEntry>,
  workspaces: readonly OwnPackage[],
): ReadonlyMap<string, LockfileEntry> {
  if (workspaces.length === 0) return entries
  const all = new Map(entries)
  for (const workspace of workspaces) {
    const { name, version } = workspace
    if (name === undefined) continue
    const key = workspaceKey(workspace)
    const flags = { source: 'workspace', dev: false, optional: false, peer: false, bundled: false } as const
    all.set(key, { key, name, ...flags, ...(version === undefined ? {} : { version }) })
  }
  return all
}
