import type { Fold } from './fold.js'
import { likelier } from './likelier.js'
import { add } from './operators.js'
import { moduleKey, platformNames } from './reference.js'
import type { Binding, Definition } from './scope.js'
import { reference, type Value } from './value.js'

/** Known to be unknown. */
const nothing = { kind: 'nothing', value: undefined } as const

/** What the names of one file stand for: its own, those of the platform, and properties that are set one by one. */
export class NamedValues {
  readonly #fold: Fold
  /** How many names are being looked up, each because of the one before. */
  underWay = 0
  /** What functions that were followed wrote to names outside of them. */
  readonly #written = new Map<Binding, Value | undefined>()
  readonly #sets = new Map<readonly Definition[], Value | undefined>()
  #globals: ReadonlyMap<string, readonly Definition[]> | undefined

  constructor(fold: Fold) {
    this.#fold = fold
  }

  /** What a name stands for. */
  binding(binding: Binding): Value | undefined {
    for (let frame = this.#fold.frame; frame !== undefined; frame = frame.parent) {
      if (frame.values.has(binding)) return frame.values.get(binding)
    }
    if (this.#written.size > 0 && this.#written.has(binding)) return this.#written.get(binding)
    if (binding.folded !== undefined) return binding.folded.value
    if (binding.isUnderWay) return undefined
    binding.isUnderWay = true
    this.underWay += 1
    // What a name stands for does not depend on who asks.
    const frame = this.#fold.frame
    this.#fold.frame = undefined
    const cuts = this.#fold.cuts
    const [declared] = binding.definitions
    // Functions that replace themselves are first what they are declared as.
    const value =
      this.#defined(binding.definitions) ??
      (binding.kind === 'function' && declared !== undefined ? this.#definition(declared) : undefined)
    this.#fold.frame = frame
    binding.isUnderWay = false
    this.underWay -= 1
    if (cuts === this.#fold.cuts) binding.folded = value === undefined ? nothing : { value }
    return value
  }

  write(binding: Binding, value: Value | undefined): void {
    for (let frame = this.#fold.frame; frame !== undefined; frame = frame.parent) {
      if (frame.values.has(binding)) {
        frame.values.set(binding, value)
        return
      }
    }
    this.#written.set(binding, value)
  }

  global(name: string): Value | undefined {
    const given = platformNames.has(name) ? undefined : this.globals().get(name)
    if (given !== undefined) {
      const value = this.assigned(given)
      // One that is only now and then another value may be the platform's in between.
      if (value?.kind === 'reference' || given.length === 1) return value
    }
    return this.#fold.memberReference(':globalThis', name)
  }

  /** Those whose names had to be folded among them. */
  globals(): ReadonlyMap<string, readonly Definition[]> {
    if (this.#globals !== undefined) return this.#globals
    // Until they are known the written ones count: a name may be built from others.
    this.#globals = this.#fold.names.globals
    if (this.#fold.names.computedGlobals.length === 0) return this.#globals
    const frame = this.#fold.frame
    this.#fold.frame = undefined
    const named = this.#fold.names.computedGlobals.map(({ key, definition }) => ({
      name: this.#fold.keyOf(key, definition.scope),
      definition,
    }))
    this.#fold.frame = frame
    const all = new Map(this.#fold.names.globals)
    for (const { name, definition } of named) {
      if (name !== undefined) all.set(name, [...(all.get(name) ?? []), definition])
    }
    this.#globals = all
    return all
  }

  /** All that a name may stand for: what leads somewhere counts before what does not. */
  #defined(definitions: readonly Definition[]): Value | undefined {
    const [first, ...more] = definitions
    if (first === undefined) return undefined
    if (more.length > 0 && more.every(({ kind }) => kind === 'append')) {
      return definitions.map((part) => this.#definition(part)).reduce((left, right) => add(left, right))
    }
    if (more.length === 0) return this.#definition(first)
    return definitions.map((definition) => this.#definition(definition)).reduce(likelier)
  }

  #definition({ kind, node, scope, path }: Definition): Value | undefined {
    if (kind === 'unknown') return undefined
    let value: Value | undefined
    if (kind === 'import') {
      const specifier = node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
      value = specifier === undefined ? undefined : reference(moduleKey(specifier))
    } else {
      value = this.#fold.value(node, scope)
    }
    for (const step of path) {
      const name = typeof step === 'string' ? step : this.#fold.keyOf(step, scope)
      if (name === undefined) return undefined
      value = this.#fold.property(value, name)
    }
    return value
  }

  /** What was set under a name one by one. */
  assigned(definitions: readonly Definition[] | undefined): Value | undefined {
    if (definitions === undefined) return undefined
    const known = this.#sets.get(definitions)
    if (known !== undefined || this.#sets.has(definitions)) return known
    // Until it is known it counts as unknown: definitions may go round in a circle.
    this.#sets.set(definitions, undefined)
    const cuts = this.#fold.cuts
    const frame = this.#fold.frame
    this.#fold.frame = undefined
    const value = this.#defined(definitions)
    this.#fold.frame = frame
    if (cuts === this.#fold.cuts) this.#sets.set(definitions, value)
    else this.#sets.delete(definitions)
    return value
  }
}
