import type { SyntaxNode } from '../read/syntax-node.js'
import type { Position } from '../read/walk.js'
import { writtenName } from './unwrap.js'

const handingOn: ReadonlySet<string> = new Set([
  'ConditionalExpression',
  'LogicalExpression',
  'SequenceExpression',
  'AwaitExpression',
])

/** What the object that a call or spread makes is kept by, through conditions and `Object.assign`. */
export function holderOf(node: SyntaxNode, at: Position): SyntaxNode | undefined {
  if (node.type !== 'SpreadElement' && node.type !== 'CallExpression') return undefined
  // What makes a copy of one thing is given another.
  if (node.type === 'CallExpression' && node.arguments.length < 2) return undefined
  for (let level = node.type === 'SpreadElement' ? 2 : 1; level < 12; level++) {
    const around = at.ancestor(level)
    const isAssign =
      around?.type === 'CallExpression' &&
      around.callee.type === 'MemberExpression' &&
      writtenName(around.callee.property as SyntaxNode, false) === 'assign'
    if (around === undefined || (!isAssign && !handingOn.has(around.type))) return around
  }
  return undefined
}
