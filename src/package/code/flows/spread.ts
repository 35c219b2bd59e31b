import { Binding, isThis } from '../fold/scope.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import type { CallGraph } from './call-graph.js'
import { followReturn } from './follow-method.js'
import { followStep } from './follow-step.js'
import type { SyntaxIndex } from './syntax-index.js'
import type { Taint, Taints } from './taint.js'
import { writeInto } from './write-into.js'

/** A property of `this`, or a global: a place that has no node of its own. */
export interface Slot {
  readonly kind: 'slot'
  readonly name: string
}

/** What can hold a value: an expression, a name, a property; a function stands for what it returns. */
export type Vertex = SyntaxNode | Binding | Slot

/** Who is told of what is found on the way. */
export interface Listener {
  /** An argument of a call of something that is not the file's own. */
  argument(call: ESTree.CallExpression | ESTree.NewExpression, key: string, at: number, taint: Taint): void
  /** Something put into what a call gave: a request, a stream, a process. */
  putInto(origin: SyntaxNode, node: SyntaxNode, taint: Taint): void
  /** A value that is assigned to a property of something of the platform's: `script.src`. */
  assigned(node: ESTree.AssignmentExpression, taint: Taint): void
  /** Whether a call of it goes out. */
  isWayOut(key: string): boolean
}

/** Follows values forward through one file: where a value is had is known by its vertex and taint, and each of these is looked at once. */
export class Spread {
  readonly index: SyntaxIndex
  readonly graph: CallGraph
  readonly taints: Taints
  readonly listener: Listener
  readonly text: string
  readonly #seen = new Map<Vertex, Set<Taint>>()
  readonly #waiting: (readonly [Vertex, Taint])[] = []
  readonly #slots = new Map<string, Slot>()
  #steps = 0

  constructor(index: SyntaxIndex, graph: CallGraph, taints: Taints, listener: Listener, text: string) {
    this.index = index
    this.graph = graph
    this.taints = taints
    this.listener = listener
    this.text = text
  }

  reach(vertex: Vertex, taint: Taint): void {
    const seen = this.#seen.get(vertex)
    if (seen?.has(taint)) return
    this.#steps += 1
    if (seen === undefined) this.#seen.set(vertex, new Set([taint]))
    else seen.add(taint)
    this.#waiting.push([vertex, taint])
  }

  taintsOf(vertex: Vertex): Iterable<Taint> {
    return this.#seen.get(vertex) ?? []
  }

  /** Whether a node has something of the same origin, in the same form. */
  holding(taint: Taint): (node: SyntaxNode) => boolean {
    return (node) => [...this.taintsOf(node)].some(({ source, mode }) => source === taint.source && mode === taint.mode)
  }

  /** As far as so many steps lead, and whether that is to the end. */
  run(steps: number): boolean {
    const end = this.#steps + steps
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      if (this.#steps > end) {
        this.#waiting.length = 0
        return false
      }
      const [vertex, taint] = next
      if (vertex instanceof Binding) this.#use(vertex, taint)
      else if ('kind' in vertex && vertex.kind === 'slot') this.#useSlot(vertex, taint)
      else if (isFunction(vertex as SyntaxNode)) followReturn(this, vertex as FunctionNode, taint)
      else followStep(this, vertex as SyntaxNode, this.#inFunction(vertex as SyntaxNode, taint))
    }
    return true
  }

  /** A value that was kept outside of the function that it came into belongs to no call any more. */
  #inFunction(node: SyntaxNode, taint: Taint): Taint {
    const { context } = taint
    if (context === undefined) return taint
    for (let around = this.index.functionOf(node); around !== undefined; around = this.index.functionOf(around)) {
      if (around === context.callee) return taint
    }
    return this.taints.with(taint, { context: undefined })
  }

  #use(binding: Binding, taint: Taint): void {
    for (const node of this.index.usesOf(binding)) this.reach(node, taint)
  }

  slot(owner: SyntaxNode | undefined, name: string): Slot {
    const key = `${owner?.start ?? ''} ${name}`
    let slot = this.#slots.get(key)
    if (slot === undefined) {
      slot = { kind: 'slot', name }
      this.#slots.set(key, slot)
    }
    return slot
  }

  #useSlot(slot: Slot, taint: Taint): void {
    for (const member of this.index.membersNamed(slot.name)) {
      if (this.slotOf(member) === slot) this.reach(member, this.taints.with(taint, { context: undefined }))
    }
  }

  /** `this.name`, within its class where it is in one. */
  slotOf(node: SyntaxNode): Slot | undefined {
    if (node.type !== 'MemberExpression') return undefined
    const name = writtenName(node.property as SyntaxNode, node.computed === true)
    const object = unwrap(node.object)
    if (name === undefined) return undefined
    if (object.type === 'ThisExpression') return this.slot(this.index.classOf(node), name)
    const binding = this.index.bindingOf(object)
    return binding !== undefined && isThis(binding) ? this.slot(this.index.classOf(node), name) : undefined
  }

  assignTo(target: SyntaxNode, taint: Taint): void {
    const left = unwrap(target)
    if (left.type !== 'MemberExpression') {
      this.pattern(left, taint)
      return
    }
    const slot = this.slotOf(left)
    if (slot !== undefined) this.reach(slot, taint)
    else {
      const name = this.index.fold.propertyName(left, this.index.scopeOf(left))
      writeInto(this, left.object as SyntaxNode, this.taints.put(taint, name), left)
    }
  }

  /** Names of a declaration, parameter or assignment are given what lies under them. */
  pattern(root: SyntaxNode, whole: Taint): void {
    const waiting: (readonly [SyntaxNode, Taint])[] = [[root, whole]]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [target, taint] = next
      switch (target.type) {
        case 'Identifier': {
          const binding = this.index.bindingOf(target)
          this.reach(binding ?? this.slot(undefined, target.name), taint)
          break
        }
        case 'MemberExpression':
          this.assignTo(target, taint)
          break
        case 'AssignmentPattern':
          waiting.push([target.left as SyntaxNode, taint])
          break
        case 'RestElement':
          waiting.push([target.argument as SyntaxNode, taint])
          break
        case 'ObjectPattern':
          for (const property of target.properties) {
            if (property.type === 'RestElement') {
              waiting.push([property, taint])
              continue
            }
            const { key, value, computed } = property as unknown as ESTree.Property
            const part = this.taints.get(taint, writtenName(key as SyntaxNode, computed === true))
            if (part !== undefined) waiting.push([value as SyntaxNode, part])
          }
          break
        case 'ArrayPattern':
          target.elements.forEach((element, at) => {
            const part = this.taints.get(taint, String(at))
            if (element && part !== undefined) waiting.push([element as SyntaxNode, part])
          })
          break
        default:
          if ('parameter' in target) waiting.push([target.parameter as SyntaxNode, taint])
      }
    }
  }
}
