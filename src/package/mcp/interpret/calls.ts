import { unwrap, writtenName } from '../../code/fold/unwrap.js'
import type { ESTree, SyntaxNode } from '../../code/read/syntax-node.js'
import type { Environment } from './environment.js'
import { fillFields, initialiseParent } from './instances.js'
import type { Interpreter } from './interpreter.js'
import { itemsOf } from './members.js'
import type { SourceModule } from './source-module.js'
import { either, nothing, reference, unknown, type Value } from './value.js'

export function member(run: Interpreter, node: ESTree.MemberExpression, env: Environment, module: SourceModule): Value {
  const property = node.property as SyntaxNode
  if ((node.object as SyntaxNode).type === 'Super') {
    const name = writtenName(property, node.computed === true)
    return name === undefined ? unknown : superMember(run, env, name)
  }
  const of = run.evaluate(node.object as SyntaxNode, env, module)
  if (of.kind === 'reference' && of.key === ':import.meta')
    return run.loader.metaOf(module, writtenName(property, false) ?? '')
  const written = writtenName(property, node.computed === true)
  if (written !== undefined) return run.read(of, written)
  const key = run.evaluate(property, env, module)
  const name = run.keyOf(key)
  if (name !== undefined) return run.read(of, name)
  return anyOf(of)
}

/** `handlers[name]` with a name that only the caller knows: any of them. */
function anyOf(of: Value): Value {
  if (of.kind === 'object' || of.kind === 'list') {
    const values =
      of.kind === 'list' ? of.items : [...of.properties.values()].filter((value) => value.kind !== 'getter')
    return values.length > 0 && values.length <= 3
      ? either([...values.map((value) => value as Value), unknown])
      : unknown
  }
  return unknown
}

function superMember(run: Interpreter, env: Environment, name: string): Value {
  const home = env.find('%home')?.cell.value
  if (home?.kind !== 'class' || home.parent === undefined) return unknown
  const { parent } = home
  if (parent.kind === 'reference') return reference(`${parent.key}().${name}`)
  if (parent.kind !== 'class') return unknown
  const found = run.loader.methodOf(parent, name)
  return found === undefined || found.kind === 'getter' ? unknown : found
}

export function argumentsOf(
  run: Interpreter,
  nodes: readonly unknown[],
  env: Environment,
  module: SourceModule,
): readonly Value[] {
  const args: Value[] = []
  for (const node of nodes as readonly SyntaxNode[]) {
    if (node.type === 'SpreadElement')
      args.push(...itemsOf(run, run.evaluate(node.argument as SyntaxNode, env, module)).items.slice(0, 5_000))
    else args.push(run.evaluate(node, env, module))
  }
  return args
}

export function call(run: Interpreter, node: ESTree.CallExpression, env: Environment, module: SourceModule): Value {
  const callee = unwrap(node.callee as SyntaxNode)
  const site = run.siteOf(node, module)
  if (callee.type === 'Super') return superCall(run, node, env, module)
  if ((callee.type as string) === 'Import') {
    const [specifier] = argumentsOf(run, node.arguments, env, module)
    return run.loader.request(run, specifier ?? unknown, module)
  }
  // `(0, x.y)()` is a call without a receiver, which nothing here depends on.
  if (callee.type !== 'MemberExpression') {
    const target = run.evaluate(callee, env, module)
    const awaited = asyncByCompiler(run, callee, node, env, module)
    if (awaited !== undefined) return awaited
    return run.call(target, nothing, argumentsOf(run, node.arguments, env, module), site)
  }
  const property = callee.property as SyntaxNode
  if ((callee.object as SyntaxNode).type === 'Super') {
    const name = writtenName(property, callee.computed === true) ?? ''
    const self = env.find('this')?.cell.value ?? unknown
    const args = argumentsOf(run, node.arguments, env, module)
    const method = superMember(run, env, name)
    if (method.kind === 'reference')
      return run.watcher.method(method, name, args, site) ?? run.call(method, self, args, site)
    return run.call(method, self, args, site)
  }
  const receiver = run.evaluate(callee.object as SyntaxNode, env, module)
  const name = writtenName(property, callee.computed === true) ?? run.keyOf(run.evaluate(property, env, module))
  const args = argumentsOf(run, node.arguments, env, module)
  if (name === undefined) return run.call(anyOf(receiver), receiver, args, site)
  return run.callMember(receiver, name, args, site)
}

/** `__awaiter(this, void 0, void 0, function* () { … })` is how compilers write an `async` function. */
function asyncByCompiler(
  run: Interpreter,
  callee: SyntaxNode,
  node: ESTree.CallExpression,
  env: Environment,
  module: SourceModule,
): Value | undefined {
  if (callee.type !== 'Identifier' || !callee.name.endsWith('__awaiter')) return undefined
  const args = argumentsOf(run, node.arguments, env, module)
  const body = args.at(-1)
  return body?.kind === 'function' ? run.enter(body, args[0] ?? unknown, [], true) : undefined
}

function superCall(run: Interpreter, node: ESTree.CallExpression, env: Environment, module: SourceModule): Value {
  const home = env.find('%home')?.cell.value
  const self = env.find('this')?.cell.value
  const args = argumentsOf(run, node.arguments, env, module)
  if (home?.kind !== 'class' || self?.kind !== 'object') return unknown
  initialiseParent(run, home, self, args, run.siteOf(node, module))
  fillFields(run, home, self)
  return self
}
