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
  /** What was set on it one by one: `name.property = value`. */
  properties: Map<string, Definition[]> | undefined

  constructor(name: string, kind: BindingKind) {
    this.name = name
    this.kind = kind
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

export function addDefinition(to: Map<string, Definition[]>, name: string, definition: Definition): void {
  const known = to.get(name)
  if (known === undefined) to.set(name, [definition])
  else if (known.length < maxDefinitions) known.push(definition)
}

/** A module, function or block in which names are declared. */
export class Scope {
  readonly parent: Scope | undefined
  /** Where `var` puts its names. */
  readonly nearestFunction: Scope
  #names: Map<string, Binding> | undefined

  constructor(parent: Scope | undefined, isFunction: boolean) {
    this.parent = parent
    this.nearestFunction = isFunction || parent === undefined ? this : parent.nearestFunction
  }

  /** `var` and functions may be declared again: it is the same name. */
  declare(name: string, kind: BindingKind): Binding {
    this.#names ??= new Map()
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const binding = new Binding(name, kind)
    this.#names.set(name, binding)
    return binding
  }

  /** What the name means here; nothing for a global. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.#names?.get(name)
      if (binding !== undefined) return binding
    }
    return undefined
  }
}

/** A function of the file, and whether loading the module runs it. */
export interface FunctionSite {
  readonly node: FunctionNode
  readonly parent: FunctionSite | undefined
  /** Called where it stands, or handed to what calls it. */
  readonly atOnce: boolean
}
