import { unwrap, writtenName } from '../fold/unwrap.js'
import { type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { bodyOf, type CallNode } from './call-graph.js'
import type { SyntaxIndex } from './syntax-index.js'

/** The modules of a bundle: `{ 12: (module, exports, require) => { module.exports = … } }`, which ask for one another by their numbers. */
export class Bundle {
  readonly #index: SyntaxIndex
  #exports: ReadonlyMap<FunctionNode, SyntaxNode> | undefined

  constructor(index: SyntaxIndex) {
    this.#index = index
  }

  /** Whether the file has any such modules. */
  get isOne(): boolean {
    for (const [name, functions] of this.#index.methods) {
      if (/^\d+$/.test(name) && functions.some(({ params }) => params.length > 0)) return true
    }
    return false
  }

  /** The functions that a callee stands for: `require(12)`, `require(12).send`, and names that were given one of these. */
  functionsOf(callee: SyntaxNode): readonly FunctionNode[] {
    const target = unwrap(callee)
    const [asked, path] = this.#asked(target)
    const module = asked === undefined ? undefined : this.#moduleOf(asked)
    this.#exports ??= this.#allExports()
    const exported = module === undefined ? undefined : this.#exports.get(module)
    if (exported === undefined) return []
    let value = this.#index.value(exported)
    for (const name of path) value = this.#index.fold.property(value, name)
    const made = value?.kind === 'function' ? bodyOf(value.node) : undefined
    return made !== undefined && isFunction(made) ? [made] : []
  }

  /** The call that asks for a module, and the way within what it gives. */
  #asked(target: SyntaxNode): readonly [SyntaxNode | undefined, readonly string[]] {
    if (target.type === 'CallExpression') return [target, []]
    if (target.type === 'MemberExpression') {
      const name = writtenName(target.property as SyntaxNode, target.computed === true)
      const [asked, path] = name === undefined ? [undefined, []] : this.#asked(unwrap(target.object))
      return [asked, name === undefined ? [] : [...path, name]]
    }
    const [definition] = this.#index.bindingOf(target)?.definitions ?? []
    if (definition?.kind !== 'value' || definition.node.type !== 'CallExpression') return [undefined, []]
    return [definition.node, definition.path.filter((step) => typeof step === 'string')]
  }

  /** The module that `require(12)` means: one of the same list as the module in which it stands. */
  #moduleOf(call: SyntaxNode): FunctionNode | undefined {
    const { callee, arguments: given } = call as CallNode
    const [id] = given
    if (callee.type !== 'Identifier' || given.length !== 1 || id?.type !== 'Literal') return undefined
    const binding = this.#index.bindingOf(callee)
    if (binding?.kind !== 'parameter') return undefined
    for (let at = this.#index.functionOf(call); at !== undefined; at = this.#index.functionOf(at)) {
      const asks = at.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === callee.name)
      if (!asks) continue
      const list = this.#listOf(at)
      const found = this.#index.methods.get(String(id.value)) ?? []
      return list === undefined ? undefined : found.find((module) => this.#listOf(module) === list)
    }
    return undefined
  }

  #listOf(module: FunctionNode): SyntaxNode | undefined {
    const property = this.#index.parent(module)
    return property?.type === 'Property' ? this.#index.parent(property) : undefined
  }

  #allExports(): ReadonlyMap<FunctionNode, SyntaxNode> {
    const exports = new Map<FunctionNode, SyntaxNode>()
    for (const { node } of this.#index.names.sites) {
      if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') continue
      const { object, property, computed } = node.left
      if (object.type !== 'Identifier' || writtenName(property as SyntaxNode, computed === true) !== 'exports') continue
      const module = this.#index.functionOf(node)
      const [first] = module?.params ?? []
      if (module !== undefined && first?.type === 'Identifier' && first.name === object.name)
        exports.set(module, node.right)
    }
    return exports
  }
}
