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
import { escapeReference } from './locator.js'

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
 * included and not told apart: a kind other than `prod` comes from a manifest where one is given. `dev` is never set.
 */
export class BerryGraph implements DependencyGraph {
  readonly manager = 'yarn-berry'
  readonly file: string
  readonly formatVersion: string
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly #parts: BerryGraphParts
  readonly #lineAt: (offset: number) => number
  readonly #lookup = new RequirementLookup((from) => this.requirementsOf(from))
  #roots: readonly Root[] | undefined
  #blocks: ReadonlyMap<string, BerryBlock> | undefined
  /** Resolution → key. */
  #resolutions: ReadonlyMap<string, string> | undefined
  #unbound: ReadonlyMap<string, readonly string[]> | undefined

  constructor(parts: BerryGraphParts) {
    this.file = parts.file
    this.formatVersion = parts.formatVersion
    this.entries = parts.entries
    this.malformed = parts.malformed
    this.#parts = parts
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
      const key = this.#keyFor(name, wanted, asking)
      if (key !== null) return this.#underPatch(key)
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

  #keyOfResolution(resolution: string): string | undefined {
    this.#resolutions ??= new Map(this.#parts.blocks.map((block) => [block.resolution ?? '', block.key]))
    return this.#resolutions.get(resolution)
  }

  #keyOf(descriptor: string): string | undefined {
    return this.#parts.keys.get(descriptor) ?? (this.entries.has(descriptor) ? descriptor : undefined)
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

  #blockOfRoot({ folder, name }: Root): BerryBlock | undefined {
    const relative = posix.relative(folderOf(this.file), folder)
    const key = this.#keyOfResolution(`${name ?? ''}@workspace:${relative === '' ? '.' : relative}`)
    if (key !== undefined) return this.#blockOf(key)
    // A root that was made from a manifest need not say its name.
    const entry = [...this.entries.values()].find(
      ({ source, resolved }) => source === 'workspace' && posix.join('.', resolved ?? '') === (relative || '.'),
    )
    return entry === undefined ? undefined : this.#blockOf(entry.key)
  }

  /** The entry for one descriptor, in the spellings in which Yarn may have written it. */
  #keyFor(name: string, range: string, asking: string): string | null {
    const spelled = range.startsWith('npm:') || /^[a-z][a-z0-9+.-]*:/i.test(range) ? [range] : [`npm:${range}`, range]
    for (const one of spelled) {
      // Packages that Yarn mends by itself are asked for through its own patch, which must win over the plain one.
      for (const patch of ['optional!builtin', '~builtin', 'builtin']) {
        const key = this.#keyOf(`${name}@patch:${name}@${escapeReference(one)}#${patch}<compat/${name}>`)
        if (key !== undefined && this.entries.has(key)) return key
      }
    }
    for (const one of spelled) {
      const key = this.#keyOf(`${name}@${one}`) ?? this.#boundKey(`${name}@${one}`, asking)
      if (key !== undefined && this.entries.has(key)) return key
    }
    return null
  }

  /** Paths mean something else in each workspace, so Yarn binds a descriptor with one to who asks: `::locator=…`. */
  #boundKey(descriptor: string, asking: string): string | undefined {
    if (!/@(?:link|portal|file|patch|exec):/.test(descriptor)) return undefined
    this.#unbound ??= unboundDescriptors([...this.entries.keys(), ...this.#parts.keys.keys()])
    const bound = this.#unbound.get(plainPatch(descriptor)) ?? []
    const own = bound.find((one) => new URLSearchParams(one.slice(one.indexOf('::') + 2)).get('locator') === asking)
    return this.#keyOf(own ?? bound[0] ?? '')
  }

  #underPatch(key: string): string {
    let found = key
    for (let step = 0; step <= this.#parts.patched.size; step += 1) {
      const below = this.#keyOfResolution(this.#parts.patched.get(found) ?? '')
      if (below === undefined || !this.entries.has(below)) return found
      found = below
    }
    // Patches of each other: no Yarn writes them.
    return key
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

function unboundDescriptors(descriptors: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const unbound = new Map<string, string[]>()
  for (const descriptor of descriptors) {
    const at = descriptor.indexOf('::')
    if (at === -1) continue
    const plain = plainPatch(descriptor.slice(0, at))
    const list = unbound.get(plain)
    if (list === undefined) unbound.set(plain, [descriptor])
    else list.push(descriptor)
  }
  return unbound
}

/** A manifest may write `patch:a@^1#…` where the lockfile has `patch:a@npm%3A^1#…`, and name the archive once or twice. */
const plainPatch = (descriptor: string): string =>
  descriptor.includes('@patch:') ? descriptor.replace(/@npm(?:%3A|:)/gi, '@') : descriptor.replace(/#.*$/s, '')
