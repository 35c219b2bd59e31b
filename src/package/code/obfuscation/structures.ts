import { writtenName } from '../fold/unwrap.js'
import { type ESTree, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import type { Position } from '../read/walk.js'

type Call = ESTree.CallExpression | ESTree.NewExpression

/** `eval(function (p, a, c, k, e, d) { … }(…))`: Dean Edwards' packer, and those that copy it. */
export function isPacked(call: Call): boolean {
  const code = call.arguments[0] as SyntaxNode | undefined
  if (code?.type !== 'CallExpression' || !isFunction(code.callee as SyntaxNode)) return false
  const { params } = code.callee as ESTree.FunctionExpression
  return (
    params.length >= 5 &&
    params
      .slice(0, 4)
      .map((param) => (param.type === 'Identifier' ? param.name : ''))
      .join('') === 'pack'
  )
}

/** `function f() { const list = ['…', …]; f = function () { return list }; return f() }`, but with some strings: compilers' helpers replace themselves too. */
export function isOverwrittenByItself({ left, right }: ESTree.AssignmentExpression, at: Position): boolean {
  if (left.type !== 'Identifier' || !isFunction(right)) return false
  for (let level = 1; level <= 6; level++) {
    const around = at.ancestor(level)
    if (around === undefined) return false
    if (!isFunction(around)) continue
    if (
      around.type === 'ArrowFunctionExpression' ||
      around.id?.name !== left.name ||
      around.body?.type !== 'BlockStatement'
    )
      return false
    return around.body.body.some(hasListOfStrings)
  }
  return false
}

const hasListOfStrings = (statement: SyntaxNode): boolean =>
  statement.type === 'VariableDeclaration' &&
  statement.declarations.some(
    ({ init }) =>
      init?.type === 'ArrayExpression' &&
      init.elements.length >= 3 &&
      init.elements.every((element) => element?.type === 'Literal' && typeof element.value === 'string'),
  )

/** `list.push(list.shift())` where a sum of numbers was wrong (`catch`), or so many times as a number says (`while (--n)`). */
export function isRotation(call: Call, at: Position): boolean {
  const [first] = call.arguments
  if (call.arguments.length !== 1 || first?.type !== 'CallExpression' || first.callee.type !== 'MemberExpression')
    return false
  const callee = call.callee as SyntaxNode
  const { object, property, computed } = first.callee
  if (callee.type !== 'MemberExpression' || writtenName(property as SyntaxNode, computed === true) !== 'shift')
    return false
  if (object.type !== 'Identifier' || callee.object.type !== 'Identifier' || object.name !== callee.object.name)
    return false
  for (let level = 1; level <= 6; level++) {
    const around = at.ancestor(level)
    if (around === undefined || isFunction(around)) return false
    if (around.type === 'CatchClause') return isEndless(at, level)
    if (around.type === 'WhileStatement') return around.test.type === 'UpdateExpression' && around.test.prefix === true
    if (around.type === 'IfStatement') return callee.computed === true && isEndless(at, level)
  }
  return false
}

function isEndless(at: Position, from: number): boolean {
  for (let level = from + 1; level <= from + 4; level++) {
    const type = at.ancestor(level)?.type
    if (type === 'WhileStatement' || type === 'ForStatement' || type === 'DoWhileStatement') return true
  }
  return false
}

/** `while (…) { switch (order[i++]) { … } }` */
export function isFlattened({ discriminant }: ESTree.SwitchStatement, at: Position): boolean {
  if (discriminant.type !== 'MemberExpression' || discriminant.property.type !== 'UpdateExpression') return false
  const loop = at.parent?.type === 'BlockStatement' ? at.ancestor(2)?.type : at.parent?.type
  return loop === 'WhileStatement' || loop === 'ForStatement' || loop === 'DoWhileStatement'
}

/** `aBcDe: function (a, b) { return a + b }`, or `return a(b)`. */
export function isOperator({ key, value }: ESTree.Property): boolean {
  const name = writtenName(key as SyntaxNode, false)
  if (name === undefined || !/^[a-zA-Z]{5}$/.test(name) || !/[A-Z]/.test(name.slice(1)) || !/[a-z]/.test(name))
    return false
  if (value.type !== 'FunctionExpression' || value.params.length < 1 || value.body?.body.length !== 1) return false
  const [only] = value.body.body
  const result = only?.type === 'ReturnStatement' ? only.argument : undefined
  if (result?.type === 'BinaryExpression' || result?.type === 'LogicalExpression') {
    return result.left.type === 'Identifier' && result.right.type === 'Identifier'
  }
  return (
    result?.type === 'CallExpression' &&
    result.callee.type === 'Identifier' &&
    isNameOf(value.params[0], result.callee.name)
  )
}

const isNameOf = (param: SyntaxNode | undefined, name: string): boolean =>
  param?.type === 'Identifier' && param.name === name
