import { maxFollowedCharacters, maxFollowedSteps } from '../../../limits.js'
import { type ESTree, endOf, isFunction, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { Fold } from './fold.js'
import type { Scope } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'
import { constant, type Frame, type FunctionValue, isTruthy, type Value } from './value.js'

/** Steps through functions are counted by themselves: a decoder that never ends must not hide what stands beside it. */
export class FollowBudget {
  #left = maxFollowedSteps
  #leftOfCall = 0
  #isExtended = false
  /** Functions that do something else than compute. */
  readonly opaque = new Set<SyntaxNode>()
  /** Functions that gave nothing for arguments of which nothing is known. */
  readonly silent = new Set<SyntaxNode>()
  depth = 0

  spend(): boolean {
    this.#left -= 1
    this.#leftOfCall -= 1
    return !this.isSpent
  }

  /** In a file whose string array is turned until a sum is right, once; returns the steps that are left for it. */
  extend(): number {
    if (!this.#isExtended) this.#left = maxDecodingSteps
    this.#isExtended = true
    return this.#left
  }

  /** The outermost of functions that are being followed. */
  start(steps: number): void {
    this.#leftOfCall = steps
  }

  get isSpent(): boolean {
    return this.#left <= 0 || this.#leftOfCall <= 0
  }
}

/** How a statement ended. `unknown`: it does what is not followed. */
type Outcome =
  | { readonly kind: 'return'; readonly value: Value | undefined }
  | { readonly kind: 'next' | 'break' | 'continue' | 'throw' | 'unknown' }

const next: Outcome = { kind: 'next' }
const unknown: Outcome = { kind: 'unknown' }

/** A cipher with a key for each text takes 10,000 for one, and until an array of 40 texts is in order some hundreds are decoded. */
const maxDecodingSteps = 10_000_000

/** For one text; a decoder takes some hundreds for a short one, and 20 for each character of a long one. */
const maxStepsOfCall = 50_000

/** Calls within calls; decoders use two or three. */
const maxCalls = 12

/**
 * What a function of the file gives for known arguments, as far as it only computes: the decoders of obfuscators, and functions that hand out a
 * module. Nothing where it does anything else, or for too long.
 */
export function followFunction(
  fold: Fold,
  callee: FunctionValue,
  given: readonly (Value | undefined)[],
  steps = maxStepsOfCall,
): Value | undefined {
  const { node } = callee
  const { budget } = fold
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return instanceOf(callee, node)
  if (budget.depth === 0) budget.start(steps)
  if (!isFunction(node) || budget.isSpent || budget.opaque.has(node) || budget.depth >= maxCalls) return undefined
  const isBlind = given.length > 0 && given.every((value) => value === undefined)
  if (isBlind && budget.silent.has(node)) return undefined
  const inner = fold.names.scopes.get(node)
  if (inner === undefined || endOf(node) - startOf(node) > maxFollowedCharacters || node.generator === true)
    return undefined
  const frame: Frame = { values: new Map(), parent: callee.frame }
  if (!bindParameters(fold, node.params, inner, frame, given)) return undefined
  const outer = fold.frame
  fold.frame = frame
  budget.depth += 1
  const value =
    node.body?.type === 'BlockStatement'
      ? runBody(fold, node, node.body, inner, isBlind)
      : fold.value(node.body as SyntaxNode, inner)
  budget.depth -= 1
  fold.frame = outer
  if (isBlind && value === undefined) budget.silent.add(node)
  return value
}

/** An object with the methods of its class, so that calls of them are known. */
function instanceOf({ scope }: FunctionValue, { body }: ESTree.ClassDeclaration | ESTree.ClassExpression): Value {
  const properties = new Map<string, Value | undefined>()
  for (const member of body.body) {
    if (member.type !== 'MethodDefinition' || member.kind !== 'method' || member.static || !member.key) continue
    const name = writtenName(member.key as SyntaxNode, member.computed === true)
    const node = member.value as SyntaxNode
    if (name !== undefined) properties.set(name, { kind: 'function', node, scope, frame: undefined })
  }
  return { kind: 'object', properties }
}

function runBody(
  fold: Fold,
  node: SyntaxNode,
  body: ESTree.BlockStatement,
  scope: Scope,
  isBlind: boolean,
): Value | undefined {
  const outcome = runAll(fold, body.body, scopeOf(fold, body, scope), 0)
  // What it does with these arguments it may not do with others, but trying again and again would cost more than it shows. Nothing is
  // said by arguments of which nothing is known: a decoder is first met within the function that hands it its texts.
  if (outcome.kind === 'unknown' && !isBlind) fold.budget.opaque.add(node)
  return outcome.kind === 'return' ? outcome.value : undefined
}

function bindParameters(
  fold: Fold,
  parameters: readonly SyntaxNode[],
  scope: Scope,
  frame: Frame,
  given: readonly (Value | undefined)[],
): boolean {
  for (const [at, parameter] of parameters.entries()) {
    const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
    if (target.type !== 'Identifier') return false
    const binding = scope.find(target.name)
    const byDefault =
      parameter.type === 'AssignmentPattern' && at >= given.length
        ? fold.value(parameter.right as SyntaxNode, scope)
        : undefined
    const value = at < given.length ? given[at] : (byDefault ?? constant(undefined))
    if (binding !== undefined) frame.values.set(binding, value)
  }
  // Functions get at all of them by `arguments`.
  frame.values.set(scope.declare('arguments', 'variable'), { kind: 'list', items: [...given] })
  return true
}

const scopeOf = (fold: Fold, block: SyntaxNode, around: Scope): Scope => fold.names.scopes.get(block) ?? around

const maxNesting = 40

function runAll(fold: Fold, statements: readonly SyntaxNode[], scope: Scope, nesting: number): Outcome {
  for (const statement of statements) {
    const outcome = run(fold, statement, scope, nesting + 1)
    if (outcome.kind !== 'next') return outcome
  }
  return next
}

function run(fold: Fold, statement: SyntaxNode, scope: Scope, nesting: number): Outcome {
  // Each statement is a step: a loop may have nothing else in it.
  if (nesting > maxNesting || !fold.budget.spend()) return unknown
  switch (statement.type) {
    case 'ReturnStatement':
      return { kind: 'return', value: statement.argument ? fold.value(statement.argument, scope) : constant(undefined) }
    case 'ExpressionStatement':
      return runExpression(fold, statement.expression, scope)
    case 'VariableDeclaration':
      return declare(fold, statement, scope)
    case 'BlockStatement':
      return runAll(fold, statement.body, scopeOf(fold, statement, scope), nesting)
    case 'IfStatement': {
      const truth = isTruthy(fold.value(statement.test, scope))
      if (truth === undefined) return unknown
      const branch = truth ? statement.consequent : statement.alternate
      return branch ? run(fold, branch, scope, nesting + 1) : next
    }
    case 'ForStatement':
    case 'WhileStatement':
      return loop(fold, statement, scope, nesting)
    case 'TryStatement':
      return attempt(fold, statement, scope, nesting)
    case 'ThrowStatement':
      return { kind: 'throw' }
    case 'BreakStatement':
      return statement.label ? unknown : { kind: 'break' }
    case 'ContinueStatement':
      return statement.label ? unknown : { kind: 'continue' }
    case 'EmptyStatement':
    case 'FunctionDeclaration':
      return next
    default:
      return unknown
  }
}

/** Only what changes a name or a list is worth following; a call for its effect is not a computation. */
function runExpression(fold: Fold, expression: SyntaxNode, scope: Scope): Outcome {
  const node = unwrap(expression)
  if (expression.type === 'SequenceExpression') {
    for (const part of expression.expressions as readonly SyntaxNode[]) {
      const outcome = runExpression(fold, part, scope)
      if (outcome.kind !== 'next') return outcome
    }
    return next
  }
  if (node.type === 'Literal') return next
  if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression') {
    fold.value(node, scope)
    return next
  }
  if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression') {
    return fold.value(node, scope) === undefined ? unknown : next
  }
  if (node.type !== 'CallExpression') return unknown
  return fold.value(node, scope) === undefined && !isOfPassingObject(node) ? unknown : next
}

/** `new Guard(f).look()`: nothing is left of the object, and what its methods do to others is what keeps a decoder from being followed. */
function isOfPassingObject({ callee }: ESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && unwrap(callee.object).type === 'NewExpression'
}

function declare(fold: Fold, { declarations }: ESTree.VariableDeclaration, scope: Scope): Outcome {
  for (const { id, init } of declarations) {
    if (id.type !== 'Identifier') return unknown
    const binding = scope.find(id.name)
    const value = init ? fold.value(init, scope) : constant(undefined)
    if (binding !== undefined) fold.frame?.values.set(binding, value)
  }
  return next
}

function loop(
  fold: Fold,
  statement: ESTree.ForStatement | ESTree.WhileStatement,
  around: Scope,
  nesting: number,
): Outcome {
  const scope = scopeOf(fold, statement, around)
  const isFor = statement.type === 'ForStatement'
  if (isFor && statement.init) {
    const { init } = statement
    const started =
      init.type === 'VariableDeclaration' ? declare(fold, init, scope) : runExpression(fold, init as SyntaxNode, scope)
    if (started.kind !== 'next') return started
  }
  for (;;) {
    const truth = statement.test ? isTruthy(fold.value(statement.test, scope)) : true
    if (truth === undefined || fold.budget.isSpent) return unknown
    if (!truth) return next
    const outcome = run(fold, statement.body, scope, nesting + 1)
    if (outcome.kind === 'break') return next
    if (outcome.kind !== 'next' && outcome.kind !== 'continue') return outcome
    if (isFor && statement.update) fold.value(statement.update as SyntaxNode, scope)
  }
}

function attempt(
  fold: Fold,
  { block, handler, finalizer }: ESTree.TryStatement,
  scope: Scope,
  nesting: number,
): Outcome {
  const tried = runAll(fold, block.body, scopeOf(fold, block, scope), nesting)
  const outcome =
    tried.kind === 'throw' && handler
      ? runAll(fold, handler.body.body, scopeOf(fold, handler.body, scopeOf(fold, handler, scope)), nesting)
      : tried
  if (!finalizer || outcome.kind === 'unknown') return outcome
  const last = runAll(fold, finalizer.body, scopeOf(fold, finalizer, scope), nesting)
  return last.kind === 'next' ? outcome : last
}

/** Gives a name or a property of a value in the followed function what it is assigned. */
export function writeTo(fold: Fold, target: SyntaxNode, scope: Scope, value: Value | undefined): boolean {
  const node = unwrap(target)
  if (node.type === 'Identifier') {
    const binding = scope.find(node.name)
    if (binding === undefined) return false
    fold.write(binding, value)
    return true
  }
  if (node.type !== 'MemberExpression') return false
  const name = fold.propertyName(node, scope)
  return name !== undefined && writeProperty(fold.value(node.object, scope), name, value)
}

export function writeProperty(of: Value | undefined, name: string, value: Value | undefined): boolean {
  const isIndex = /^\d{1,4}$/.test(name)
  if (of?.kind === 'object' || of?.kind === 'function' || (of?.kind === 'list' && !isIndex && name !== 'length')) {
    of.properties ??= new Map()
    if (of.properties.size >= 10_000) return false
    of.properties.set(name, value)
    return true
  }
  if (of?.kind !== 'list' || !isIndex) return false
  while (of.items.length < Number(name)) of.items.push(constant(undefined))
  of.items[Number(name)] = value
  return true
}
