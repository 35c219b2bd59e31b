import { Binding, isThis } from '../fold/scope.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { type CallGraph, isCall } from './call-graph.js'
import { followArgument, followMethod, followReturn, ownNames } from './follow-call.js'
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
  /** The steps were used up. */
  exhausted = false
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

  /** As far as so many steps lead. */
  run(steps: number): void {
    const end = this.#steps + steps
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      if (this.#steps > end) {
        this.exhausted = true
        this.#waiting.length = 0
        return
      }
      const [vertex, taint] = next
      if (vertex instanceof Binding) this.#use(vertex, taint)
      else if ('kind' in vertex && vertex.kind === 'slot') this.#useSlot(vertex, taint)
      else if (isFunction(vertex as SyntaxNode)) followReturn(this, vertex as FunctionNode, taint)
      else this.#step(vertex as SyntaxNode, this.#inFunction(vertex as SyntaxNode, taint))
    }
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

  /** What a value becomes by standing where it stands. */
  #step(value: SyntaxNode, taint: Taint): void {
    const { node, parent } = this.index.user(value)
    const { taints } = this
    switch (parent?.type) {
      case 'VariableDeclarator':
        if (parent.init === node) this.pattern(parent.id, taint)
        return
      case 'AssignmentExpression':
        if (parent.right !== node) return
        this.#assign(parent, parent.operator === '+=' ? taints.collapse(taint) : taint)
        return
      case 'AssignmentPattern':
        if (parent.right === node) this.pattern(parent.left, taint)
        return
      case 'Property':
        if (parent.value === node) this.#put(parent, taint)
        return
      case 'PropertyDefinition': {
        const name = parent.key ? writtenName(parent.key as SyntaxNode, parent.computed === true) : undefined
        if (parent.value === node && name !== undefined) this.reach(this.slot(this.index.classOf(parent), name), taint)
        return
      }
      case 'SpreadElement':
        this.#spread(parent, taint)
        return
      case 'ArrayExpression':
        this.reach(parent, taints.put(taint, String(parent.elements.indexOf(node as never))))
        return
      case 'TemplateLiteral':
        this.#template(parent, taints.collapse(taint))
        return
      case 'BinaryExpression':
        if (parent.operator === '+') this.reach(parent, taints.collapse(taint))
        return
      case 'ConditionalExpression':
        if (parent.test !== node) this.reach(parent, taint)
        return
      case 'LogicalExpression':
        if (parent.right === node || parent.operator !== '&&') this.reach(parent, taint)
        return
      case 'SequenceExpression':
        if (parent.expressions.at(-1) === node) this.reach(parent, taint)
        return
      case 'ArrowFunctionExpression':
        if (parent.body === node) this.reach(parent, taint)
        return
      case 'ReturnStatement':
      case 'YieldExpression': {
        const within = this.index.functionOf(parent)
        if (within !== undefined) this.reach(within, taint)
        return
      }
      case 'ForOfStatement':
        if (parent.right === node) this.#each(parent.left, taints.get(taint, undefined))
        return
      case 'ForInStatement':
        if (parent.right !== node || taint.mode !== 'environment' || taint.path.length > 0) return
        if (!ownNames(this, parent.body)) this.#each(parent.left, taints.with(taint, { mode: 'names' }))
        return
      case 'MemberExpression':
        this.#member(parent, node, taint)
        return
      case 'CallExpression':
      case 'NewExpression': {
        const at = parent.arguments.indexOf(node as never)
        if (at >= 0) followArgument(this, parent, at, taint)
        return
      }
      case 'ImportExpression':
        if (parent.source === node) this.listener.argument(parent as never, ':import', 0, taint)
        return
      default:
    }
  }

  #put(property: ESTree.Property, taint: Taint): void {
    const object = this.index.parent(property)
    if (object?.type !== 'ObjectExpression') return
    const name = writtenName(property.key as SyntaxNode, property.computed === true)
    this.reach(object, this.taints.put(taint, name))
  }

  #spread(spread: ESTree.SpreadElement, taint: Taint): void {
    const parent = this.index.parent(spread)
    if (parent?.type === 'ObjectExpression') this.reach(parent, taint)
    else if (parent?.type === 'ArrayExpression') {
      const item = this.taints.get(taint, undefined)
      if (item !== undefined) this.reach(parent, this.taints.put(item, undefined))
    } else if (isCall(parent)) {
      const item = this.taints.get(taint, undefined)
      if (item !== undefined) followArgument(this, parent, parent.arguments.indexOf(spread), item)
    }
  }

  #template(template: ESTree.TemplateLiteral, taint: Taint): void {
    const parent = this.index.parent(template)
    if (parent?.type !== 'TaggedTemplateExpression') {
      this.reach(template, taint)
      return
    }
    const tag = this.index.value(parent.tag)
    if (tag?.kind === 'reference') this.listener.argument(parent as never, tag.key, 0, taint)
    else this.reach(parent, taint)
  }

  #each(left: SyntaxNode, item: Taint | undefined): void {
    if (item === undefined) return
    this.pattern(left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? left) : left, item)
  }

  #member(member: ESTree.MemberExpression, node: SyntaxNode, taint: Taint): void {
    if (member.property === node) {
      if (member.computed && taint.mode === 'names') this.#lookUp(member, taint)
      return
    }
    const { node: outer, parent } = this.index.user(member)
    if (isCall(parent) && parent.callee === outer) {
      followMethod(this, parent, member, taint)
      return
    }
    if (parent?.type === 'AssignmentExpression' && parent.left === outer) {
      this.#listen(parent, member, taint)
      return
    }
    const got = this.taints.get(taint, this.index.fold.propertyName(member, this.index.scopeOf(member)))
    if (got !== undefined) this.reach(member, got)
  }

  /** `socket.onmessage = (event) => …` */
  #listen({ right }: ESTree.AssignmentExpression, member: ESTree.MemberExpression, taint: Taint): void {
    const name = writtenName(member.property as SyntaxNode, member.computed === true) ?? ''
    const callback = /^on(?:message|data|load|open)$/.test(name) ? this.graph.functionOf(right) : undefined
    if (callback?.params[0] !== undefined) this.pattern(callback.params[0] as SyntaxNode, taint)
  }

  /** `process.env[name]`, of one of its own names. */
  #lookUp(member: ESTree.MemberExpression, taint: Taint): void {
    const object = unwrap(member.object)
    const isEnvironment =
      this.index.isEnvironment(object) ||
      [...this.taintsOf(object)].some(({ mode, path }) => mode === 'environment' && path.length === 0)
    if (isEnvironment) this.reach(member, this.taints.with(taint, { mode: 'data', path: [] }))
  }

  #assign(assignment: ESTree.AssignmentExpression, taint: Taint): void {
    this.listener.assigned(assignment, taint)
    this.assignTo(assignment.left, taint)
    this.reach(assignment, taint)
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
