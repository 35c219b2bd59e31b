import { unwrapKey } from '../capabilities/canonical-key.js'
import { readingKeys } from '../capabilities/files.js'
import type { ReferenceKey } from '../fold/reference.js'
import { unwrap } from '../fold/unwrap.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import type { Callee, CallNode } from './call-graph.js'
import { isOwnNames } from './own-names.js'
import type { Spread } from './spread.js'
import type { Taint } from './taint.js'
import { givesItems, keepsNothing, listsNames, listsValues, platformPasses, takesIn, takesText } from './words.js'
import { writeInto } from './write-into.js'

/** A value is an argument. */
export function followArgument(spread: Spread, call: CallNode, at: number, taint: Taint): void {
  const callee = spread.graph.callee(call)
  const target = unwrap(call.callee)
  if (callee.functions.length > 0) {
    for (const node of callee.functions) enter(spread, call, node, at, taint)
    return
  }
  if (target.type === 'Identifier' && resolves(spread, target)) {
    spread.reach(promiseOf(spread, target) ?? call, taint)
    return
  }
  if (callee.key !== undefined) followReference(spread, call, callee.key, at, taint, callee)
  else followUnknown(spread, call, callee, at, taint)
}

/** Into a parameter of a function of the file. */
function enter(spread: Spread, call: CallNode, node: FunctionNode, at: number, taint: Taint): void {
  const inner = spread.taints.enter(taint, call, node)
  const own = node.params[at]
  if (own !== undefined && own.type !== 'RestElement') spread.pattern(own, inner)
  else {
    const rest = node.params.findIndex(({ type }) => type === 'RestElement')
    const parameter = node.params[rest]
    if (rest >= 0 && at >= rest && parameter !== undefined)
      spread.pattern(parameter, spread.taints.put(inner, String(at - rest)))
  }
}

/** `resolve` of `new Promise((resolve) => …)`. */
const resolves = (spread: Spread, target: ESTree.Identifier): boolean => promiseOf(spread, target) !== undefined

function promiseOf(spread: Spread, target: ESTree.Identifier): SyntaxNode | undefined {
  const binding = spread.index.bindingOf(target)
  if (binding?.kind !== 'parameter') return undefined
  for (const use of spread.index.usesOf(binding)) {
    const executor = spread.index.parent(use)
    if (executor === undefined || !isFunction(executor) || executor.params[0] !== use) continue
    const made = spread.index.parent(executor)
    if (made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === 'Promise')
      return made
  }
  return undefined
}

/** What the platform or a library does with an argument. */
function followReference(
  spread: Spread,
  call: CallNode,
  written: ReferenceKey,
  position: number,
  given: Taint,
  callee: Callee,
): void {
  const { taints, listener } = spread
  const { key, at, taint } = directly(spread, written, position, given)
  if (at < 0) return
  listener.argument(call, key, at, taint)
  const name = key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf(':')) + 1)
  if (key === ':Object.assign') {
    if (at > 0 && call.arguments[0] !== undefined) writeInto(spread, call.arguments[0] as SyntaxNode, taint, call)
    spread.reach(call, taint)
  } else if (listsNames.has(key)) {
    if (taint.mode === 'environment' && taint.path.length === 0 && !isOwnNames(spread, call))
      spread.reach(call, taints.with(taint, { mode: 'names' }))
  } else if (listsValues.has(key)) {
    if (isOwnNames(spread, call)) return
    const data = taint.mode === 'environment' && taint.path.length === 0 ? taints.with(taint, { mode: 'data' }) : taint
    spread.reach(call, taints.with(data, { path: ['*'] }))
  } else if (readingKeys.has(unwrapKey(key))) {
    followRead(spread, call, key, at, taint)
  } else if (/^path:/.test(key) || key === ':URL' || key.startsWith('url:fileURLToPath')) {
    if (!/(?:base|dir|ext)name$|relative$|parse$/.test(key)) spread.reach(call, taints.collapse(taint))
  } else if (/^stream:(?:promises\.)?pipeline$|^pump:|^pumpify:/.test(key)) {
    for (const later of call.arguments.slice(position + 1)) writeInto(spread, later as SyntaxNode, taint, call)
  } else if (
    /^(?:fs|original-fs|graceful-fs|fs-extra):(?:promises\.)?(?:rename|copyFile|cp|move|copy|symlink|link)(?:Sync)?$/.test(
      key,
    )
  ) {
    const to = call.arguments[1]
    if (at === 0 && to !== undefined) writeInto(spread, to as SyntaxNode, taint, call)
  } else if (/^:(?:Array\.from|Promise\.\w+|Object\.(?:freeze|seal|create|defineProperty)|Reflect\.get)$/.test(key)) {
    spread.reach(call, taint)
    followCallbacks(spread, call, at, taint)
  } else if (platformPasses.test(key)) {
    spread.reach(call, key === ':JSON.parse' ? taint : taints.collapse(taint))
    followCallbacks(spread, call, at, taint)
    if (takesText.has(name) || takesIn.has(name)) putInReceiver(spread, call, callee, at, taint)
  } else if (isOfLibrary(key) && call.type === 'CallExpression' && !keepsNothing(name) && !isClient(spread, key)) {
    if (callee.receiver !== undefined && (takesText.has(name) || takesIn.has(name)))
      putInReceiver(spread, call, callee, at, taint)
    reachIf(spread, call, resultOf(spread, name, taint))
  } else if (callee.receiver !== undefined && (takesText.has(name) || takesIn.has(name))) {
    putInReceiver(spread, call, callee, at, taint)
  } else if (key.startsWith(':') && /[^:]\.(?:concat|join|replace|replaceAll|then|padEnd|padStart)$/.test(key)) {
    spread.reach(call, taints.collapse(taint))
  }
}

const isOfLibrary = (key: ReferenceKey): boolean => !key.startsWith(':') && !builtin.test(key)
const builtin =
  /^(?:assert|async_hooks|child_process|cluster|console|constants|crypto|dgram|diagnostics_channel|dns|domain|events|fs|http2?|https|inspector|module|net|os|path|perf_hooks|process|punycode|readline|repl|stream|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(?:\/\w+)?:/

/** What a request gives comes from the other side. */
const isClient = ({ listener }: Spread, key: ReferenceKey): boolean => listener.isWayOut(key)

/** `f.call(this, a)`, `f.apply(this, [a])` and `Reflect.apply(f, this, [a])` in terms of `f(a)`. */
function directly(
  { taints }: Spread,
  key: ReferenceKey,
  at: number,
  taint: Taint,
): { key: ReferenceKey; at: number; taint: Taint } {
  if (key.endsWith('.call')) return { key: key.slice(0, -'.call'.length), at: at - 1, taint }
  if (!key.endsWith('.apply')) return { key, at, taint }
  const [first] = taint.path
  const item = taints.get(taint, undefined)
  return {
    key: key.slice(0, -'.apply'.length),
    at: at === 1 ? Number(/^\d$/.exec(first ?? '')?.[0] ?? 0) : -1,
    taint: item ?? taint,
  }
}

/** A file is read: of a secret's path the content is had. */
function followRead(spread: Spread, call: CallNode, key: ReferenceKey, at: number, taint: Taint): void {
  if (at !== 0 || taint.mode !== 'path' || taint.path.length > 0 || /readdir/.test(key)) return
  const content = spread.taints.with(taint, { mode: 'data', path: [] })
  spread.reach(call, content)
  followCallbacks(spread, call, 0, content)
}

/** `zlib.gzip(text, (error, packed) => …)`. */
function followCallbacks(spread: Spread, call: CallNode, at: number, taint: Taint): void {
  const last = call.arguments.at(-1) as SyntaxNode | undefined
  if (call.arguments.length <= at + 1 || last === undefined) return
  const callback = spread.graph.functionOf(last)
  const parameter = callback?.params.at(-1)
  if (parameter !== undefined && callback !== undefined && callback.params.length <= 3)
    spread.pattern(parameter, spread.taints.collapse(taint))
}

function followUnknown(spread: Spread, call: CallNode, callee: Callee, at: number, taint: Taint): void {
  const { method, receiver } = callee
  if (method === undefined || receiver === undefined) {
    // Somebody else's function under a plain name: what came in as a parameter, or from a helper.
    const name = nameOf(call)
    if (call.type === 'CallExpression' && !keepsNothing(name)) reachIf(spread, call, resultOf(spread, name, taint))
    return
  }
  spread.listener.argument(call, `?:().${method}`, at, taint)
  if (takesIn.has(method) || takesText.has(method)) putInReceiver(spread, call, callee, at, taint)
  else if (givesItems.has(method) || method === 'then') return
  if (call.type === 'CallExpression' && !keepsNothing(method) && taint.mode !== 'module')
    reachIf(spread, call, resultOf(spread, method, taint))
}

/** What an unknown function makes of it. Who is handed an environment mostly asks it for a name. */
function resultOf({ taints }: Spread, name: string, taint: Taint): Taint | undefined {
  if (taint.mode === 'module') return taint
  if (taint.mode === 'environment' && !serializes.test(name)) return undefined
  return taints.collapse(taint)
}

const serializes =
  /stringify|seriali[sz]e|encode|dump|inspect|encrypt|compress|deflate|gzip|zip|pack|toJSON|base64|entries|values/i

const nameOf = (call: CallNode): string => (call.callee.type === 'Identifier' ? call.callee.name : '')

function putInReceiver(
  spread: Spread,
  call: CallNode,
  { method = '', receiver }: Callee,
  at: number,
  taint: Taint,
): void {
  if (receiver === undefined) return
  const { taints } = spread
  const isNamed = method === 'set' || method === 'append'
  const [first] = call.arguments
  const name =
    isNamed && call.arguments.length > 1 && first?.type === 'Literal' && typeof first.value === 'string'
      ? first.value
      : undefined
  if (isNamed && call.arguments.length > 1 && at === 0) return
  if (method === 'pipe') {
    return
  }
  writeInto(spread, receiver, takesText.has(method) ? taints.collapse(taint) : taints.put(taint, name), call)
}

export const reachIf = (spread: Spread, node: SyntaxNode, taint: Taint | undefined): void => {
  if (taint !== undefined) spread.reach(node, taint)
}
