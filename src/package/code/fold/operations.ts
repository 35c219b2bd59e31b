import { maxOrderingCharacters } from '../../../limits.js'
import { type ESTree, endOf, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { Fold } from './fold.js'
import { writeTo } from './follow-function.js'
import { likelier } from './likelier.js'
import { concat } from './methods.js'
import { add, binary } from './operators.js'
import type { Scope } from './scope.js'
import { unwrap } from './unwrap.js'
import { asText, constant, isTruthy, unknownPart, type Value } from './value.js'

export function foldTemplate(fold: Fold, node: ESTree.TemplateLiteral, scope: Scope): Value | undefined {
  const parts = node.quasis.flatMap((quasi, at) => {
    const text = constant(quasi.value.cooked ?? quasi.value.raw)
    const expression = node.expressions[at]
    return expression === undefined ? [text] : [text, asText(fold.value(expression, scope))]
  })
  return concat(parts)
}

/** A chain of thousands of `+` hangs on its left side: it is taken apart without a step down for each. */
export function foldBinary(fold: Fold, node: ESTree.BinaryExpression, scope: Scope): Value | undefined {
  if (node.operator !== '+') {
    return binary(node.operator, fold.value(node.left as SyntaxNode, scope), fold.value(node.right, scope))
  }
  const parts: SyntaxNode[] = []
  let left: SyntaxNode = node
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    parts.push(left.right)
    left = unwrap(left.left as SyntaxNode)
  }
  const values = [part(fold, left, scope)]
  for (let at = parts.length - 1; at >= 0; at--) values.push(part(fold, parts[at] ?? node, scope))
  return sum(values)
}

/** Decoders add themselves to a text, to see whether somebody has laid their lines out anew. */
function part(fold: Fold, node: SyntaxNode, scope: Scope): Value | undefined {
  const value = fold.value(node, scope)
  if (fold.frame === undefined || value?.kind !== 'function') return value
  const [start, end] = [startOf(value.node), endOf(value.node)]
  return end - start > maxOrderingCharacters ? undefined : constant(fold.text.slice(start, end))
}

export function foldEither(
  fold: Fold,
  node: ESTree.ConditionalExpression | ESTree.LogicalExpression,
  scope: Scope,
): Value | undefined {
  const isConditional = node.type === 'ConditionalExpression'
  const test = fold.value(isConditional ? node.test : node.left, scope)
  const truth = isTruthy(test)
  if (isConditional && truth !== undefined) return fold.value(truth ? node.consequent : node.alternate, scope)
  if (!isConditional && truth !== undefined) {
    const isNothing = test?.kind === 'constant' && (test.value === undefined || test.value === null)
    const usesRight = node.operator === '&&' ? truth : node.operator === '||' ? !truth : isNothing
    return usesRight ? fold.value(node.right, scope) : test
  }
  if (!isConditional && node.operator === '&&') return fold.value(node.right, scope)
  const first = isConditional ? fold.value(node.consequent, scope) : test
  const second = fold.value(isConditional ? node.alternate : node.right, scope)
  return likelier(first, second) ?? first ?? second
}

export function foldAssignment(fold: Fold, node: ESTree.AssignmentExpression, scope: Scope): Value | undefined {
  if (fold.frame === undefined) return fold.value(node.right, scope)
  const right = fold.value(node.right, scope)
  const value = node.operator === '=' ? right : binary(node.operator.slice(0, -1), fold.value(node.left, scope), right)
  return writeTo(fold, node.left, scope, value) ? value : undefined
}

export function foldUpdate(fold: Fold, node: ESTree.UpdateExpression, scope: Scope): Value | undefined {
  if (fold.frame === undefined) return undefined
  const before = fold.value(node.argument, scope)
  const after = binary(node.operator === '++' ? '+' : '-', before, constant(1))
  if (!writeTo(fold, node.argument, scope, after)) return undefined
  return node.prefix ? after : before
}

/** Texts are joined at once: adding them one by one would copy the first part as often as there are parts. */
function sum(values: readonly (Value | undefined)[]): Value | undefined {
  const isText = (value: Value | undefined): boolean => value?.kind === 'constant' && typeof value.value === 'string'
  if (isText(values[0]) || isText(values[1])) return concat(values.map((value) => asText(value)))
  if (values.length > 50) return values.some(isText) ? concat(values.map((value) => asText(value))) : undefined
  return values.reduce((left, right) => add(left, right) ?? (isText(right) ? constant(unknownPart, false) : undefined))
}
