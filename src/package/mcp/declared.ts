import type { Interpreter } from './interpret/interpreter.js'
import { entriesOf, spreadInto } from './interpret/members.js'
import {
  constant,
  isCallable,
  isNothing,
  known,
  type ObjectValue,
  optionsOf,
  type Site,
  unknown,
  type Value,
} from './interpret/value.js'
import { isText } from './schema-methods.js'

export type Offered = 'tool' | 'prompt' | 'resource'

/** Something that a server says it has, as far as it is known. */
export interface Declared {
  readonly what: Offered
  readonly name: Value
  readonly title?: Value | undefined
  readonly description?: Value | undefined
  readonly schema?: Value | undefined
  readonly annotations?: Value | undefined
  readonly handlers: readonly Value[]
  readonly site: Site
}

const schemaKeys = [
  'inputSchema',
  'input_schema',
  'parameters',
  'paramsSchema',
  'argsSchema',
  'schema',
  'input',
  'inputs',
  'args',
  'arguments',
  'params',
] as const
const handlerKeys = [
  'handler',
  'execute',
  'run',
  'callback',
  'cb',
  'handle',
  'invoke',
  'call',
  'load',
  'toolCallback',
  'func',
  'fn',
  'action',
  'process',
  'executor',
] as const

export const siteOf = (value: Value | undefined): Site | undefined => {
  if (value === undefined) return undefined
  for (const one of known(value))
    if ((one.kind === 'constant' || one.kind === 'object' || one.kind === 'schema') && one.at !== undefined)
      return one.at
  return undefined
}

/** A factory that only gives back what it is given: `defineTool({ name, … })`. */
export function toolLike(run: Interpreter, args: readonly Value[]): Value | undefined {
  const [first, second] = args
  if (first?.kind !== 'object' || !first.properties.has('description')) return undefined
  const { properties } = first
  if (second?.kind === 'function') {
    const made: ObjectValue = { ...first, properties: new Map() }
    spreadInto(run, made, first)
    made.properties.set('handler', second)
    return made
  }
  return [...schemaKeys, ...handlerKeys].some((key) => properties.has(key)) ? first : undefined
}

/** `{ search: { description, parameters } }`: the key is the name where there is no other. */
export function toolsByName(run: Interpreter, tools: ObjectValue): readonly Declared[] {
  return entriesOf(run, tools).entries.flatMap(([key, value]) => {
    const [tool] = known(value)
    if (tool?.kind !== 'object') return []
    const config = fromConfig(run, tool)
    const parts = [isText(config.description), config.schema !== undefined, config.handlers.length > 0]
    if (parts.filter((part) => part).length < 2) return []
    const own = [run.read(tool, 'name'), run.read(tool, 'id')].find(isText)
    const site = tool.at ?? { module: run.loader.anywhere, offset: 0 }
    return [{ what: 'tool', ...config, name: own ?? constant(key, site), site } satisfies Declared]
  })
}

/** What follows the name: description, schema, annotations, handler, in the SDK's order. */
export function fromArguments(
  run: Interpreter,
  what: Offered,
  rest: readonly Value[],
): Omit<Declared, 'what' | 'name' | 'site'> {
  const handlers = rest.flatMap(optionsOf).filter(isCallable)
  const others = rest.filter((one) => !optionsOf(one).some(isCallable))
  let description: Value | undefined
  let schema: Value | undefined
  let annotations: Value | undefined
  for (const one of others) {
    const [first] = known(one)
    if (first === undefined || isNothing(first)) continue
    if (first.kind === 'constant') description ??= what === 'resource' ? undefined : one
    else if (first.kind === 'object' && isConfig(first)) {
      const config = fromConfig(run, one)
      return { ...config, handlers: [...config.handlers, ...handlers] }
    } else if (first.kind === 'object' && isAnnotations(first)) annotations = one
    else if (first.kind === 'object' || first.kind === 'schema') schema ??= one
    else if (first.kind === 'unknown' || first.kind === 'reference') {
      if (description === undefined && others[0] === one && rest.length > 2) description = one
      else schema ??= one
    }
  }
  return { description, schema, annotations, handlers }
}

/** `registerTool`'s second argument, unlike a shape, whose values are schemas. */
function isConfig(of: ObjectValue): boolean {
  for (const key of [
    'description',
    'inputSchema',
    'title',
    'argsSchema',
    'parameters',
    'annotations',
    '_meta',
    'mimeType',
    'outputSchema',
  ]) {
    const value = of.properties.get(key)
    if (value === undefined || value.kind === 'schema') continue
    if (key !== 'description' && key !== 'title') return true
    if (value.kind !== 'object' && value.kind !== 'list') return true
  }
  return false
}

const isAnnotations = (of: ObjectValue): boolean => [...of.properties.keys()].some((key) => /Hint$/.test(key))

function fromConfig(run: Interpreter, config: Value): Omit<Declared, 'what' | 'name' | 'site'> {
  const read = (name: string): Value | undefined => {
    const value = run.read(config, name)
    return isNothing(value) ? undefined : value
  }
  // What a class of another package may have is no better than what its own class says.
  const schemas = schemaKeys.map(read).filter((value) => value !== undefined)
  const schema = schemas.find((value) => value.kind !== 'reference') ?? schemas[0]
  return {
    title: read('title'),
    description: described(run, read('description')),
    schema,
    annotations: read('annotations'),
    handlers: handlerKeys
      .map(read)
      .flatMap((value) => (value === undefined ? [] : optionsOf(value).filter(isCallable))),
  }
}

/** Some libraries ask a function for the text. */
function described(run: Interpreter, value: Value | undefined): Value | undefined {
  if (value?.kind !== 'function') return value
  return run.perhaps(() => run.call(value, unknown, [unknown], { module: value.module, offset: 0 }))
}

/** A tool, prompt or resource from the object that describes it; undefined for what describes none. */
export function fromObject(
  run: Interpreter,
  what: Offered,
  value: Value,
  rest: readonly Value[],
  site: Site,
): Declared | undefined {
  if (value.kind !== 'object') return value.kind === 'unknown' ? { what, name: unknown, handlers: [], site } : undefined
  const own = nameIn(run, what, value)
  const inner = isNothing(own) ? innerOf(run, value) : undefined
  const at = inner ?? value
  const name = inner === undefined ? own : nameIn(run, what, inner)
  if (isNothing(name)) {
    return value.open ? { what, name: unknown, handlers: [], site: value.at ?? site } : undefined
  }
  const config = fromConfig(run, at)
  const outer = inner === undefined ? [] : fromConfig(run, value).handlers
  const handlers = [...config.handlers, ...outer, ...rest.flatMap(optionsOf).filter(isCallable)]
  return { what, ...config, name, handlers, site: siteOf(name) ?? at.at ?? site }
}

function nameIn(run: Interpreter, what: Offered, value: ObjectValue): Value {
  const name = run.read(value, 'name')
  if (!isNothing(name) || what !== 'resource') return name
  const uri = run.read(value, 'uri')
  return isNothing(uri) ? run.read(value, 'uriTemplate') : uri
}

/** `{ definition: { name, … }, handler }`. */
function innerOf(run: Interpreter, value: ObjectValue): ObjectValue | undefined {
  for (const key of [
    'definition',
    'tool',
    'schema',
    'toolDefinition',
    'def',
    'metadata',
    'config',
    'spec',
    'mcpTool',
    'toolSchema',
  ]) {
    const inner = run.read(value, key)
    if (inner.kind === 'object' && isText(run.read(inner, 'name'))) return inner
  }
  return undefined
}
