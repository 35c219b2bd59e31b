import type { FunctionNode, SyntaxNode } from '../../code/read/syntax-node.js'
import { Environment } from './environment.js'
import type { Frame, Interpreter } from './interpreter.js'
import { bindPattern } from './patterns.js'
import type { SourceModule } from './source-module.js'
import { execute, hoist } from './statements.js'
import { either, type FunctionValue, nothing, unknown, type Value } from './value.js'

/** What a call of the function gives, once its names are set; `frame` is its own. */
export function followBody(
  run: Interpreter,
  callee: FunctionValue,
  self: Value,
  args: readonly Value[],
  frame: Frame,
  isAwaited: boolean,
): Value {
  const { node, module } = callee
  const given = callee.bound === undefined ? args : [...callee.bound, ...args]
  const environment = new Environment(callee.environment, true, run.level)
  if (node.type !== 'ArrowFunctionExpression') {
    environment.declare('this', callee.self ?? self)
    environment.declare('arguments', { kind: 'list', items: [...given], open: false, level: run.level })
    if (callee.home !== undefined) environment.declare('%home', callee.home)
    if (node.type === 'FunctionExpression' && node.id) environment.ensure(node.id.name, callee)
  }
  bindParameters(run, node, given, environment, module)
  const { body } = node
  if (!body) return unknown
  if (body.type !== 'BlockStatement') return run.evaluate(body, environment, module)
  hoist(run, body.body, environment, module)
  let last: Value = nothing
  for (const statement of body.body) {
    const completion = execute(run, statement, environment, module)
    if (completion?.kind === 'return') {
      last = completion.value
      break
    }
    if (completion?.kind === 'throw') {
      last = unknown
      break
    }
  }
  if (!isAwaited && 'generator' in node && node.generator)
    return { kind: 'list', items: frame.yields, open: false, level: run.level }
  return frame.returns.length === 0 ? last : either([...frame.returns, last])
}

function bindParameters(
  run: Interpreter,
  node: FunctionNode,
  args: readonly Value[],
  environment: Environment,
  module: SourceModule,
): void {
  node.params.forEach((parameter: SyntaxNode, at: number) => {
    if (parameter.type === 'RestElement') {
      bindPattern(
        run,
        parameter.argument as SyntaxNode,
        { kind: 'list', items: args.slice(at), open: false, level: run.level },
        environment,
        module,
        'let',
      )
      return
    }
    // TypeScript's `constructor(private readonly name: string)`.
    const isProperty = (parameter.type as string) === 'TSParameterProperty'
    const pattern = isProperty ? (parameter as unknown as { parameter: SyntaxNode }).parameter : parameter
    const value = args[at] ?? nothing
    bindPattern(run, pattern, value, environment, module, 'let')
    if (!isProperty) return
    const name = pattern.type === 'AssignmentPattern' ? pattern.left : pattern
    const self = environment.own('this')?.value
    if (name.type === 'Identifier' && self !== undefined) {
      run.write(self, name.name, environment.own(name.name)?.value ?? value)
    }
  })
}
