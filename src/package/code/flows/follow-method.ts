import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { type CallNode, isCall } from './call-graph.js'
import { reachIf } from './follow-call.js'
import { ownNames } from './own-names.js'
import type { Spread } from './spread.js'
import type { Taint } from './taint.js'
import { givesAll, givesEvents, givesItems, givesResult, keepsNothing, sameList, takesIn } from './words.js'
import { writeInto } from './write-into.js'

/** A method of a value is called. */
export function followMethod(spread: Spread, call: CallNode, member: ESTree.MemberExpression, taint: Taint): void {
  const { taints, graph, index } = spread
  const name = index.fold.propertyName(member, index.scopeOf(member)) ?? ''
  if (taint.mode === 'module' && taint.path.length === 0) {
    const got = taints.get(taint, name)
    if (got !== undefined && !givesAll.has(name) && !givesEvents.has(name)) spread.reach(call, got)
    if (!givesAll.has(name) && !givesEvents.has(name)) return
  }
  const callee = graph.callee(call)
  const [first] = call.arguments as readonly SyntaxNode[]
  if (taint.mode === 'environment' && taint.path.length === 0) return
  // `Object.keys(env).find((name) => name.toUpperCase() === 'PATH')`
  if (taint.mode === 'names' && /^find(?:Last)?$/.test(name)) return
  if (taint.mode === 'names' && name === 'filter' && ownNames(spread, first ?? call)) return
  if (name === 'pipe' && first !== undefined) {
    writeInto(spread, first, taint, call)
    spread.reach(call, taint)
    return
  }
  const item = taints.get(taint, undefined)
  const callback = graph.functionOf(first)
  const isHanded = giveToCallback(spread, call, name, taint, item, callback)
  if (callee.functions.length > 0 || keepsNothing(name)) return
  if (sameList.has(name)) spread.reach(call, taint)
  else if (name === 'find' || name === 'pop' || name === 'shift' || name === 'at' || name === 'get' || name === 'next')
    reachIf(spread, call, taint.path[0] === undefined ? taint : item)
  else if (givesResult.has(name) && isHanded) return
  else if (takesIn.has(name) || name === 'keys' || name === 'delete') return
  else spread.reach(call, taint.mode === 'names' || taint.mode === 'path' ? taint : taints.collapse(taint))
}

/** Whether a callback got it. */
function giveToCallback(
  spread: Spread,
  call: CallNode,
  name: string,
  taint: Taint,
  item: Taint | undefined,
  callback: FunctionNode | undefined,
): boolean {
  const isReduce = name === 'reduce' || name === 'reduceRight'
  const at = givesEvents.has(name) ? 1 : 0
  const given = givesItems.has(name) || isReduce ? item : taint
  if (!givesItems.has(name) && !isReduce && !givesAll.has(name) && !givesEvents.has(name)) return false
  const target = at === 1 ? spread.graph.functionOf(call.arguments[1] as SyntaxNode | undefined) : callback
  if (target === undefined) {
    const value = call.arguments[at] && spread.index.value(call.arguments[at] as SyntaxNode)
    if (value?.kind === 'reference' && given !== undefined) spread.listener.argument(call, value.key, 0, given)
    return false
  }
  if (taint.mode === 'names' && ownNames(spread, target.body ?? target)) return true
  const parameter = target.params[isReduce ? 1 : 0]
  if (parameter !== undefined && given !== undefined && !isEndEvent(call, at)) spread.pattern(parameter, given)
  return true
}

/** What else an emitter tells. */
const isEndEvent = (call: CallNode, at: number): boolean => {
  const [event] = call.arguments
  return at === 1 && event?.type === 'Literal' && /^(?:error|end|close|finish|timeout|abort)$/.test(String(event.value))
}

/** A function's result, for those who get it. */
export function followReturn(spread: Spread, node: FunctionNode, taint: Taint): void {
  const { graph, taints, index } = spread
  const { context } = taint
  if (context !== undefined && context.callee === node) {
    spread.reach(context.call, taints.with(taint, { context: context.outer }))
    return
  }
  const free = context === undefined ? taint : taints.with(taint, { context: undefined })
  for (const call of graph.callersOf(node)) spread.reach(call, free)
  if (!isFunction(node) || node.type === 'FunctionDeclaration') return
  const { node: outer, parent } = index.user(node)
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition') {
    if (parent.kind === 'get' && parent.type === 'Property') spread.reach(index.parent(parent) ?? parent, free)
    return
  }
  if (!isCall(parent) || parent.arguments.indexOf(outer as never) < 0) return
  const { method = '' } = graph.callee(parent)
  if (!givesResult.has(method) && method !== 'from' && method !== 'all') return
  spread.reach(
    parent,
    method === 'map' || method === 'flatMap' || method === 'from' ? taints.put(taint, undefined) : taint,
  )
  if (method.startsWith('reduce') && node.params[0] !== undefined) spread.pattern(node.params[0] as SyntaxNode, taint)
}
