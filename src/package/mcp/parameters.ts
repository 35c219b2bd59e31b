import { maxMcpParameters, maxMcpTextCharacters } from '../../limits.js'
import { siteOf } from './declared.js'
import type { Interpreter } from './interpret/interpreter.js'
import { entriesOf, itemsOf } from './interpret/members.js'
import { isNothing, known, type SchemaValue, type Site, textOf, type Value } from './interpret/value.js'
import type { McpParameter, PlaceIn } from './mcp-facts.js'

/** Objects within objects whose properties are told: a schema may hold itself. */
const maxNesting = 4

export interface ReadParameters {
  readonly parameters: readonly McpParameter[]
  /** There may be more than these. */
  readonly open: boolean
}

interface Property {
  readonly type?: string | undefined
  readonly description?: Value | undefined
  readonly required: boolean
  /** What lies within: of a list's items with `[]`. */
  readonly within?: { readonly value: Value; readonly suffix: string } | undefined
}

/** The parameters of a schema of any kind; those of objects within are named `outer.inner`, of lists' items `outer[].inner`. */
export function readParameters(run: Interpreter, schema: Value | undefined, site: Site): ReadParameters {
  const found = new Map<string, McpParameter>()
  let open = false
  const visit = (value: Value, prefix: string, depth: number): void => {
    if (depth > maxNesting) return
    for (const one of known(value)) {
      const read = propertiesOf(run, one)
      if (depth === 0) open ||= read.open
      for (const [name, property] of read.properties) {
        if (found.size >= maxMcpParameters) return
        const told = readProperty(run, property, read.required?.has(name))
        const path = `${prefix}${name}`
        if (!found.has(path)) found.set(path, toParameter(path, told, siteOf(property) ?? site))
        if (told.within !== undefined) visit(told.within.value, `${path}${told.within.suffix}.`, depth + 1)
      }
    }
  }
  if (schema !== undefined && !isNothing(schema)) visit(schema, '', 0)
  return { parameters: [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), open }
}

export const placeOf = ({ module, offset }: Site): PlaceIn => ({ file: module.path, ...module.source.placeAt(offset) })

/** The text; of several possible ones all, one below the other: each may be what a model sees. */
export function readText(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined
  const texts = known(value).flatMap((one) =>
    one.kind === 'constant' && typeof one.value === 'string' ? [one.value] : [],
  )
  return texts.length === 0 ? undefined : [...new Set(texts)].join('\n').slice(0, maxMcpTextCharacters)
}

function toParameter(name: string, { type, description, required }: Property, site: Site): McpParameter {
  const text = readText(description)
  return {
    name,
    ...(type === undefined || type === '' ? {} : { type }),
    ...(text === undefined ? {} : { description: text }),
    required,
    at: placeOf(site),
  }
}

interface Properties {
  readonly properties: readonly (readonly [string, Value])[]
  /** Of a JSON schema; schemas of zod know it themselves. */
  readonly required?: ReadonlySet<string>
  readonly open: boolean
}

const none: Properties = { properties: [], open: false }

function propertiesOf(run: Interpreter, schema: Value): Properties {
  if (schema.kind === 'schema') {
    const parts = (schema.parts ?? []).flatMap(known).map((part) => propertiesOf(run, part))
    const own = schema.properties === undefined ? none : opened(run, schema.properties)
    return joinedProperties([own, ...parts])
  }
  if (schema.kind !== 'object') return schema.kind === 'constant' ? none : { properties: [], open: true }
  return isJsonSchema(run, schema) ? ofJsonSchema(run, schema) : opened(run, schema)
}

function joinedProperties(all: readonly Properties[]): Properties {
  const required = all.flatMap((one) => (one.required === undefined ? [] : [...one.required]))
  return {
    properties: all.flatMap(({ properties }) => properties),
    ...(all.some((one) => one.required !== undefined) && { required: new Set(required) }),
    open: all.some(({ open }) => open),
  }
}

function opened(run: Interpreter, value: Value): Properties {
  const { entries, open } = entriesOf(run, value)
  return { properties: entries.filter(([, item]) => !isNothing(item)), open }
}

function isJsonSchema(run: Interpreter, schema: Value): boolean {
  const type = run.read(schema, 'type')
  // A shape's own parameter named `type` is a schema, never a word.
  if (known(type).some((one) => textOf(one) !== undefined)) return true
  const properties = run.read(schema, 'properties')
  return (
    properties.kind === 'object' ||
    ['anyOf', 'oneOf', 'allOf', '$schema'].some((key) => !isNothing(run.read(schema, key)))
  )
}

function ofJsonSchema(run: Interpreter, schema: Value): Properties {
  const listed = run.read(schema, 'required')
  const names = known(listed).flatMap((one) => itemsOf(run, one).items.map((item) => textOf(item) ?? ''))
  const properties = run.read(schema, 'properties')
  const own = isNothing(properties) ? none : opened(run, properties)
  const parts = ['allOf', 'anyOf', 'oneOf']
    .map((key) => run.read(schema, key))
    .flatMap((value) => (isNothing(value) ? [] : itemsOf(run, value).items))
    .map((part) => propertiesOf(run, part))
  const all = joinedProperties([own, ...parts])
  return { ...all, required: new Set([...names, ...(all.required ?? [])]) }
}

function readProperty(run: Interpreter, property: Value, isRequired: boolean | undefined): Property {
  const [value] = known(property)
  if (value?.kind === 'schema') return ofSchema(value, isRequired)
  if (value?.kind !== 'object') return { required: isRequired ?? true }
  const type = run.read(value, 'type')
  const description = run.read(value, 'description')
  // mcp-framework's `{ type: z.string(), description }`.
  const [inner] = known(type)
  if (inner?.kind === 'schema')
    return {
      ...ofSchema(inner, isRequired),
      description: isNothing(description) ? inner.description : description,
    }
  const items = run.read(value, 'items')
  const isList = !isNothing(items)
  return {
    type: jsonType(run, value, type),
    description: isNothing(description) ? undefined : description,
    required:
      isRequired ?? known(run.read(value, 'required')).some((one) => one.kind === 'constant' && one.value === true),
    within: isList ? { value: items, suffix: '[]' } : isJsonSchema(run, value) ? { value, suffix: '' } : undefined,
  }
}

function jsonType(run: Interpreter, value: Value, type: Value): string | undefined {
  const names = known(type).flatMap((one) => (one.kind === 'list' ? one.items.map(textOf) : [textOf(one)]))
  const told = names.filter((name) => name !== undefined)
  if (told.length > 0) return [...new Set(told)].join(' | ')
  for (const key of ['anyOf', 'oneOf']) {
    const parts = run.read(value, key)
    if (isNothing(parts)) continue
    const types = itemsOf(run, parts).items.map((part) =>
      part.kind === 'object' ? jsonType(run, part, run.read(part, 'type')) : undefined,
    )
    return [...new Set(types.filter((one) => one !== undefined))].join(' | ')
  }
  return undefined
}

function ofSchema(schema: SchemaValue, isRequired: boolean | undefined): Property {
  const isList = schema.type === 'array' && schema.items !== undefined
  const isObject = schema.properties !== undefined || (schema.parts ?? []).length > 0
  return {
    type: typeOf(schema, 0),
    description: schema.description,
    required: isRequired ?? !schema.optional,
    within:
      isList && schema.items !== undefined
        ? { value: schema.items, suffix: '[]' }
        : isObject
          ? { value: schema, suffix: '' }
          : undefined,
  }
}

function typeOf(schema: SchemaValue, depth: number): string | undefined {
  if (schema.parts === undefined || depth > maxNesting) return schema.type
  const types = schema.parts
    .flatMap(known)
    .map((part) => (part.kind === 'schema' ? typeOf(part, depth + 1) : undefined))
  return [...new Set(types.filter((one) => one !== undefined && one !== ''))].join(' | ')
}
