import { maxFoldedCharacters } from '../../../limits.js'
import { unwrap, writtenName } from '../../code/fold/unwrap.js'
import { unknownPart } from '../../code/fold/value.js'
import type { ESTree, FunctionNode, SyntaxNode } from '../../code/read/syntax-node.js'
import { argumentsOf, call, member } from './calls.js'
import { classOf } from './classes.js'
import type { Environment } from './environment.js'
import type { Interpreter } from './interpreter.js'
import { itemsOf, spreadInto } from './members.js'
import { binary, unary } from './operators.js'
import { bindPattern, joined } from './patterns.js'
import type { SourceModule } from './source-module.js'
import {
  constant,
  either,
  type FunctionValue,
  isNothing,
  isTruthy,
  type ListValue,
  nothing,
  type ObjectValue,
  reference,
  toText,
  unknown,
  type Value,
} from './value.js'

/** What an expression stands for, as far as it can be told without running it. */
export function evaluate(run: Interpreter, node: SyntaxNode, env: Environment, module: SourceModule): Value {
  const inner = (child: SyntaxNode): Value => run.evaluate(child, env, module)
  switch (node.type) {
    case 'Literal':
      return literal(run, node, module)
    case 'Identifier':
      return nameOf(run, node.name, env)
    case 'ThisExpression':
      return env.find('this')?.cell.value ?? unknown
    case 'TemplateLiteral':
      return template(run, node, env, module)
    case 'TaggedTemplateExpression':
      return tagged(run, node, env, module)
    case 'ArrayExpression':
      return list(run, node, env, module)
    case 'ObjectExpression':
      return object(run, node, env, module)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return functionOf(run, node, env, module)
    case 'ClassExpression':
      return classOf(run, node, env, module)
    case 'MemberExpression':
      return member(run, node, env, module)
    case 'CallExpression':
      return call(run, node, env, module)
    case 'NewExpression':
      return run.construct(
        inner(node.callee as SyntaxNode),
        argumentsOf(run, node.arguments, env, module),
        run.siteOf(node, module),
      )
    case 'ImportExpression':
      return run.loader.request(run, inner(node.source as SyntaxNode), module)
    case 'AssignmentExpression':
      return assignment(run, node, env, module)
    case 'BinaryExpression':
      return binary(
        node.operator,
        inner(node.left as SyntaxNode),
        inner(node.right as SyntaxNode),
        run.siteOf(node, module),
      )
    case 'LogicalExpression':
      return logical(run, node, env, module)
    case 'ConditionalExpression':
      return conditional(run, node, env, module)
    case 'UnaryExpression':
      return unary(node.operator, node.operator === 'delete' ? nothing : inner(node.argument as SyntaxNode))
    case 'UpdateExpression':
      return update(run, node, env, module)
    case 'SequenceExpression': {
      let last: Value = nothing
      for (const one of node.expressions as readonly SyntaxNode[]) last = inner(one)
      return last
    }
    case 'AwaitExpression':
      return inner(node.argument as SyntaxNode)
    case 'YieldExpression':
      return yielded(run, node, env, module)
    case 'MetaProperty':
      return reference(':import.meta')
    default: {
      const within = unwrap(node)
      return within === node ? unknown : inner(within)
    }
  }
}

function literal(run: Interpreter, node: ESTree.Literal, module: SourceModule): Value {
  if ('regex' in node && node.regex) return { kind: 'regex', pattern: node.regex.pattern, flags: node.regex.flags }
  const { value } = node
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
  return isPlain ? constant(value, run.siteOf(node, module)) : unknown
}

function nameOf(run: Interpreter, name: string, env: Environment): Value {
  const found = env.find(name)
  if (found !== undefined) return found.cell.read?.() ?? found.cell.value
  if (name === 'undefined') return nothing
  if (name === 'global' || name === 'window' || name === 'self') return reference(':globalThis')
  return run.globals.get(name) ?? reference(`:${name}`)
}

function template(run: Interpreter, node: ESTree.TemplateLiteral, env: Environment, module: SourceModule): Value {
  let text = ''
  let whole = true
  node.quasis.forEach((quasi, at) => {
    text += quasi.value.cooked ?? quasi.value.raw
    const expression = node.expressions[at] as SyntaxNode | undefined
    if (expression === undefined) return
    const known = toText(run.evaluate(expression, env, module))
    const isShort = text.length + String(known.value).length <= maxFoldedCharacters
    const part = isShort ? known : constant(unknownPart, undefined, false)
    text += part.value
    whole &&= part.whole
  })
  return constant(text, run.siteOf(node, module), whole)
}

/** `dedent` and its like give the text again, but for blanks. */
function tagged(
  run: Interpreter,
  node: ESTree.TaggedTemplateExpression,
  env: Environment,
  module: SourceModule,
): Value {
  const tag = run.evaluate(node.tag as SyntaxNode, env, module)
  const text = template(run, node.quasi, env, module)
  if (tag.kind !== 'function') return text
  const strings: ListValue = {
    kind: 'list',
    items: node.quasi.quasis.map((quasi) => constant(quasi.value.cooked ?? quasi.value.raw)),
    open: false,
    level: run.level,
  }
  const values = (node.quasi.expressions as readonly SyntaxNode[]).map((one) => run.evaluate(one, env, module))
  const result = run.call(tag, nothing, [strings, ...values], run.siteOf(node, module))
  return result.kind === 'constant' && result.whole
    ? { ...result, at: run.siteOf(node, module) }
    : result.kind === 'unknown' || result.kind === 'constant'
      ? text
      : result
}

function list(run: Interpreter, node: ESTree.ArrayExpression, env: Environment, module: SourceModule): Value {
  const made: ListValue = { kind: 'list', items: [], open: false, level: run.level }
  for (const element of node.elements as readonly (SyntaxNode | null)[]) {
    if (element === null) made.items.push(nothing)
    else if (element.type === 'SpreadElement') {
      const { items, open } = itemsOf(run, run.evaluate(element.argument as SyntaxNode, env, module))
      made.items.push(...items.slice(0, 20_000))
      if (open) made.open = true
    } else made.items.push(run.evaluate(element, env, module))
  }
  return made
}

function object(run: Interpreter, node: ESTree.ObjectExpression, env: Environment, module: SourceModule): Value {
  const made: ObjectValue = {
    kind: 'object',
    properties: new Map(),
    open: false,
    at: run.siteOf(node, module),
    level: run.level,
  }
  for (const property of node.properties as readonly SyntaxNode[]) {
    if (property.type === 'SpreadElement') {
      spreadInto(run, made, run.evaluate(property.argument as SyntaxNode, env, module))
      continue
    }
    // Babel gives methods of objects as properties of ESTree; anything else is no property that is read.
    if (property.type !== 'Property') continue
    const key = property.key as SyntaxNode
    const name = writtenName(key, property.computed) ?? run.keyOf(run.evaluate(key, env, module))
    const value = run.evaluate(property.value as SyntaxNode, env, module)
    if (name === undefined) made.open = true
    else if (property.kind === 'get' && value.kind === 'function')
      made.properties.set(name, { kind: 'getter', get: value })
    else if (property.kind !== 'set') made.properties.set(name, value)
  }
  run.watcher.objectMade(made)
  return made
}

export function functionOf(
  run: Interpreter,
  node: FunctionNode,
  env: Environment,
  module: SourceModule,
): FunctionValue {
  const made: FunctionValue = { kind: 'function', node, environment: env, module, properties: new Map() }
  run.remember(made)
  return made
}

function assignment(
  run: Interpreter,
  node: ESTree.AssignmentExpression,
  env: Environment,
  module: SourceModule,
): Value {
  const right = (): Value => run.evaluate(node.right as SyntaxNode, env, module)
  const target = node.left as SyntaxNode
  if (node.operator === '=') {
    const value = right()
    bindPattern(run, target, value, env, module, 'assign')
    return value
  }
  const before = run.evaluate(target, env, module)
  const value = assigned(run, node.operator, before, right, run.siteOf(node, module))
  bindPattern(run, target, value, env, module, 'assign')
  return value
}

function assigned(
  run: Interpreter,
  operator: string,
  before: Value,
  right: () => Value,
  site: ReturnType<Interpreter['siteOf']>,
): Value {
  if (operator === '||=' || operator === '??=') {
    const is =
      operator === '||=' ? isTruthy(before) : isNothing(before) ? false : before.kind === 'unknown' ? undefined : true
    if (is === true) return before
    return is === false ? right() : run.perhaps(() => joined(before, right()))
  }
  if (operator === '&&=') return isTruthy(before) === false ? before : right()
  return binary(operator.slice(0, -1), before, right(), site)
}

function logical(run: Interpreter, node: ESTree.LogicalExpression, env: Environment, module: SourceModule): Value {
  const left = run.evaluate(node.left as SyntaxNode, env, module)
  const right = (): Value => run.evaluate(node.right as SyntaxNode, env, module)
  const perhaps = (): Value => run.perhaps(right)
  if (node.operator === '??') {
    if (isNothing(left)) return right()
    return left.kind === 'unknown' || left.kind === 'reference' || left.kind === 'either'
      ? either([left, perhaps()])
      : left
  }
  const truth = isTruthy(left)
  if (node.operator === '||') return truth === true ? left : truth === false ? right() : either([left, perhaps()])
  return truth === false ? left : truth === true ? right() : perhaps()
}

function conditional(
  run: Interpreter,
  node: ESTree.ConditionalExpression,
  env: Environment,
  module: SourceModule,
): Value {
  const truth = isTruthy(run.evaluate(node.test as SyntaxNode, env, module))
  const one = (child: unknown): Value => run.evaluate(child as SyntaxNode, env, module)
  if (truth !== undefined) return one(truth ? node.consequent : node.alternate)
  return run.perhaps(() => either([one(node.consequent), one(node.alternate)]))
}

function update(run: Interpreter, node: ESTree.UpdateExpression, env: Environment, module: SourceModule): Value {
  const target = node.argument as SyntaxNode
  const before = run.evaluate(target, env, module)
  const isNumber = before.kind === 'constant' && typeof before.value === 'number'
  const after = isNumber ? constant(Number(before.value) + (node.operator === '++' ? 1 : -1)) : unknown
  bindPattern(run, target, after, env, module, 'assign')
  return node.prefix ? after : before
}

function yielded(run: Interpreter, node: ESTree.YieldExpression, env: Environment, module: SourceModule): Value {
  const value = node.argument ? run.evaluate(node.argument as SyntaxNode, env, module) : nothing
  if (run.frame !== undefined)
    run.frame.yields.push(...(node.delegate ? itemsOf(run, value).items : [value]).slice(0, 5_000))
  // Where a compiler wrote `yield` for `await`, the value comes back.
  return value
}
