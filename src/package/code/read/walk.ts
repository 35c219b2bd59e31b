import type { Scope } from '../file-code.js'
import { childKeys } from './child-keys.js'
import { runsAtOnce } from './runs-at-once.js'
import { isFunction, type SyntaxNode } from './syntax-node.js'

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
export function walk(root: SyntaxNode, visitor: Visitor, options: WalkOptions = {}): void {
  new Walker(visitor, options).run(root)
}

class Walker implements Position {
  scope: Scope = 'top'
  depth = 0
  readonly #visitor: Visitor
  readonly #anyKeys: boolean
  readonly #atTop: ReadonlySet<SyntaxNode> | undefined
  /** From the program to the node at `depth`, with the key that holds each, and the scope of what is within each. */
  readonly #path: SyntaxNode[] = []
  readonly #keys: string[] = []
  readonly #within: Scope[] = []
  /** What is still to be visited, the next one last. */
  readonly #waiting: SyntaxNode[] = []
  readonly #waitingKeys: string[] = []
  readonly #waitingDepths: number[] = []

  constructor(visitor: Visitor, { anyKeys = false, atTop }: WalkOptions) {
    this.#visitor = visitor
    this.#anyKeys = anyKeys
    this.#atTop = atTop
  }

  get parent(): SyntaxNode | undefined {
    return this.depth === 0 ? undefined : this.#path[this.depth - 1]
  }

  get key(): string {
    return this.#keys[this.depth] ?? ''
  }

  ancestor(levels: number): SyntaxNode | undefined {
    return levels > this.depth ? undefined : this.#path[this.depth - levels]
  }

  run(root: SyntaxNode): void {
    this.#wait(root, '', 0)
    let open = 0
    for (let node = this.#waiting.pop(); node !== undefined; node = this.#waiting.pop()) {
      const key = this.#waitingKeys.pop() ?? ''
      const depth = this.#waitingDepths.pop() ?? 0
      this.#leaveDownTo(depth, open)
      this.#path[depth] = node
      this.#keys[depth] = key
      open = depth + 1
      this.#enter(node, depth)
    }
    this.#leaveDownTo(0, open)
  }

  #enter(node: SyntaxNode, depth: number): void {
    this.depth = depth
    const around = depth === 0 ? 'top' : (this.#within[depth - 1] ?? 'top')
    this.scope = around
    // Until the node's own children are met, `within` of its depth is what is around it: `leave` reads it back from the parent.
    this.#within[depth] = around === 'function' || this.#isLater(node) ? 'function' : 'top'
    if (this.#visitor.enter?.(node, this) === 'skip') return
    const keys = childKeys(node, this.#anyKeys)
    for (let last = keys.length - 1; last >= 0; last--) {
      const key = keys[last] ?? ''
      const child: unknown = (node as unknown as Record<string, unknown>)[key]
      if (Array.isArray(child)) {
        for (let at = child.length - 1; at >= 0; at--) if (isNode(child[at])) this.#wait(child[at], key, depth + 1)
      } else if (isNode(child)) this.#wait(child, key, depth + 1)
    }
  }

  #wait(node: SyntaxNode, key: string, depth: number): void {
    this.#waiting.push(node)
    this.#waitingKeys.push(key)
    this.#waitingDepths.push(depth)
  }

  #leaveDownTo(depth: number, open: number): void {
    if (this.#visitor.leave === undefined) return
    for (let at = open - 1; at >= depth; at--) {
      const node = this.#path[at]
      if (node === undefined) continue
      this.depth = at
      this.scope = at === 0 ? 'top' : (this.#within[at - 1] ?? 'top')
      this.#visitor.leave(node, this)
    }
  }

  /** Code that does not run where it stands: functions that are not called on the spot, and the fields of an instance. */
  #isLater(node: SyntaxNode): boolean {
    if (isFunction(node)) return !runsAtOnce(node, this) && this.#atTop?.has(node) !== true
    if (node.type !== 'PropertyDefinition') return false
    return !node.static
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
