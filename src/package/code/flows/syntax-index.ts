import { isEnvironment } from '../capabilities/environment.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import type { BoundNames } from '../fold/bound-names.js'
import type { Fold } from '../fold/fold.js'
import type { Binding, Scope } from '../fold/scope.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import type { Value } from '../fold/value.js'
import { endOf, type FunctionNode, isFunction, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { walk } from '../read/walk.js'

/** Kept at the node itself: a map of all nodes of a large file would cost more than to read it did. No walk sees symbols. */
const parentOf = Symbol('parent')

interface Held {
  [parentOf]?: SyntaxNode
}

/** Ways up the tree and from a name to its uses, for those who follow a value. One walk; everything else is found when asked for. */
export class SyntaxIndex {
  readonly names: BoundNames
  readonly fold: Fold
  /** Functions by the names under which objects and classes hold them. */
  readonly methods = new Map<string, FunctionNode[]>()
  readonly #identifiers = new Map<string, SyntaxNode[]>()
  readonly #members = new Map<string, SyntaxNode[]>()
  /** Of each name, a place within the part of the file that knows it. */
  readonly #places = new Map<Binding, SyntaxNode>()
  readonly #uses = new Map<Binding, readonly SyntaxNode[]>()

  constructor(tree: SyntaxNode, { names, fold }: Pick<CodeAbilities, 'names' | 'fold'>, anyKeys: boolean) {
    this.names = names
    this.fold = fold
    walk(
      tree,
      {
        enter: (node, { parent }) => {
          if (parent !== undefined) (node as Held)[parentOf] = parent
          if (node.type === 'Identifier') note(this.#identifiers, node.name, node)
          else if (node.type === 'MemberExpression') {
            const name = writtenName(node.property as SyntaxNode, node.computed === true)
            if (name !== undefined) note(this.#members, name, node)
          } else if (node.type === 'MethodDefinition' || node.type === 'Property') this.#addMethod(node)
          return undefined
        },
      },
      { anyKeys },
    )
  }

  parent(node: SyntaxNode): SyntaxNode | undefined {
    return (node as Held)[parentOf]
  }

  /** The nearest parent that is something else than brackets, `await` or a type around the same value, and the child that it has. */
  user(node: SyntaxNode): { readonly node: SyntaxNode; readonly parent: SyntaxNode | undefined } {
    let child = node
    for (;;) {
      const parent = this.parent(child)
      if (parent === undefined || parent.type === 'SequenceExpression' || unwrap(parent) !== unwrap(child))
        return { node: child, parent }
      child = parent
    }
  }

  scopeOf(node: SyntaxNode): Scope {
    const { scopes, module } = this.names
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = this.parent(at)) {
      const scope = scopes.get(at)
      if (scope !== undefined) return scope
    }
    return module
  }

  functionOf(node: SyntaxNode): FunctionNode | undefined {
    let at = this.parent(node)
    while (at !== undefined && !isFunction(at)) at = this.parent(at)
    return at
  }

  classOf(node: SyntaxNode): SyntaxNode | undefined {
    let at = this.parent(node)
    while (at !== undefined && at.type !== 'ClassBody') at = this.parent(at)
    return at
  }

  value(node: SyntaxNode): Value | undefined {
    return this.fold.value(node, this.scopeOf(node))
  }

  bindingOf(node: SyntaxNode): Binding | undefined {
    if (node.type !== 'Identifier') return undefined
    const binding = this.scopeOf(node).find(node.name)
    if (binding !== undefined && !this.#places.has(binding)) this.#places.set(binding, node)
    return binding
  }

  /** All places at which a name stands, those where it is given a value included. */
  usesOf(binding: Binding): readonly SyntaxNode[] {
    const known = this.#uses.get(binding)
    if (known !== undefined) return known
    const [from, to] = this.#rangeOf(binding)
    const nodes = this.#identifiers.get(binding.name) ?? []
    const uses: SyntaxNode[] = []
    // In the order of the text, as the walk met them.
    for (let at = firstFrom(nodes, from); at < nodes.length; at++) {
      const node = nodes[at] as SyntaxNode
      if (startOf(node) >= to) break
      if (this.scopeOf(node).find(binding.name) === binding) uses.push(node)
    }
    this.#uses.set(binding, uses)
    return uses
  }

  /** The part of the file in which a name is known: short names of compressed code mean something else everywhere. */
  #rangeOf(binding: Binding): readonly [number, number] {
    let range: SyntaxNode | undefined
    for (let at = this.#places.get(binding); at !== undefined; at = this.parent(at)) {
      const scope = this.names.scopes.get(at)
      if (scope === undefined) continue
      if (scope.find(binding.name) !== binding) break
      range = at
      if (scope.parent?.find(binding.name) !== binding) break
    }
    if (range === undefined || this.names.module.find(binding.name) === binding) return [0, Number.POSITIVE_INFINITY]
    return [startOf(range), endOf(range)]
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

  #addMethod(node: SyntaxNode): void {
    if (node.type !== 'MethodDefinition' && node.type !== 'Property') return
    const value = node.value as SyntaxNode | null
    const name = node.key ? writtenName(node.key as SyntaxNode, node.computed === true) : undefined
    if (name !== undefined && value !== null && isFunction(value)) note(this.methods, name, value)
  }
}

function note<T>(into: Map<string, T[]>, name: string, node: T): void {
  const known = into.get(name)
  if (known === undefined) into.set(name, [node])
  else known.push(node)
}

/** The first node that does not end before an offset, of nodes in the order of the text. */
function firstFrom(nodes: readonly SyntaxNode[], from: number): number {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (startOf(nodes[middle] as SyntaxNode) < from) low = middle + 1
    else high = middle
  }
  return low
}
