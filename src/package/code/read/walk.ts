import type { Scope } from '../file-code.js'
import { childKeys } from './child-keys.js'
import { runsAtOnce } from './runs-at-once.js'
import { type ESTree, isFunction, type SyntaxNode } from './syntax-node.js'

/** Where the walker is. One object for a whole walk: what is to last must be copied out of it. */
export interface Position {
  /** Whether the node's code runs when the module is loaded. For a function: whether its definition does, not its body. */
  readonly scope: Scope
  /** 0 for the program. */
  readonly depth: number
  readonly parent: SyntaxNode | undefined
  /** The key of the parent that holds the node, itself or in a list. */
  readonly key: string
  /** The ancestor so many levels up: 1 is the parent. */
  ancestor(levels: number): SyntaxNode | undefined
}

export interface Visitor {
  /** In the order of the text. `skip` leaves out what is within the node. */
  enter?(node: SyntaxNode, position: Position): 'skip' | undefined
  /** When all that is within the node was visited; `position` is as it was at `enter`. */
  leave?(node: SyntaxNode, position: Position): void
}

export interface WalkOptions {
  /** Trees of TypeScript and Flow: see `childKeys`. */
  readonly anyKeys?: boolean
  /** Functions besides those called on the spot whose body runs when the module is loaded. */
  readonly atTop?: ReadonlySet<SyntaxNode>
}

/** Goes through a tree without recursion: how deep it is was chosen by whoever wrote the file. */
export function walk(root: SyntaxNode, visitor: Visitor, { anyKeys = false, atTop }: WalkOptions = {}): void {
  const way = new Way(atTop)
  const waiting = new Waiting()
  waiting.add(root, '', 0)
  let open = 0
  for (let node = waiting.next(); node !== undefined; node = waiting.next()) {
    const { depth } = waiting
    if (visitor.leave !== undefined) leaveDownTo(depth, open, way, visitor)
    way.enter(node, waiting.key, depth)
    open = depth + 1
    if (visitor.enter?.(node, way) === 'skip') continue
    if (anyKeys) waiting.addByKeys(node, depth + 1, true)
    else waiting.addChildren(node, depth + 1)
  }
  leaveDownTo(0, open, way, visitor)
}

function leaveDownTo(depth: number, open: number, way: Way, visitor: Visitor): void {
  if (visitor.leave === undefined) return
  for (let at = open - 1; at >= depth; at--) {
    const node = way.nodes[at]
    if (node === undefined) continue
    way.depth = at
    visitor.leave(node, way)
  }
}

/** From the program to the node at `depth`, with the key that holds each. */
class Way implements Position {
  depth = 0
  readonly nodes: SyntaxNode[] = []
  readonly keys: string[] = []
  readonly #atTop: ReadonlySet<SyntaxNode> | undefined

  constructor(atTop: ReadonlySet<SyntaxNode> | undefined) {
    this.#atTop = atTop
  }

  enter(node: SyntaxNode, key: string, depth: number): void {
    this.nodes[depth] = node
    this.keys[depth] = key
    this.depth = depth
  }

  get parent(): SyntaxNode | undefined {
    return this.depth === 0 ? undefined : this.nodes[this.depth - 1]
  }

  get key(): string {
    return this.keys[this.depth] ?? ''
  }

  ancestor(levels: number): SyntaxNode | undefined {
    return levels > this.depth ? undefined : this.nodes[this.depth - levels]
  }

  /** Worked out when somebody asks: most walks do not. */
  get scope(): Scope {
    for (let depth = this.depth - 1; depth >= 0; depth--) if (this.#isLater(depth)) return 'function'
    return 'top'
  }

  /** Code that does not run where it stands: functions that are not called on the spot, and the fields of an instance. */
  #isLater(depth: number): boolean {
    const node = this.nodes[depth]
    if (node === undefined) return false
    if (!isFunction(node)) return node.type === 'PropertyDefinition' && !node.static
    const ancestor = (levels: number): SyntaxNode | undefined =>
      levels > depth ? undefined : this.nodes[depth - levels]
    return !runsAtOnce(node, { ancestor }) && this.#atTop?.has(node) !== true
  }
}

type Child = SyntaxNode | null | undefined

/** What is still to be visited, the next one last. */
class Waiting {
  /** Of the one that came last. */
  key = ''
  depth = 0
  readonly #nodes: SyntaxNode[] = []
  readonly #keys: string[] = []
  readonly #depths: number[] = []

  next(): SyntaxNode | undefined {
    this.key = this.#keys.pop() ?? ''
    this.depth = this.#depths.pop() ?? 0
    return this.#nodes.pop()
  }

  add(node: Child, key: string, depth: number): void {
    if (node === null || node === undefined) return
    this.#nodes.push(node)
    this.#keys.push(key)
    this.#depths.push(depth)
  }

  addAll(nodes: readonly Child[], key: string, depth: number): void {
    for (let at = nodes.length - 1; at >= 0; at--) this.add(nodes[at], key, depth)
  }

  /**
   * The kinds that nearly all code consists of are written out, the last child first: each look at a property then meets objects of one
   * form only, which is several times as fast as asking by the name of a key.
   */
  addChildren(node: SyntaxNode, depth: number): void {
    switch (node.type) {
      case 'Identifier':
      case 'Literal':
      case 'ThisExpression':
      case 'TemplateElement':
        return
      case 'MemberExpression':
        this.add(node.property as Child, 'property', depth)
        this.add(node.object, 'object', depth)
        return
      case 'CallExpression':
        this.addAll(node.arguments, 'arguments', depth)
        this.add(node.callee as Child, 'callee', depth)
        return
      case 'ExpressionStatement':
        this.add(node.expression, 'expression', depth)
        return
      case 'BlockStatement':
        this.addAll(node.body, 'body', depth)
        return
      case 'AssignmentExpression':
        this.add(node.right, 'right', depth)
        this.add(node.left, 'left', depth)
        return
      case 'BinaryExpression':
        this.add(node.right, 'right', depth)
        this.add(node.left as Child, 'left', depth)
        return
      case 'LogicalExpression':
        this.add(node.right, 'right', depth)
        this.add(node.left, 'left', depth)
        return
      case 'Property':
        this.#addProperty(node, depth)
        return
      case 'VariableDeclaration':
        this.addAll(node.declarations, 'declarations', depth)
        return
      case 'VariableDeclarator':
        this.add(node.init, 'init', depth)
        this.add(node.id, 'id', depth)
        return
      case 'ReturnStatement':
        this.add(node.argument, 'argument', depth)
        return
      case 'UnaryExpression':
        this.add(node.argument, 'argument', depth)
        return
      case 'IfStatement':
        this.add(node.alternate, 'alternate', depth)
        this.add(node.consequent, 'consequent', depth)
        this.add(node.test, 'test', depth)
        return
      case 'ConditionalExpression':
        this.add(node.alternate, 'alternate', depth)
        this.add(node.consequent, 'consequent', depth)
        this.add(node.test, 'test', depth)
        return
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
        this.add(node.body as Child, 'body', depth)
        this.addAll(node.params, 'params', depth)
        if (node.type !== 'ArrowFunctionExpression') this.add(node.id, 'id', depth)
        return
      case 'ObjectExpression':
        this.addAll(node.properties as readonly Child[], 'properties', depth)
        return
      case 'ArrayExpression':
        this.addAll(node.elements as readonly Child[], 'elements', depth)
        return
      case 'SequenceExpression':
        this.addAll(node.expressions, 'expressions', depth)
        return
      default:
        this.addByKeys(node, depth, false)
    }
  }

  /** `{ a }` has one node under two keys. */
  #addProperty({ shorthand, value, key }: ESTree.Property, depth: number): void {
    this.add(value as Child, 'value', depth)
    if (!shorthand) this.add(key as Child, 'key', depth)
  }

  addByKeys(node: SyntaxNode, depth: number, anyKeys: boolean): void {
    const keys = childKeys(node, anyKeys)
    for (let last = keys.length - 1; last >= 0; last--) {
      const key = keys[last] ?? ''
      const child: unknown = (node as unknown as Record<string, unknown>)[key]
      if (Array.isArray(child)) {
        for (let at = child.length - 1; at >= 0; at--) if (isNode(child[at])) this.add(child[at], key, depth)
      } else if (isNode(child)) this.add(child, key, depth)
    }
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
