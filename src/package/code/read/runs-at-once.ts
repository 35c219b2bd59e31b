import type { ESTree, FunctionNode, SyntaxNode } from './syntax-node.js'

interface Ancestors {
  ancestor(levels: number): SyntaxNode | undefined
}

/** They call the function that they are given, at once or as soon as the module is loaded. */
const callers: ReadonlySet<string> = new Set([
  'then',
  'catch',
  'finally',
  'forEach',
  'map',
  'flatMap',
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'reduce',
  'reduceRight',
  'setTimeout',
  'setImmediate',
  'setInterval',
  'nextTick',
  'queueMicrotask',
  'Promise',
  'from',
])

const self: ReadonlySet<string> = new Set(['call', 'apply', 'bind'])

/**
 * Whether a function runs where it is written: `(() => {})()`, `!function () {}()`, `(function () {}).call(this)`, `new (class …)` not, and what
 * is handed to a promise, a timer or a list's own loop, which hides a start as well as calling it does.
 */
export function runsAtOnce(node: FunctionNode, at: Ancestors): boolean {
  let inner: SyntaxNode = node
  let levels = 1
  let parent = at.ancestor(levels)
  while (parent !== undefined && handsOn(parent, inner)) {
    inner = parent
    parent = at.ancestor(++levels)
  }
  if (parent === undefined) return false
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    return parent.callee === inner || callers.has(nameOf(parent.callee))
  }
  if (parent.type === 'TaggedTemplateExpression') return parent.tag === inner
  if (parent.type !== 'MemberExpression' || parent.object !== inner) return false
  const call = at.ancestor(levels + 1)
  return call?.type === 'CallExpression' && call.callee === parent && self.has(propertyOf(parent))
}

/** The value of the inner expression is also that of the outer one. */
function handsOn(outer: SyntaxNode, inner: SyntaxNode): boolean {
  switch (outer.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'LogicalExpression':
      return true
    case 'AssignmentExpression':
      return outer.right === inner
    case 'ConditionalExpression':
      return outer.test !== inner
    case 'SequenceExpression':
      return outer.expressions.at(-1) === inner
    default:
      // TypeScript's `as`, `satisfies` and `!`.
      return 'expression' in outer && outer.expression === inner && (outer.type as string).startsWith('TS')
  }
}

function nameOf(callee: SyntaxNode): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'MemberExpression') return propertyOf(callee)
  return callee.type === 'ChainExpression' ? nameOf(callee.expression as SyntaxNode) : ''
}

function propertyOf({ property, computed }: ESTree.MemberExpression): string {
  if (!computed) return property.type === 'Identifier' ? property.name : ''
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : ''
}
