import type { SyntaxNode } from '../read/syntax-node.js'
import type { Definition, FunctionSite, Scope } from './scope.js'

/** A node that may be worth a look, with all that is needed to judge it after the walk. */
export interface Site {
  readonly node: SyntaxNode
  readonly parent: SyntaxNode | undefined
  /** For calls and spreads: what the object they make is kept by, through conditions and `Object.assign`. */
  readonly holder: SyntaxNode | undefined
  readonly scope: Scope
  /** The function that it stands in; nothing at the top of the module. */
  readonly within: FunctionSite | undefined
  /** The nearest condition around it: `if`, `?:`, `&&`, `||`, `??`. */
  readonly guard: SyntaxNode | undefined
}

/** The names of one file and where they are used. */
export interface BoundNames {
  readonly module: Scope
  readonly sites: readonly Site[]
  readonly functions: ReadonlyMap<SyntaxNode, FunctionSite>
  readonly scopes: ReadonlyMap<SyntaxNode, Scope>
  /** `this.name = value` and class fields, of all objects of the file together. */
  readonly thisProperties: ReadonlyMap<string, readonly Definition[]>
  /** `globalThis.name = value`, and names that nobody declares. */
  readonly globals: ReadonlyMap<string, readonly Definition[]>
  /** `globalThis[key] = value`, whose names are known only when `key` is folded. */
  readonly computedGlobals: readonly ComputedGlobal[]
  /** By webpack's numbers and names: modules that only hand on what another package exports. */
  readonly bundled: ReadonlyMap<string, Definition>
}

export interface ComputedGlobal {
  readonly key: SyntaxNode
  readonly definition: Definition
}
