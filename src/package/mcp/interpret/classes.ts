import { writtenName } from '../../code/fold/unwrap.js'
import type { ESTree, FunctionNode, SyntaxNode } from '../../code/read/syntax-node.js'
import { Environment } from './environment.js'
import type { Interpreter } from './interpreter.js'
import type { SourceModule } from './source-module.js'
import { executeBlock } from './statements.js'
import { type ClassField, type ClassValue, type FunctionValue, nothing, type Value } from './value.js'

type ClassNode = ESTree.ClassDeclaration | ESTree.ClassExpression

/** A class, its static parts run. */
export function classOf(run: Interpreter, node: ClassNode, outer: Environment, module: SourceModule): ClassValue {
  const environment = new Environment(outer, false, run.level)
  const parent = node.superClass
    ? run.watcher.standIn(run.evaluate(node.superClass as SyntaxNode, outer, module))
    : undefined
  const made: ClassValue = {
    kind: 'class',
    node,
    environment,
    module,
    parent,
    statics: new Map(),
    methods: new Map(),
    fields: [],
    construct: undefined,
  }
  if (node.id) environment.declare(node.id.name, made)
  for (const part of node.body.body as readonly SyntaxNode[]) addPart(run, made, part)
  if (run.madeClasses.length < 5_000) run.madeClasses.push(made)
  run.watcher.classMade(made)
  return made
}

interface FieldNode {
  readonly key: SyntaxNode
  readonly value: SyntaxNode | null
  readonly computed?: boolean
  readonly static?: boolean
}

function addPart(run: Interpreter, made: ClassValue, part: SyntaxNode): void {
  const { environment, module } = made
  if (part.type === 'MethodDefinition') {
    addMethod(run, made, part)
    return
  }
  if (part.type === 'StaticBlock') {
    const inner = staticEnvironment(run, made)
    executeBlock(run, part.body as readonly SyntaxNode[], inner, module)
    return
  }
  // Babel's plugin for ESTree leaves fields under names of its own.
  if (!/^(?:PropertyDefinition|Class(?:Private|Accessor)?Property|AccessorProperty)$/.test(part.type)) return
  const { key, value, computed = false, static: isStatic = false } = part as unknown as FieldNode
  const name = fieldName(key, computed)
  if (!isStatic) {
    made.fields.push({ key, computed, value, name } satisfies ClassField)
    return
  }
  const named = name ?? run.keyOf(run.evaluate(key, environment, module))
  const given = value === null ? nothing : run.evaluate(value, staticEnvironment(run, made), module)
  if (named !== undefined) made.statics.set(named, given)
}

function fieldName(key: SyntaxNode, computed: boolean): string | undefined {
  if ((key.type as string) === 'PrivateName') return `#${(key as unknown as { id: { name: string } }).id.name}`
  return writtenName(key, computed)
}

function staticEnvironment(run: Interpreter, made: ClassValue): Environment {
  const inner = new Environment(made.environment, true, run.level)
  inner.declare('this', made)
  inner.declare('%home', made)
  return inner
}

function addMethod(run: Interpreter, made: ClassValue, part: ESTree.MethodDefinition): void {
  const key = part.key as SyntaxNode
  const name = fieldName(key, part.computed === true) ?? run.keyOf(run.evaluate(key, made.environment, made.module))
  const node = part.value as unknown as FunctionNode | null
  if (name === undefined || node === null || !node.body) return
  const method: FunctionValue = {
    kind: 'function',
    node,
    environment: made.environment,
    module: made.module,
    home: made,
    properties: new Map<string, Value>(),
  }
  run.remember(method)
  run.names.set(node, name)
  if (part.kind === 'constructor') made.construct = method
  else if (part.kind === 'get') (part.static ? made.statics : made.methods).set(name, { kind: 'getter', get: method })
  else if (part.kind !== 'set') (part.static ? made.statics : made.methods).set(name, method)
}
