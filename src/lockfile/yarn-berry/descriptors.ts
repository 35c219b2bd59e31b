import { maxPatchLayers } from '../../limits.js'
import type { LockfileEntry } from '../dependency-graph.js'
import { splitPattern } from '../yarn/pattern.js'
import type { BerryEntries } from './berry-entries.js'
import type { BerryBlock } from './berry-text.js'
import { escapeReference } from './locator.js'

/** Finds the entry for what somebody asks for, in the spellings in which Yarn may have written it. */
export class DescriptorIndex {
  readonly #entries: ReadonlyMap<string, LockfileEntry>
  readonly #keys: ReadonlyMap<string, string>
  readonly #patched: ReadonlyMap<string, string>
  readonly #blocks: readonly BerryBlock[]
  #patchedNames: ReadonlySet<string> | undefined
  #bound: ReadonlyMap<string, string> | undefined
  #resolutions: ReadonlyMap<string, string> | undefined

  constructor({ entries, keys, patched }: BerryEntries, blocks: readonly BerryBlock[]) {
    this.#entries = entries
    this.#keys = keys
    this.#patched = patched
    this.#blocks = blocks
  }

  /** The key of the entry; of a patched package that of what is patched. `asking` is the resolution of who asks. */
  find(name: string, range: string, asking: string): string | null {
    const spelled = /^[a-z][a-z0-9+.-]*:/i.test(range) ? [range] : [`npm:${range}`, range]
    const key = this.#findMended(name, spelled) ?? this.#findPlain(name, spelled, asking)
    return key === undefined ? null : this.#underPatch(key)
  }

  /** Packages that Yarn mends by itself are asked for through its own patch, which wins over the plain one. */
  #findMended(name: string, spelled: readonly string[]): string | undefined {
    this.#patchedNames ??= new Set([...this.#patched.keys()].map((key) => splitPattern(key).name))
    if (!this.#patchedNames.has(name)) return undefined
    for (const range of spelled) {
      for (const patch of ['optional!builtin', '~builtin', 'builtin']) {
        const key = this.#keyOf(`${name}@patch:${name}@${escapeReference(range)}#${patch}<compat/${name}>`)
        if (key !== undefined) return key
      }
    }
    return undefined
  }

  #findPlain(name: string, spelled: readonly string[], asking: string): string | undefined {
    for (const range of spelled) {
      const key = this.#keyOf(`${name}@${range}`) ?? this.#findBound(`${name}@${range}`, asking)
      if (key !== undefined) return key
    }
    return undefined
  }

  #keyOf(descriptor: string): string | undefined {
    const key = this.#keys.get(descriptor) ?? descriptor
    return this.#entries.has(key) ? key : undefined
  }

  /** Paths mean something else in each workspace, so Yarn binds a descriptor with one to who asks: `::locator=…`. */
  #findBound(descriptor: string, asking: string): string | undefined {
    if (!/@(?:link|portal|file|patch|exec):/.test(descriptor)) return undefined
    this.#bound ??= boundDescriptors([...this.#entries.keys(), ...this.#keys.keys()])
    const plain = plainDescriptor(descriptor)
    const bound = this.#bound.get(boundTo(plain, asking)) ?? this.#bound.get(plain)
    return bound === undefined ? undefined : this.#keyOf(bound)
  }

  #underPatch(key: string): string {
    this.#resolutions ??= new Map(this.#blocks.map((block) => [block.resolution ?? '', block.key]))
    let found = key
    for (let layer = 0; layer < maxPatchLayers; layer += 1) {
      const below = this.#resolutions.get(this.#patched.get(found) ?? '')
      if (below === undefined || !this.#entries.has(below)) return found
      found = below
    }
    return found
  }
}

const boundTo = (plain: string, locator: string): string => JSON.stringify([plain, locator])

/** Without what binds it, a descriptor stands for its first; with it for exactly one. */
function boundDescriptors(descriptors: readonly string[]): ReadonlyMap<string, string> {
  const bound = new Map<string, string>()
  for (const descriptor of descriptors) {
    const at = descriptor.indexOf('::')
    if (at === -1) continue
    const plain = plainDescriptor(descriptor.slice(0, at))
    const locator = new URLSearchParams(descriptor.slice(at + 2)).get('locator') ?? ''
    for (const key of [plain, boundTo(plain, locator)]) if (!bound.has(key)) bound.set(key, descriptor)
  }
  return bound
}

/** A manifest may write `patch:a@^1#…` where the lockfile has `patch:a@npm%3A^1#…`, and name the archive once or twice. */
const plainDescriptor = (descriptor: string): string =>
  descriptor.includes('@patch:') ? descriptor.replace(/@npm(?:%3A|:)/gi, '@') : descriptor.replace(/#.*$/s, '')
