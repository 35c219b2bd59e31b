import { posix } from 'node:path'
import type {
  DependencyGraph,
  EntryField,
  LockfileEntry,
  MalformedEntry,
  Requirement,
  Root,
} from '../dependency-graph.js'
import { lineCounter } from '../json-text.js'
import { folderOf } from '../npm/npm-lockfile.js'
import type { OwnPackages } from '../yarn/own-packages.js'
import { splitPattern } from '../yarn/pattern.js'
import { RequirementLookup } from '../yarn/requirement-lookup.js'
import { insteadOf } from '../yarn/resolutions.js'
import type { BerryEntries } from './berry-entries.js'
import { type BerryBlock, namesWith, pairsIn } from './berry-text.js'
import { DescriptorIndex } from './descriptors.js'

export interface BerryGraphParts extends BerryEntries {
  readonly file: string
  readonly text: string
  readonly formatVersion: string
  readonly malformed: readonly MalformedEntry[]
  readonly own: OwnPackages
  readonly blocks: readonly BerryBlock[]
}

/**
 * The graph of a yarn.lock of Yarn 2 and later. Its workspaces are entries that state what they ask for, development
 * included and not told apart: a kind other than `prod` comes from a manifest where one is given. `dev` is never set
 * here, the diff finds it out.
 */
export class BerryGraph implements DependencyGraph {
  readonly manager = 'yarn-berry'
  readonly file: string
  readonly formatVersion: string
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly #parts: BerryGraphParts
  readonly #index: DescriptorIndex
  readonly #lineAt: (offset: number) => number
  readonly #lookup = new RequirementLookup((from) => this.requirementsOf(from))
  #roots: readonly Root[] | undefined
  #blocks: ReadonlyMap<string, BerryBlock> | undefined
  /** Folder from the lockfile's → key. */
  #workspaces: ReadonlyMap<string, string> | undefined

  constructor(parts: BerryGraphParts) {
    this.file = parts.file
    this.formatVersion = parts.formatVersion
    this.entries = parts.entries
    this.malformed = parts.malformed
    this.#parts = parts
    this.#index = new DescriptorIndex(parts, parts.blocks)
    this.#lineAt = lineCounter(parts.text)
  }

  get roots(): readonly Root[] {
    this.#roots ??= this.#readRoots()
    return this.#roots
  }

  requirementsOf(from: string | Root): readonly Requirement[] {
    if (typeof from !== 'string') return from.requirements
    const block = this.#blockOf(from)
    return block === undefined || !this.entries.has(from) ? [] : this.#requirementsIn(block)
  }

  resolve(from: string | Root, name: string): string | null {
    const requirement = this.#lookup.find(from, name)
    // Who gets a peer depends on who is asked along with it: that one has a requirement of its own.
    if (requirement === undefined || requirement.kind === 'peer' || requirement.kind === 'peer-optional') return null
    const { range } = requirement
    const block = typeof from === 'string' ? this.#blockOf(from) : this.#blockOfRoot(from)
    const asking = block?.resolution ?? ''
    const replaced = insteadOf(this.#parts.own.resolutions, splitPattern(asking).name, name, range)
    for (const wanted of [...replaced, range]) {
      const key = this.#index.find(name, wanted, asking)
      if (key !== null) return key
    }
    return null
  }

  lineOf(key: string, field?: EntryField): number | null {
    const block = this.#blockOf(key)
    if (block === undefined) return null
    const offset = offsetOf(block, field)
    return offset === 0 && field !== undefined ? null : this.#lineAt(offset)
  }

  #blockOf(key: string): BerryBlock | undefined {
    this.#blocks ??= new Map(this.#parts.blocks.map((block) => [block.key, block]))
    return this.#blocks.get(key)
  }

  #readRoots(): readonly Root[] {
    const roots: Root[] = []
    const manifests = new Map(this.#parts.own.packages.map((one) => [one.folder, one]))
    for (const { key, source, name, resolved } of this.entries.values()) {
      const block = this.#blockOf(key)
      if (source !== 'workspace' || block === undefined) continue
      const folder = posix.join('.', folderOf(this.file), resolved ?? '')
      // A workspace outside the repository is nobody's here.
      if (folder === '..' || folder.startsWith('../')) continue
      const manifest = manifests.get(folder === '.' ? '' : folder)
      const kinds = new Map(manifest?.requirements.map((one) => [one.name, one.kind]))
      const requirements = this.#requirementsIn(block).map((one) => ({ ...one, kind: kinds.get(one.name) ?? one.kind }))
      roots.push({ folder: folder === '.' ? '' : folder, name, requirements })
    }
    return roots
  }

  #requirementsIn({ sections }: BerryBlock): Requirement[] {
    const { text } = this.#parts
    const found: Requirement[] = []
    const optional = namesWith(text, sections?.get('dependenciesMeta'), 'optional')
    for (const [name, range] of pairsIn(text, sections?.get('dependencies'))) {
      found.push({ name, range, kind: optional.has(name) ? 'optional' : 'prod' })
    }
    for (const [name, range] of pairsIn(text, sections?.get('optionalDependencies'))) {
      found.push({ name, range, kind: 'optional' })
    }
    const optionalPeers = namesWith(text, sections?.get('peerDependenciesMeta'), 'optional')
    for (const [name, range] of pairsIn(text, sections?.get('peerDependencies'))) {
      found.push({ name, range, kind: optionalPeers.has(name) ? 'peer-optional' : 'peer' })
    }
    return found
  }

  #blockOfRoot({ folder }: Root): BerryBlock | undefined {
    this.#workspaces ??= new Map(
      [...this.entries.values()]
        .filter(({ source }) => source === 'workspace')
        .map(({ key, resolved }) => [posix.join('.', resolved ?? ''), key]),
    )
    return this.#blockOf(this.#workspaces.get(posix.relative(folderOf(this.file), folder) || '.') ?? '')
  }
}

function offsetOf(block: BerryBlock, field: EntryField | undefined): number {
  switch (field) {
    case undefined:
      return block.offset
    case 'version':
      return block.versionAt
    case 'resolved':
      return block.resolutionAt
    case 'checksum':
      return block.checksumAt
    case 'integrity':
      return 0
  }
}
