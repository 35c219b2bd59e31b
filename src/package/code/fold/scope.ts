import type { FunctionNode, SyntaxNode } from '../read/syntax-node.js'
import type { Value } from './value.js'

/**
 * One thing that a name was given: an expression, or what lies under `path` in it. `append` is `name += node`; `import` is the export `path`
 * of the module that `node` names; `unknown` is anything that is not followed.
 */
export interface Definition {
  readonly kind: 'value' | 'append' | 'import' | 'unknown'
  readonly node: SyntaxNode
  readonly scope: Scope
  /** Written names, and nodes for the computed ones. */
  readonly path: readonly (string | SyntaxNode)[]
}

/** What comes after so many definitions of one name is not followed: state machines and accumulators have thousands. */
const maxDefinitions = 16

const none: readonly Definition[] = []

type BindingKind = 'variable' | 'parameter' | 'function' | 'class' | 'import'

export class Binding {
  readonly name: string
  readonly kind: BindingKind
  definitions: readonly Definition[] = none
  #defined: Definition[] | undefined
  /** What it stands for, once `Fold` has found that out; kept here since nothing is asked for so often. */
  folded: { readonly value: Value | undefined } | undefined
  /** It is being found out: names may stand for one another in a circle. */
  isUnderWay = false
  /** What was set on it one by one: `name.property = value`. */
  properties: Map<string, Definition[]> | undefined
  /** The name that the same scope declared before it. */
  readonly previous: Binding | undefined

  constructor(name: string, kind: BindingKind, previous: Binding | undefined) {
    this.name = name
    this.kind = kind
    this.previous = previous
  }

  define(definition: Definition): void {
    if (this.#defined === undefined) {
      this.#defined = [definition]
      this.definitions = this.#defined
    } else if (this.#defined.length < maxDefinitions) this.#defined.push(definition)
  }

  setProperty(name: string, definition: Definition): void {
    this.properties ??= new Map()
    addDefinition(this.properties, name, definition)
  }
}

/** `const self = this`. */
export const isThis = ({ definitions }: Binding): boolean => definitions[0]?.node.type === 'ThisExpression'

export function addDefinition(to: Map<string, Definition[]>, name: string, definition: Definition): void {
  const known = to.get(name)
  if (known === undefined) to.set(name, [definition])
  else if (known.length < maxDefinitions) known.push(definition)
}

/** Nearly all scopes have no more names: to compare them one by one is faster than a map, and a map for each is much of what there is to collect. */
const maxListedNames = 8

/** A module, function or block in which names are declared. */
export class Scope {
  readonly parent: Scope | undefined
  /** Where `var` puts its names. */
  readonly nearestFunction: Scope
  #last: Binding | undefined
  #count = 0
  /** Of scopes with more names. */
  #names: Map<string, Binding> | undefined

  constructor(parent: Scope | undefined, isFunction: boolean) {
    this.parent = parent
    this.nearestFunction = isFunction || parent === undefined ? this : parent.nearestFunction
  }

  /** `var` and functions may be declared again: it is the same name. */
  declare(name: string, kind: BindingKind): Binding {
    const known = this.#own(name)
    if (known !== undefined) return known
    const binding = new Binding(name, kind, this.#last)
    this.#last = binding
    this.#count += 1
    if (this.#names !== undefined) this.#names.set(name, binding)
    else if (this.#count > maxListedNames) this.#names = this.#mapped()
    return binding
  }

  /** What the name means here; nothing for a global. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.#own(name)
      if (binding !== undefined) return binding
    }
    return undefined
  }

  #own(name: string): Binding | undefined {
    if (this.#names !== undefined) return this.#names.get(name)
    let binding = this.#last
    while (binding !== undefined && binding.name !== name) binding = binding.previous
    return binding
  }

  #mapped(): Map<string, Binding> {
    const names = new Map<string, Binding>()
    for (let binding = this.#last; binding !== undefined; binding = binding.previous) names.set(binding.name, binding)
    return names
  }
}

/** A function of the file, and whether loading the module runs it. */
export interface FunctionSite {
  readonly node: FunctionNode
  readonly parent: FunctionSite | undefined
  /** Called where it stands, or handed to what calls it. */
  readonly atOnce: boolean
}
