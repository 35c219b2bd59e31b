import { maxPatchLayers } from '../../limits.js'
import type { LockfileEntry } from '../dependency-graph.js'
import { nameMistake } from '../npm/entry-key.js'
import { type Complain, hasInvisible, type MalformedReason } from '../npm/malformed.js'
import { complainOfGit, type MutableEntry } from '../npm/raw-entry.js'
import { aliasTarget, isNoName, isOrdinaryName, splitPattern } from '../yarn/pattern.js'
import type { BerryBlock } from './berry-text.js'
import { type Locator, parseLocator } from './locator.js'

export interface BerryEntries {
  readonly entries: ReadonlyMap<string, LockfileEntry>
  /** Descriptor → block key, for keys of several descriptors; a key of one stands for itself. */
  readonly keys: ReadonlyMap<string, string>
  /** Key of a patched package → resolution of what is patched. */
  readonly patched: ReadonlyMap<string, string>
}

export interface BerryBlocks {
  readonly blocks: readonly BerryBlock[]
  /** What the file's checksums are of, where they do not say themselves. */
  readonly cacheKey: string
  /** The text holds escapes, or characters that not all people read alike. */
  readonly isOdd: boolean
}

export function collectBerryEntries(from: BerryBlocks, complain: Complain): BerryEntries {
  const collector = new Collector(from, complain)
  for (const block of from.blocks) collector.add(block)
  collector.unmaskPatches()
  return collector
}

class Collector implements BerryEntries {
  readonly entries = new Map<string, MutableEntry>()
  readonly keys = new Map<string, string>()
  readonly patched = new Map<string, string>()
  /** Yarn can be told to keep no checksums at all: then their absence says nothing about an entry. */
  readonly #keepsChecksums: boolean
  #blocks: ReadonlyMap<string, BerryBlock> | undefined
  #resolutions: ReadonlySet<string> | undefined

  constructor(
    readonly from: BerryBlocks,
    readonly complain: Complain,
  ) {
    this.#keepsChecksums = from.blocks.some(({ checksum }) => checksum !== undefined)
  }

  add(block: BerryBlock): void {
    const { key } = block
    // Yarn takes the last of two, a reader of the diff may look at the first.
    if (this.entries.has(key)) this.complain(key, 'duplicate-key', key, true)
    const descriptors = key.includes(',') ? key.split(/ *, */) : [key]
    const taken = descriptors.filter((descriptor) => this.#point(descriptor, key))
    // One complaint tells it: a key of a million descriptors must not make a million of them.
    if (taken[0] !== undefined) this.complain(key, 'duplicate-key', taken[0], true)
    const entry = this.#readOrdinary(block, descriptors) ?? this.#readEntry(block, descriptors)
    if (entry === null) this.entries.delete(key)
    else this.entries.set(key, entry)
  }

  /** True where another entry had the descriptor. */
  #point(descriptor: string, key: string): boolean {
    const other = this.keys.get(descriptor) ?? (this.entries.has(descriptor) ? descriptor : undefined)
    if (descriptor !== key || other !== undefined) this.keys.set(descriptor, key)
    return other !== undefined && other !== key
  }

  /** A registry's package under its own name, as nearly all are; null for any other, and for what may be wrong. */
  #readOrdinary(block: BerryBlock, descriptors: readonly string[]): MutableEntry | null {
    const { key, resolution = '', version, doubled, misshapen } = block
    const at = resolution.indexOf('@npm:', 1)
    if (at === -1 || version === undefined || doubled !== undefined || misshapen !== undefined || this.from.isOdd) {
      return null
    }
    const name = resolution.slice(0, at)
    if (!isOrdinaryName(name) || resolution.length !== at + 5 + version.length || !resolution.endsWith(version)) {
      return null
    }
    if (!ordinaryVersion.test(version)) return null
    for (const descriptor of descriptors) {
      // One `@` behind the name: an alias has another.
      if (!descriptor.startsWith(name) || descriptor.indexOf('@', name.length + 1) !== -1) return null
      if (descriptor.charCodeAt(name.length) !== 64) return null
    }
    const optional = block.conditions !== undefined
    const entry: MutableEntry = {
      key,
      name,
      source: 'registry',
      dev: false,
      optional,
      peer: false,
      bundled: false,
      version,
    }
    this.#addChecksum(entry, block.checksum, block.conditions)
    return entry
  }

  #readEntry(block: BerryBlock, descriptors: readonly string[]): MutableEntry | null {
    const { key, resolution, doubled = [], misshapen = [] } = block
    for (const field of doubled) this.complain(key, 'duplicate-key', field, true)
    for (const field of misshapen) this.complain(key, 'wrong-type', field, !isIdentity(field))
    if (misshapen.some(isIdentity)) return null
    const locator = resolution === undefined ? null : parseLocator(resolution)
    if (resolution === undefined || locator === null) {
      this.complain(key, 'wrong-type', `resolution: ${resolution ?? 'nothing'}`, false)
      return null
    }
    const names = [
      locator.name,
      locator.installedAs,
      ...descriptors.filter(isDescriptor).map((one) => splitPattern(one).name),
    ]
    const mistake = mistakeIn(names)
    if (mistake !== null) {
      this.complain(key, mistake, resolution, false)
      return null
    }
    this.#complainOfTexts(block)
    this.#complainOfDisagreement(block, locator, descriptors)
    if (locator.patched !== undefined) this.patched.set(key, locator.patched)
    return this.#toEntry(block, locator, descriptors)
  }

  #complainOfTexts(block: BerryBlock): void {
    const { key, version, resolution, checksum } = block
    for (const [field, value] of Object.entries({ key, version, resolution, checksum })) {
      if (value !== undefined && hasInvisible(value))
        this.complain(key, 'control-character', `${field}: ${value}`, true)
    }
  }

  /** Yarn installs what `resolution` says; the rest of the entry is what a person reads. */
  #complainOfDisagreement({ key, version }: BerryBlock, locator: Locator, descriptors: readonly string[]): void {
    if (locator.source === 'registry' && version !== locator.version) {
      this.complain(key, 'sections-disagree', `version: ${version ?? 'nothing'}, resolution: ${locator.version}`, true)
    }
    const asked = descriptors.filter(isDescriptor)
    const other = asked.length === 0 ? key : asked.find((one) => nameAsked(one) !== locator.name)
    if (other !== undefined) this.complain(key, 'sections-disagree', `${other} gets ${locator.name}`, true)
  }

  #toEntry(block: BerryBlock, locator: Locator, descriptors: readonly string[]): MutableEntry {
    const { key, checksum, conditions } = block
    const { name, source, resolved } = locator
    const flags = { dev: false, optional: conditions !== undefined, peer: false, bundled: false }
    const entry: MutableEntry = { key, name, source, ...flags }
    const names = descriptors.map((descriptor) => splitPattern(descriptor).name)
    if (names[0] !== undefined && !names.includes(name)) entry.alias = names[0]
    const version = source === 'registry' ? locator.version : block.version
    if (version !== undefined && source !== 'workspace' && source !== 'link') entry.version = version
    if (resolved !== undefined) entry.resolved = resolved
    if (source === 'git') complainOfGit(key, resolved ?? '', this.complain)
    this.#addChecksum(entry, checksum, conditions)
    return entry
  }

  #addChecksum(entry: MutableEntry, checksum: string | undefined, conditions: string | undefined): void {
    if (entry.source === 'workspace' || entry.source === 'link') return
    if (checksum !== undefined) entry.checksum = checksum.includes('/') ? checksum : `${this.from.cacheKey}/${checksum}`
    else if (this.#keepsChecksums) entry.checksumAbsent = conditions === undefined ? 'unexplained' : 'platform'
  }

  /**
   * A patched package is code of the repository laid over a package that has an entry of its own. Where that is missing
   * the patch would hide a package that Yarn fetches all the same, so it stands for it.
   */
  unmaskPatches(): void {
    for (const [key, resolution] of this.patched) {
      const entry = this.entries.get(key)
      const block = this.#blockOf(key)
      if (entry === undefined || block === undefined) continue
      const { stated, locator } = this.#unwrap(resolution)
      if (stated !== undefined) {
        this.patched.set(key, stated)
        continue
      }
      this.patched.delete(key)
      if (locator === null || nameMistake(locator.name) !== null) {
        this.complain(key, 'wrong-type', `resolution: ${block.resolution}`, false)
        this.entries.delete(key)
      } else this.entries.set(key, this.#toEntry(block, locator, [locator.installedAs]))
    }
  }

  #blockOf(key: string): BerryBlock | undefined {
    this.#blocks ??= new Map(this.from.blocks.map((block) => [block.key, block]))
    return this.#blocks.get(key)
  }

  #isStated(resolution: string): boolean {
    this.#resolutions ??= new Set(this.from.blocks.map((block) => block.resolution ?? ''))
    return this.#resolutions.has(resolution)
  }

  /** From patch to patched, as patches can lie over patches, until an entry of the lockfile or what is no patch. */
  #unwrap(resolution: string): { readonly stated?: string; readonly locator: Locator | null } {
    let inner = resolution
    for (let layer = 0; layer < maxPatchLayers; layer += 1) {
      if (this.#isStated(inner)) return { stated: inner, locator: null }
      const locator = parseLocator(inner)
      if (locator?.patched === undefined) return { locator }
      inner = locator.patched
    }
    return { locator: null }
  }
}

const ordinaryVersion = /^\d[\w.+-]*$/

const isIdentity = (field: string): boolean => field === 'version' || field === 'resolution' || field === 'checksum'

function mistakeIn(names: readonly string[]): MalformedReason | null {
  for (const name of names) {
    const mistake = isNoName(name) ? 'wrong-type' : nameMistake(name)
    if (mistake !== null) return mistake
  }
  return null
}

/** By an alias a descriptor asks for the package of another name. */
const nameAsked = (descriptor: string): string => {
  const { name, range } = splitPattern(descriptor)
  return aliasTarget(range)?.name ?? name
}

/** A range of its own making may hold a comma, at which Yarn cuts all the same: the rest asks for nothing. */
const isDescriptor = (text: string): boolean => text.indexOf('@', 1) !== -1
