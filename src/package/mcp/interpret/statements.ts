import { writtenName } from '../../code/fold/unwrap.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../../code/read/syntax-node.js'
import { classOf } from './classes.js'
import { Environment } from './environment.js'
import { functionOf } from './expressions.js'
import type { Interpreter } from './interpreter.js'
import { entriesOf, itemsOf } from './members.js'
import { bindPattern } from './patterns.js'
import type { SourceModule } from './source-module.js'
import { constant, isTruthy, nothing, type ObjectValue, unknown, type Value } from './value.js'

export type Completion =
  | undefined
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined }
  | { readonly kind: 'throw' }

/** Rounds of a loop whose end is known; lists are gone through to their end. */
const maxRounds = 3_000

/** Of a loop that nobody may ever reach. */
const maxPossibleRounds = 40

/** Functions can be called before they are written. */
export function hoist(
  run: Interpreter,
  statements: readonly SyntaxNode[],
  env: Environment,
  module: SourceModule,
): void {
  for (const statement of statements) {
    const declared = exportedDeclaration(statement)
    if (declared?.type === 'FunctionDeclaration' && declared.id) {
      env.declare(declared.id.name, functionOf(run, declared, env, module))
      run.names.set(declared, declared.id.name)
    }
  }
}

function exportedDeclaration(statement: SyntaxNode): SyntaxNode | undefined {
  if (statement.type === 'ExportNamedDeclaration') return (statement.declaration as SyntaxNode | null) ?? undefined
  return statement
}

export function executeBlock(
  run: Interpreter,
  statements: readonly SyntaxNode[],
  env: Environment,
  module: SourceModule,
): Completion {
  hoist(run, statements, env, module)
  for (const statement of statements) {
    const completion = execute(run, statement, env, module)
    if (completion !== undefined) return completion
  }
  return undefined
}

export function execute(run: Interpreter, node: SyntaxNode, env: Environment, module: SourceModule): Completion {
  run.steps += 1
  if (run.isExhausted) return undefined
  const value = (child: unknown): Value => run.evaluate(child as SyntaxNode, env, module)
  switch (node.type) {
    case 'ExpressionStatement':
      value(node.expression)
      return undefined
    case 'VariableDeclaration':
      declare(run, node, env, module)
      return undefined
    case 'ReturnStatement':
      return { kind: 'return', value: node.argument ? value(node.argument) : nothing }
    case 'IfStatement':
      return branch(run, node, env, module)
    case 'BlockStatement':
      return executeBlock(run, node.body as readonly SyntaxNode[], new Environment(env, false, run.level), module)
    case 'ForOfStatement':
    case 'ForInStatement':
      return overItems(run, node, env, module)
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return rounds(run, node, env, module)
    case 'SwitchStatement':
      return choice(run, node, env, module)
    case 'TryStatement':
      return attempt(run, node, env, module)
    case 'ThrowStatement':
      value(node.argument)
      return { kind: 'throw' }
    case 'BreakStatement':
      return { kind: 'break', label: node.label?.name }
    case 'ContinueStatement':
      return { kind: 'continue', label: node.label?.name }
    case 'LabeledStatement': {
      const completion = execute(run, node.body as SyntaxNode, env, module)
      const label = (node.label as ESTree.Identifier).name
      return completion?.kind === 'break' && completion.label === label ? undefined : completion
    }
    case 'ClassDeclaration':
      if (node.id) env.declare(node.id.name, classOf(run, node, env, module))
      return undefined
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      run.loader.executeExport(run, node, env, module)
      return undefined
    default:
      return executeTyped(run, node, env, module)
  }
}

/** TypeScript's own statements that leave code. */
function executeTyped(run: Interpreter, node: SyntaxNode, env: Environment, module: SourceModule): Completion {
  const type = node.type as string
  if (type === 'TSEnumDeclaration') declareEnum(run, node, env, module)
  else if (type === 'TSExportAssignment') {
    const { expression } = node as unknown as { expression: SyntaxNode }
    module.moduleObject.properties.set('exports', run.evaluate(expression, env, module))
  }
  return undefined
}

interface EnumNode {
  readonly id: { readonly name: string }
  readonly members?: readonly { readonly id: SyntaxNode; readonly initializer?: SyntaxNode | null }[]
  readonly body?: { readonly members: readonly { readonly id: SyntaxNode; readonly initializer?: SyntaxNode | null }[] }
}

function declareEnum(run: Interpreter, node: SyntaxNode, env: Environment, module: SourceModule): void {
  const { id, members, body } = node as unknown as EnumNode
  const made: ObjectValue = { kind: 'object', properties: new Map(), open: false, level: run.level }
  let next = 0
  for (const { id: key, initializer } of members ?? body?.members ?? []) {
    const given = initializer ? run.evaluate(initializer, env, module) : constant(next)
    if (given.kind === 'constant' && typeof given.value === 'number') next = given.value + 1
    const name = writtenName(key, false)
    if (name !== undefined) made.properties.set(name, given)
  }
  env.declare(id.name, made)
}

export function declare(
  run: Interpreter,
  node: ESTree.VariableDeclaration,
  env: Environment,
  module: SourceModule,
): void {
  const kind = node.kind === 'var' ? 'var' : 'let'
  for (const { id, init } of node.declarations) {
    if (init && id.type === 'Identifier' && isFunction(init as SyntaxNode)) run.names.set(init as FunctionNode, id.name)
    if (init) bindPattern(run, id as SyntaxNode, run.evaluate(init as SyntaxNode, env, module), env, module, kind)
    else if (id.type === 'Identifier') (kind === 'var' ? env.nearestFunction : env).ensure(id.name, nothing)
  }
}

/** What one way of a branch that may not be taken does to what follows: a return is only one of the results. */
function perhaps(run: Interpreter, work: () => Completion): Completion {
  const completion = run.perhaps(work)
  if (completion?.kind === 'return') run.frame?.returns.push(completion.value)
  if (completion?.kind === 'break' && run.frame !== undefined) run.frame.mayLeave = true
  return completion
}

function branch(run: Interpreter, node: ESTree.IfStatement, env: Environment, module: SourceModule): Completion {
  const truth = isTruthy(run.evaluate(node.test as SyntaxNode, env, module))
  const go = (child: unknown): Completion => (child ? execute(run, child as SyntaxNode, env, module) : undefined)
  if (truth !== undefined) {
    const other = truth ? node.alternate : node.consequent
    if (other) run.skip(other as SyntaxNode, env, module)
    return go(truth ? node.consequent : node.alternate)
  }
  const one = perhaps(run, () => go(node.consequent))
  const other = node.alternate ? perhaps(run, () => go(node.alternate)) : undefined
  // Where both ways end here, nothing follows.
  if (one?.kind === 'return' && other?.kind === 'return') {
    run.frame?.returns.pop()
    return other
  }
  if (one !== undefined && other !== undefined && one.kind === other.kind) return other
  return undefined
}

type OverItems = ESTree.ForOfStatement | ESTree.ForInStatement

function overItems(run: Interpreter, node: OverItems, env: Environment, module: SourceModule): Completion {
  const over = run.evaluate(node.right as SyntaxNode, env, module)
  const { items, open } = node.type === 'ForOfStatement' ? itemsOf(run, over) : keysOf(run, over)
  const round = (item: Value): Completion => {
    const inner = new Environment(env, false, run.level)
    const left = node.left as SyntaxNode
    if (left.type === 'VariableDeclaration') {
      const [declaration] = left.declarations
      const kind = left.kind === 'var' ? 'var' : 'let'
      if (declaration !== undefined) bindPattern(run, declaration.id as SyntaxNode, item, inner, module, kind)
    } else bindPattern(run, left, item, inner, module, 'assign')
    return execute(run, node.body as SyntaxNode, inner, module)
  }
  for (const item of [...items]) {
    const completion = round(item)
    if (completion === undefined || completion.kind === 'continue') continue
    if (completion.kind === 'break' && completion.label === undefined) return undefined
    return completion
  }
  if (open) perhaps(run, () => round(unknown))
  return undefined
}

function keysOf(run: Interpreter, over: Value): { readonly items: readonly Value[]; readonly open: boolean } {
  const { entries, open } = entriesOf(run, over)
  return { items: entries.map(([name]) => constant(name)), open }
}

type Loop = ESTree.ForStatement | ESTree.WhileStatement | ESTree.DoWhileStatement

function rounds(run: Interpreter, node: Loop, outer: Environment, module: SourceModule): Completion {
  const env = new Environment(outer, false, run.level)
  const isFor = node.type === 'ForStatement'
  if (isFor && node.init) {
    const init = node.init as SyntaxNode
    if (init.type === 'VariableDeclaration') declare(run, init, env, module)
    else run.evaluate(init, env, module)
  }
  const most = run.level > 0 ? maxPossibleRounds : maxRounds
  for (let round = 0; round < most && !run.isExhausted; round++) {
    const isFirst = round === 0 && node.type === 'DoWhileStatement'
    const truth = isFirst || !node.test ? true : isTruthy(run.evaluate(node.test as SyntaxNode, env, module))
    if (truth === false) return undefined
    const go = (): Completion => execute(run, node.body as SyntaxNode, new Environment(env, false, run.level), module)
    if (run.frame !== undefined) run.frame.mayLeave = false
    const returns = run.frame?.returns.length ?? 0
    const completion = truth === undefined ? perhaps(run, go) : go()
    if (truth === undefined) return undefined
    if (completion?.kind === 'break' && completion.label === undefined) return undefined
    if (completion !== undefined && completion.kind !== 'continue') return completion
    // Whether there is another round is not known: one has shown what a round does.
    if (run.frame === undefined || run.frame.mayLeave || run.frame.returns.length > returns) return undefined
    if (isFor && node.update) run.evaluate(node.update as SyntaxNode, env, module)
  }
  return undefined
}

function choice(run: Interpreter, node: ESTree.SwitchStatement, outer: Environment, module: SourceModule): Completion {
  const env = new Environment(outer, false, run.level)
  const on = run.evaluate(node.discriminant as SyntaxNode, env, module)
  const cases = node.cases
  const isKnown = on.kind === 'constant' && on.whole
  if (isKnown) {
    const tests = cases.map((one) => (one.test ? run.evaluate(one.test as SyntaxNode, env, module) : undefined))
    const isPlain = tests.every((test) => test === undefined || (test.kind === 'constant' && test.whole))
    if (isPlain) {
      const hit = tests.findIndex((test) => test?.kind === 'constant' && test.value === on.value)
      const from = hit === -1 ? tests.indexOf(undefined) : hit
      return from === -1 ? undefined : fallThrough(run, cases.slice(from), env, module)
    }
  }
  for (const one of cases) {
    perhaps(run, () => {
      const completion = fallThrough(run, [one], env, module)
      return completion?.kind === 'break' ? undefined : completion
    })
  }
  return undefined
}

function fallThrough(
  run: Interpreter,
  cases: readonly ESTree.SwitchCase[],
  env: Environment,
  module: SourceModule,
): Completion {
  for (const { consequent } of cases) {
    const completion = executeBlock(run, consequent as readonly SyntaxNode[], env, module)
    if (completion?.kind === 'break' && completion.label === undefined) return undefined
    if (completion !== undefined) return completion
  }
  return undefined
}

function attempt(run: Interpreter, node: ESTree.TryStatement, env: Environment, module: SourceModule): Completion {
  const tried = execute(run, node.block as SyntaxNode, env, module)
  const { handler } = node
  const isThrown = tried?.kind === 'throw'
  const caught = (): Completion => {
    if (!handler) return undefined
    const inner = new Environment(env, false, run.level)
    if (handler.param) bindPattern(run, handler.param as SyntaxNode, unknown, inner, module, 'let')
    return execute(run, handler.body as SyntaxNode, inner, module)
  }
  if (!isThrown) perhaps(run, caught)
  const after = isThrown ? caught() : tried
  const last = node.finalizer ? execute(run, node.finalizer as SyntaxNode, env, module) : undefined
  return last ?? after
}
