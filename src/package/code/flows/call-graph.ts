import type { KnownLocalCall } from '../capabilities/findings.js'
import type { ReferenceKey } from '../fold/reference.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { Bundle } from './bundle.js'
import type { SyntaxIndex } from './syntax-index.js'

export type CallNode = ESTree.CallExpression | ESTree.NewExpression

export const isCall = (node: SyntaxNode | undefined): node is CallNode =>
  node?.type === 'CallExpression' || node?.type === 'NewExpression'

export interface Callee {
  /** Functions of the file. */
  readonly functions: readonly FunctionNode[]
  /** What is not the file's own. */
  readonly key?: ReferenceKey
  /** Of `x.name(…)`. */
  readonly method?: string
  readonly receiver?: SyntaxNode
}

/** Names that every object may have: two of a name are not the same function. */
const commonNames =
  /^(?:get|set|add|on|off|run|call|apply|bind|then|catch|map|filter|forEach|find|push|pop|send|end|write|read|open|close|emit|next|init|start|stop|create|update|delete|remove|parse|format|toString|valueOf|join|test|exec|log|error|default|use|has|keys|values|entries|request|fetch|post|put|patch|.{1,2})$/

/** Functions looked through for a callback that came in as a parameter. */
const maxPassedOn = 3

/** Who calls what within one file. */
export class CallGraph {
  readonly #index: SyntaxIndex
  readonly #callees = new Map<SyntaxNode, Callee>()
  #callers: Map<FunctionNode, CallNode[]> | undefined

  readonly #known: readonly KnownLocalCall[]
  readonly #bundle: Bundle | undefined

  /** `known`: the calls that are known to be of functions of the file. */
  constructor(index: SyntaxIndex, known: readonly KnownLocalCall[]) {
    this.#index = index
    this.#known = known
    const bundle = new Bundle(index)
    this.#bundle = bundle.isOne ? bundle : undefined
  }

  callee(call: CallNode): Callee {
    const known = this.#callees.get(call)
    if (known !== undefined) return known
    const callee = this.#resolve(call)
    this.#callees.set(call, callee)
    return callee
  }

  /** Calls of a function of the file, by whatever name. */
  callersOf(node: FunctionNode): readonly CallNode[] {
    this.#callers ??= this.#allCallers()
    return this.#callers.get(node) ?? []
  }

  /** The function that an argument is. */
  functionOf(argument: SyntaxNode | undefined): FunctionNode | undefined {
    if (argument === undefined) return undefined
    const inner = unwrap(argument)
    if (isFunction(inner)) return inner
    if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression' && inner.type !== 'CallExpression')
      return undefined
    const value = this.#index.value(inner)
    if (value?.kind === 'function' && isFunction(value.node)) return value.node
    // `this.read.bind(this)`
    if (inner.type !== 'CallExpression' || inner.callee.type !== 'MemberExpression') return undefined
    return writtenName(inner.callee.property as SyntaxNode, false) === 'bind'
      ? this.functionOf(inner.callee.object)
      : undefined
  }

  #resolve(call: CallNode): Callee {
    const target = unwrap(call.callee)
    const member: { method?: string; receiver?: SyntaxNode } =
      target.type === 'MemberExpression'
        ? {
            method: this.#index.fold.propertyName(target, this.#index.scopeOf(target)) ?? '',
            receiver: target.object as SyntaxNode,
          }
        : {}
    if (isFunction(target)) return { functions: [target] }
    const value = this.#index.value(target)
    if (value?.kind === 'function') {
      const body = bodyOf(value.node)
      return { functions: isFunction(body) ? [body] : [], ...member }
    }
    const { method, receiver } = member
    const own = receiver === undefined || method === undefined ? [] : this.#ownMethod(receiver, method)
    if (own.length > 0) return { functions: own, ...member }
    const bundled = value === undefined ? (this.#bundle?.functionsOf(target) ?? []) : []
    if (bundled.length > 0) return { functions: bundled, ...member }
    if (value?.kind === 'reference') return { functions: [], key: value.key, ...member }
    return { functions: target.type === 'Identifier' ? this.#passedIn(target, 0) : [], ...member }
  }

  /** `this.name()` of the class around it; else the only function of the file that is held under an uncommon name. */
  #ownMethod(receiver: SyntaxNode, name: string): readonly FunctionNode[] {
    const named = this.#index.methods.get(name) ?? []
    if (named.length === 0) return []
    if (unwrap(receiver).type === 'ThisExpression') {
      const around = this.#index.classOf(receiver)
      const own = named.filter((method) => this.#index.classOf(method) === around)
      if (own.length > 0) return own.slice(0, 2)
    }
    return named.length === 1 && !commonNames.test(name) ? named : []
  }

  /** The functions that callers hand in as a parameter. */
  #passedIn(target: ESTree.Identifier, depth: number): readonly FunctionNode[] {
    const binding = this.#index.bindingOf(target)
    if (binding?.kind !== 'parameter' || depth > maxPassedOn) return []
    const declared = this.#index.usesOf(binding)[0]
    const owner = declared === undefined ? undefined : this.#index.functionOf(declared)
    const at = (declared && owner?.params.indexOf(declared as never)) ?? -1
    if (owner === undefined || at < 0) return []
    return this.callersOf(owner)
      .slice(0, 20)
      .map((call) => this.functionOf(call.arguments[at] as SyntaxNode | undefined))
      .filter((given) => given !== undefined)
  }

  #allCallers(): Map<FunctionNode, CallNode[]> {
    const callers = new Map<FunctionNode, CallNode[]>()
    const add = (callee: SyntaxNode, call: SyntaxNode): void => {
      if (!isFunction(callee) || !isCall(call)) return
      const known = callers.get(callee)
      if (known === undefined) callers.set(callee, [call])
      else if (!known.includes(call)) known.push(call)
    }
    for (const { to, site, isHandedOn } of this.#known) {
      if (isHandedOn !== true) add(to, site.node)
    }
    for (const { node } of this.#index.names.sites) {
      if (!isCall(node)) continue
      const target = unwrap(node.callee)
      for (const callee of this.#bundle?.functionsOf(target) ?? []) add(callee, node)
      if (target.type !== 'MemberExpression') continue
      const name = writtenName(target.property as SyntaxNode, target.computed === true)
      if (name === undefined || !this.#index.methods.has(name)) continue
      for (const callee of this.callee(node).functions) add(callee, node)
    }
    return callers
  }
}

/** The constructor of a class, else the function itself. */
export function bodyOf(node: SyntaxNode): SyntaxNode {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return node
  const constructors = node.body.body.find(
    (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
  )
  return constructors?.type === 'MethodDefinition' ? (constructors.value as SyntaxNode) : node
}
