import { isEnvironment } from '../capabilities/environment.js'
import type { BoundNames } from '../fold/bind-names.js'
import type { Fold } from '../fold/fold.js'
import type { Binding, Scope } from '../fold/scope.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import type { Value } from '../fold/value.js'
import { type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { walk } from '../read/walk.js'

/** Ways up the tree and from a name to its uses, for those who follow a value. One walk; everything else is found when asked for. */
export class SyntaxIndex {
  readonly names: BoundNames
  readonly fold: Fold
  readonly #parents = new Map<SyntaxNode, SyntaxNode>()
  readonly #identifiers = new Map<string, SyntaxNode[]>()
  readonly #uses = new Map<string, Map<Binding, SyntaxNode[]>>()
  /** Functions by the names under which objects and classes hold them. */
  readonly methods = new Map<string, FunctionNode[]>()
  readonly #members = new Map<string, SyntaxNode[]>()

  constructor(tree: SyntaxNode, names: BoundNames, fold: Fold, anyKeys: boolean) {
    this.names = names
    this.fold = fold
    walk(
      tree,
      {
        enter: (node, { parent }) => {
          if (parent !== undefined) this.#parents.set(node, parent)
          if (node.type === 'Identifier') this.#addIdentifier(node)
          else if (node.type === 'MemberExpression') this.#addMember(node)
          else if (node.type === 'MethodDefinition' || node.type === 'Property') this.#addMethod(node)
          return undefined
        },
      },
      { anyKeys },
    )
  }

  parent(node: SyntaxNode): SyntaxNode | undefined {
    return this.#parents.get(node)
  }

  /** The nearest parent that is something else than brackets, `await` or a type around the same value, and the child that it has. */
  user(node: SyntaxNode): { readonly node: SyntaxNode; readonly parent: SyntaxNode | undefined } {
    let child = node
    for (;;) {
      const parent = this.#parents.get(child)
      if (parent === undefined || parent.type === 'SequenceExpression' || unwrap(parent) !== unwrap(child))
        return { node: child, parent }
      child = parent
    }
  }

  scopeOf(node: SyntaxNode): Scope {
    const { scopes, module } = this.names
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = this.#parents.get(at)) {
      const scope = scopes.get(at)
      if (scope !== undefined) return scope
    }
    return module
  }

  functionOf(node: SyntaxNode): FunctionNode | undefined {
    let at = this.#parents.get(node)
    while (at !== undefined && !isFunction(at)) at = this.#parents.get(at)
    return at
  }

  classOf(node: SyntaxNode): SyntaxNode | undefined {
    let at = this.#parents.get(node)
    while (at !== undefined && at.type !== 'ClassBody') at = this.#parents.get(at)
    return at
  }

  value(node: SyntaxNode): Value | undefined {
    return this.fold.value(node, this.scopeOf(node))
  }

  bindingOf(node: SyntaxNode): Binding | undefined {
    return node.type === 'Identifier' ? this.scopeOf(node).find(node.name) : undefined
  }

  /** All places at which a name stands, those where it is given a value included. */
  usesOf(binding: Binding): readonly SyntaxNode[] {
    let uses = this.#uses.get(binding.name)
    if (uses === undefined) {
      uses = new Map()
      for (const node of this.#identifiers.get(binding.name) ?? []) {
        const meant = this.bindingOf(node)
        if (meant === undefined) continue
        const known = uses.get(meant)
        if (known === undefined) uses.set(meant, [node])
        else known.push(node)
      }
      this.#uses.set(binding.name, uses)
    }
    return uses.get(binding) ?? []
  }

  /** `x.name`, by the name as written. */
  membersNamed(name: string): readonly SyntaxNode[] {
    return this.#members.get(name) ?? []
  }

  /** All names of identifiers, or of members, with their nodes. */
  get identifiers(): ReadonlyMap<string, readonly SyntaxNode[]> {
    return this.#identifiers
  }

  get members(): ReadonlyMap<string, readonly SyntaxNode[]> {
    return this.#members
  }

  isEnvironment(node: SyntaxNode): boolean {
    const value = this.value(node)
    return value?.kind === 'reference' && isEnvironment(value.key)
  }

  #addMember(node: SyntaxNode): void {
    const name =
      node.type === 'MemberExpression' ? writtenName(node.property as SyntaxNode, node.computed === true) : undefined
    if (name === undefined) return
    const known = this.#members.get(name)
    if (known === undefined) this.#members.set(name, [node])
    else known.push(node)
  }

  #addIdentifier(node: SyntaxNode): void {
    if (node.type !== 'Identifier') return
    const known = this.#identifiers.get(node.name)
    if (known === undefined) this.#identifiers.set(node.name, [node])
    else known.push(node)
  }

  #addMethod(node: SyntaxNode): void {
    if (node.type !== 'MethodDefinition' && node.type !== 'Property') return
    const value = node.value as SyntaxNode | null
    const name = node.key ? writtenName(node.key as SyntaxNode, node.computed === true) : undefined
    if (name === undefined || value === null || !isFunction(value)) return
    const known = this.methods.get(name)
    if (known === undefined) this.methods.set(name, [value])
    else known.push(value)
  }
}
