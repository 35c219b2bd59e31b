import type { SyntaxNode } from '../read/syntax-node.js'

/** Through `await`, `?.`, parentheses and type assertions, and to the last of `(0, x)`: what the value is does not change. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node
  for (;;) {
    const next = innerOf(inner)
    if (next === undefined) return inner
    inner = next
  }
}

function innerOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    // Nearly all there is.
    case 'Identifier':
    case 'Literal':
    case 'MemberExpression':
    case 'CallExpression':
      return undefined
    case 'AwaitExpression':
      return node.argument
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return node.expression
    case 'SequenceExpression':
      return node.expressions.at(-1)
    default:
      // TypeScript's `as`, `satisfies`, `!` and `<T>x`, Flow's `(x: T)`.
      return typeWrappers.has(node.type) && 'expression' in node ? (node.expression as SyntaxNode) : undefined
  }
}

const typeWrappers: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TypeCastExpression',
])

/** What is called, by the last part of its name: `a` of `a()` and `x.a()`. */
export function calledName(callee: SyntaxNode): string | undefined {
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression'
    ? writtenName(callee.property as SyntaxNode, callee.computed === true)
    : undefined
}

/** The name of a property that is written out: `a` in `x.a`, `x['a']`, `{ a: 1 }` and `{ 'a': 1 }`. */
export function writtenName(key: SyntaxNode, computed: boolean): string | undefined {
  if (key.type === 'Identifier') return computed ? undefined : key.name
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (key.type !== 'Literal') return undefined
  return typeof key.value === 'string' || typeof key.value === 'number' ? String(key.value) : undefined
}
