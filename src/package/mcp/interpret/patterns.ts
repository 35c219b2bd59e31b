import { unwrap, writtenName } from '../../code/fold/unwrap.js'
import type { SyntaxNode } from '../../code/read/syntax-node.js'
import type { Environment } from './environment.js'
import type { Interpreter } from './interpreter.js'
import { itemsOf } from './members.js'
import type { SourceModule } from './source-module.js'
import { either, isNothing, nothing, type ObjectValue, unknown, type Value } from './value.js'

export type BindingKind = 'var' | 'let' | 'assign'

/** Gives the names of a pattern what lies under them in a value. */
export function bindPattern(
  run: Interpreter,
  pattern: SyntaxNode,
  value: Value,
  environment: Environment,
  module: SourceModule,
  kind: BindingKind,
): void {
  switch (pattern.type) {
    case 'Identifier':
      bindName(run, pattern.name, value, environment, kind)
      return
    case 'AssignmentPattern': {
      const given =
        isNothing(value) || value.kind === 'unknown'
          ? run.evaluate(pattern.right as SyntaxNode, environment, module)
          : value
      const both = value.kind === 'unknown' ? either([given, unknown]) : given
      bindPattern(run, pattern.left, both, environment, module, kind)
      return
    }
    case 'ObjectPattern':
      bindProperties(run, pattern, value, environment, module, kind)
      return
    case 'ArrayPattern': {
      const { items, open } = itemsOf(run, value)
      pattern.elements.forEach((element, at) => {
        if (element === null) return
        const one = element as SyntaxNode
        if (one.type === 'RestElement') {
          const rest: Value = { kind: 'list', items: items.slice(at), open, level: run.level }
          bindPattern(run, one.argument as SyntaxNode, rest, environment, module, kind)
        } else bindPattern(run, one, items[at] ?? (open ? unknown : nothing), environment, module, kind)
      })
      return
    }
    case 'MemberExpression': {
      const object = run.evaluate(pattern.object as SyntaxNode, environment, module)
      const property = pattern.property as SyntaxNode
      const name = writtenName(property, pattern.computed) ?? run.keyOf(run.evaluate(property, environment, module))
      run.write(object, name, value)
      return
    }
    default: {
      const inner = unwrap(pattern)
      if (inner !== pattern) bindPattern(run, inner, value, environment, module, kind)
    }
  }
}

function bindName(run: Interpreter, name: string, value: Value, environment: Environment, kind: BindingKind): void {
  if (kind === 'let') {
    environment.declare(name, value)
    return
  }
  if (kind === 'var') {
    const own = environment.nearestFunction.own(name)
    if (own === undefined) environment.nearestFunction.declare(name, value)
    else own.value = run.level > environment.nearestFunction.level ? joined(own.value, value) : value
    return
  }
  const found = environment.find(name)
  if (found === undefined) run.globals.set(name, value)
  else found.cell.value = run.level > found.level ? joined(found.cell.value, value) : value
}

/** What was there may still be there. */
export const joined = (before: Value, value: Value): Value =>
  isNothing(before) || before.kind === 'unknown' ? value : either([before, value])

function bindProperties(
  run: Interpreter,
  pattern: Extract<SyntaxNode, { type: 'ObjectPattern' }>,
  value: Value,
  environment: Environment,
  module: SourceModule,
  kind: BindingKind,
): void {
  const taken = new Set<string>()
  for (const property of pattern.properties as readonly SyntaxNode[]) {
    if (property.type === 'RestElement') {
      bindPattern(run, property.argument as SyntaxNode, restOf(run, value, taken), environment, module, kind)
      continue
    }
    if (property.type !== 'Property') continue
    const key = property.key as SyntaxNode
    const name = writtenName(key, property.computed) ?? run.keyOf(run.evaluate(key, environment, module))
    if (name !== undefined) taken.add(name)
    const given = name === undefined ? unknown : run.read(value, name)
    bindPattern(run, property.value as SyntaxNode, given, environment, module, kind)
  }
}

function restOf(run: Interpreter, value: Value, taken: ReadonlySet<string>): Value {
  if (value.kind !== 'object') return unknown
  const rest: ObjectValue = { ...value, properties: new Map(), level: run.level }
  for (const [name, property] of value.properties) if (!taken.has(name)) rest.properties.set(name, property)
  return rest
}
