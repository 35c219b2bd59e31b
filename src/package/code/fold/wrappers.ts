import { type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import type { Position } from '../read/walk.js'
import { unwrap, writtenName } from './unwrap.js'

/** Who runs what it is handed as soon as the module is loaded: the helpers of compilers, bundlers and AMD. */
const runners: ReadonlySet<string> = new Set([
  '__awaiter',
  '__async',
  '__asyncToGenerator',
  '_asyncToGenerator',
  '__commonJS',
  '__commonJSMin',
  '__esm',
  '__esmMin',
  'define',
])

/** The module wrappers of bundlers: what they hold belongs to the file as if it stood at its top. */
export function isWrapped(node: FunctionNode, { parent, key }: Position): boolean {
  if (parent?.type === 'Property') {
    const name = key === 'value' && parent.key.type === 'Literal' ? parent.key.value : undefined
    return typeof name === 'number' || (typeof name === 'string' && /^\d+$|\/|\.[cm]?js$/.test(name))
  }
  if (parent?.type !== 'CallExpression' || key !== 'arguments') return false
  const callee = unwrap(parent.callee)
  if (callee.type === 'Identifier') return runners.has(callee.name)
  // `(function (root, factory) { … })(this, function () { … })`
  return isFunction(callee) && node.type !== 'FunctionDeclaration'
}

/** What an immediately called function is called with; for the callback of `then`, what the promise stands for. */
export function argumentsGivenTo(node: FunctionNode, at: Position): readonly SyntaxNode[] | undefined {
  const { parent, key } = at
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') {
    if (key === 'callee') return parent.arguments
    const { callee } = parent
    const isThen =
      callee.type === 'MemberExpression' &&
      writtenName(callee.property as SyntaxNode, callee.computed === true) === 'then'
    if (isThen && parent.arguments[0] === node) return [callee.object]
    // `(function (factory) { … })(function (require) { … })` is left to the call of the factory.
    return undefined
  }
  if (parent?.type !== 'MemberExpression' || key !== 'object') return undefined
  const call = at.ancestor(2)
  const name = writtenName(parent.property as SyntaxNode, parent.computed === true)
  return call?.type === 'CallExpression' && call.callee === parent && name === 'call'
    ? (call.arguments.slice(1) as SyntaxNode[])
    : undefined
}
