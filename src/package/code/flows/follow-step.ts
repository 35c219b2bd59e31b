import { unwrap, writtenName } from '../fold/unwrap.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import { isCall } from './call-graph.js'
import { followArgument } from './follow-call.js'
import { followMethod } from './follow-method.js'
import { ownNames } from './own-names.js'
import type { Spread } from './spread.js'
import type { Taint } from './taint.js'

/** What a value becomes by standing where it stands. */
export function followStep(spread: Spread, value: SyntaxNode, taint: Taint): void {
  const { node, parent } = spread.index.user(value)
  const { taints } = spread
  switch (parent?.type) {
    case 'VariableDeclarator':
      if (parent.init === node) spread.pattern(parent.id, taint)
      return
    case 'AssignmentExpression':
      if (parent.right !== node) return
      followAssignment(spread, parent, parent.operator === '+=' ? taints.collapse(taint) : taint)
      return
    case 'AssignmentPattern':
      if (parent.right === node) spread.pattern(parent.left, taint)
      return
    case 'Property':
      if (parent.value === node) followProperty(spread, parent, taint)
      return
    case 'PropertyDefinition': {
      const name = parent.key ? writtenName(parent.key as SyntaxNode, parent.computed === true) : undefined
      if (parent.value === node && name !== undefined)
        spread.reach(spread.slot(spread.index.classOf(parent), name), taint)
      return
    }
    case 'SpreadElement':
      followSpread(spread, parent, taint)
      return
    case 'ArrayExpression':
      spread.reach(parent, taints.put(taint, String(parent.elements.indexOf(node as never))))
      return
    case 'TemplateLiteral':
      followTemplate(spread, parent, taints.collapse(taint))
      return
    case 'BinaryExpression':
      if (parent.operator === '+') spread.reach(parent, taints.collapse(taint))
      return
    case 'ConditionalExpression':
      if (parent.test !== node) spread.reach(parent, taint)
      return
    case 'LogicalExpression':
      if (parent.right === node || parent.operator !== '&&') spread.reach(parent, taint)
      return
    case 'SequenceExpression':
      if (parent.expressions.at(-1) === node) spread.reach(parent, taint)
      return
    case 'ArrowFunctionExpression':
      if (parent.body === node) spread.reach(parent, taint)
      return
    case 'ReturnStatement':
    case 'YieldExpression': {
      const within = spread.index.functionOf(parent)
      if (within !== undefined) spread.reach(within, taint)
      return
    }
    case 'ForOfStatement':
      if (parent.right === node) followItem(spread, parent.left, taints.get(taint, undefined))
      return
    case 'ForInStatement':
      if (parent.right !== node || taint.mode !== 'environment' || taint.path.length > 0) return
      if (!ownNames(spread, parent.body)) followItem(spread, parent.left, taints.with(taint, { mode: 'names' }))
      return
    case 'MemberExpression':
      followMember(spread, parent, node, taint)
      return
    case 'CallExpression':
    case 'NewExpression': {
      const at = parent.arguments.indexOf(node as never)
      if (at >= 0) followArgument(spread, parent, at, taint)
      return
    }
    case 'ImportExpression':
      if (parent.source === node) spread.listener.argument(parent as never, ':import', 0, taint)
      return
    default:
  }
}

function followProperty(spread: Spread, property: ESTree.Property, taint: Taint): void {
  const object = spread.index.parent(property)
  if (object?.type !== 'ObjectExpression') return
  const name = writtenName(property.key as SyntaxNode, property.computed === true)
  spread.reach(object, spread.taints.put(taint, name))
}

function followSpread(spread: Spread, element: ESTree.SpreadElement, taint: Taint): void {
  const parent = spread.index.parent(element)
  if (parent?.type === 'ObjectExpression') spread.reach(parent, taint)
  else if (parent?.type === 'ArrayExpression') {
    const item = spread.taints.get(taint, undefined)
    if (item !== undefined) spread.reach(parent, spread.taints.put(item, undefined))
  } else if (isCall(parent)) {
    const item = spread.taints.get(taint, undefined)
    if (item !== undefined) followArgument(spread, parent, parent.arguments.indexOf(element), item)
  }
}

function followTemplate(spread: Spread, template: ESTree.TemplateLiteral, taint: Taint): void {
  const parent = spread.index.parent(template)
  if (parent?.type !== 'TaggedTemplateExpression') {
    spread.reach(template, taint)
    return
  }
  const tag = spread.index.value(parent.tag)
  if (tag?.kind === 'reference') spread.listener.argument(parent as never, tag.key, 0, taint)
  else spread.reach(parent, taint)
}

function followItem(spread: Spread, left: SyntaxNode, item: Taint | undefined): void {
  if (item === undefined) return
  spread.pattern(left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? left) : left, item)
}

function followMember(spread: Spread, member: ESTree.MemberExpression, node: SyntaxNode, taint: Taint): void {
  if (member.property === node) {
    if (member.computed && taint.mode === 'names') followLookUp(spread, member, taint)
    return
  }
  const { node: outer, parent } = spread.index.user(member)
  if (isCall(parent) && parent.callee === outer) {
    followMethod(spread, parent, member, taint)
    return
  }
  if (parent?.type === 'AssignmentExpression' && parent.left === outer) {
    followListener(spread, parent, member, taint)
    return
  }
  const got = spread.taints.get(taint, spread.index.fold.propertyName(member, spread.index.scopeOf(member)))
  if (got !== undefined) spread.reach(member, got)
}

/** `socket.onmessage = (event) => …` */
function followListener(
  spread: Spread,
  { right }: ESTree.AssignmentExpression,
  member: ESTree.MemberExpression,
  taint: Taint,
): void {
  const name = writtenName(member.property as SyntaxNode, member.computed === true) ?? ''
  const callback = /^on(?:message|data|load|open)$/.test(name) ? spread.graph.functionOf(right) : undefined
  if (callback?.params[0] !== undefined) spread.pattern(callback.params[0] as SyntaxNode, taint)
}

/** `process.env[name]`, of one of its own names. */
function followLookUp(spread: Spread, member: ESTree.MemberExpression, taint: Taint): void {
  const object = unwrap(member.object)
  const isEnvironment =
    spread.index.isEnvironment(object) ||
    [...spread.taintsOf(object)].some(({ mode, path }) => mode === 'environment' && path.length === 0)
  if (isEnvironment) spread.reach(member, spread.taints.with(taint, { mode: 'data', path: [] }))
}

function followAssignment(spread: Spread, assignment: ESTree.AssignmentExpression, taint: Taint): void {
  spread.listener.assigned(assignment, taint)
  spread.assignTo(assignment.left, taint)
  spread.reach(assignment, taint)
}
