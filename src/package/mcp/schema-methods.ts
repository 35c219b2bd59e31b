import type { Interpreter } from './interpret/interpreter.js'
import { entriesOf, itemsOf } from './interpret/members.js'
import {
  known,
  nothing,
  type ObjectValue,
  type SchemaValue,
  type Site,
  textOf,
  unknown,
  type Value,
} from './interpret/value.js'

const optional: ReadonlySet<string> = new Set([
  'optional',
  'nullish',
  'exactOptional',
  'default',
  'prefault',
  'catch',
  'Optional',
])

/** What a method of a schema gives: most give the schema again. */
export function callSchemaMethod(
  run: Interpreter,
  of: SchemaValue,
  name: string,
  args: readonly Value[],
  site: Site,
): Value {
  const [first = nothing] = args
  if (name === 'nullish') return { ...orNull(of), optional: true }
  if (optional.has(name)) return { ...of, optional: true }
  switch (name) {
    case 'nullable':
      return orNull(of)
    case 'describe':
      return { ...of, description: first }
    case 'meta':
    case 'openapi':
      return first.kind === 'object' && first.properties.has('description')
        ? { ...of, description: run.read(first, 'description') }
        : of
    case 'int':
      return { ...of, type: 'integer' }
    case 'array':
      return { kind: 'schema', type: 'array', items: of, optional: false, at: site }
    case 'extend':
    case 'augment':
    case 'safeExtend':
    case 'merge':
      return { ...of, properties: merged(run, of.properties, first.kind === 'schema' ? first.properties : first) }
    case 'pick':
    case 'omit':
      return { ...of, properties: chosen(run, of.properties, first, name === 'pick') }
    case 'partial':
    case 'deepPartial':
    case 'required':
      return { ...of, properties: withOptional(run, of.properties, first, name !== 'required') }
    case 'or':
    case 'and':
      return { kind: 'schema', type: '', parts: [of, first], optional: false, at: site, description: of.description }
    case 'pipe':
      return of
    case 'unwrap':
    case 'removeDefault':
      return { ...of, optional: false }
    case 'parse':
    case 'safeParse':
    case 'parseAsync':
    case 'safeParseAsync':
    case '_parse':
      return unknown
    default:
      return of
  }
}

const orNull = (of: SchemaValue): SchemaValue => (of.type === '' ? of : { ...of, type: `${of.type} | null` })

function copyOf(run: Interpreter, of: Value | undefined): ObjectValue {
  const made: ObjectValue = { kind: 'object', properties: new Map(), open: false, level: run.level }
  if (of === undefined) return made
  const { entries, open } = entriesOf(run, of)
  for (const [name, value] of entries) made.properties.set(name, value)
  made.open = open
  return made
}

function merged(run: Interpreter, one: Value | undefined, other: Value | undefined): Value {
  const made = copyOf(run, one)
  const more = copyOf(run, other)
  for (const [name, value] of more.properties) made.properties.set(name, value)
  made.open ||= more.open
  return made
}

function chosen(run: Interpreter, of: Value | undefined, mask: Value, isPick: boolean): Value {
  const made = copyOf(run, of)
  const named = new Set(
    mask.kind === 'list'
      ? mask.items.map((item) => textOf(item) ?? '')
      : entriesOf(run, mask).entries.map(([name]) => name),
  )
  for (const name of [...made.properties.keys()]) if (named.has(name) !== isPick) made.properties.delete(name)
  return made
}

function withOptional(run: Interpreter, of: Value | undefined, mask: Value, isOptional: boolean): Value {
  const made = copyOf(run, of)
  const named = mask.kind === 'object' ? mask.properties : undefined
  for (const [name, value] of made.properties) {
    if (value.kind === 'schema' && (named === undefined || named.has(name)))
      made.properties.set(name, { ...value, optional: isOptional })
  }
  return made
}

const plainTypes: ReadonlyMap<string, string> = new Map([
  ...[
    'string',
    'email',
    'url',
    'uuid',
    'guid',
    'httpUrl',
    'ipv4',
    'ipv6',
    'base64',
    'date',
    'iso',
    'enum',
    'nativeenum',
    'templateliteral',
    'datetime',
    'cuid',
    'ulid',
    'stringbool',
    'regexp',
  ].map((name) => [name.toLowerCase(), 'string'] as const),
  ['number', 'number'],
  ['float32', 'number'],
  ['float64', 'number'],
  ['nan', 'number'],
  ['int', 'integer'],
  ['int32', 'integer'],
  ['integer', 'integer'],
  ['bigint', 'integer'],
  ['boolean', 'boolean'],
  ['null', 'null'],
  ['any', ''],
  ['unknown', ''],
  ['undefined', ''],
  ['never', ''],
  ['void', ''],
  ['custom', ''],
  ['instanceof', ''],
  ['json', ''],
  ['record', 'object'],
  ['map', 'object'],
  ['partialrecord', 'object'],
])

const objects: ReadonlySet<string> = new Set(['object', 'strictobject', 'looseobject', 'interface'])
const wrappers: ReadonlySet<string> = new Set([
  'optional',
  'nullish',
  'nullable',
  'default',
  'prefault',
  'catch',
  'readonly',
  'nonoptional',
  'lazy',
  'effects',
  'preprocess',
  'transformer',
  'transform',
  'pipe',
  'pipeline',
  'branded',
  'promise',
  'partial',
])

/** What `z.name(args)` makes; undefined where no schema has that name. */
export function makeSchema(run: Interpreter, called: string, args: readonly Value[], site: Site): Value | undefined {
  const name = called.replace(/^_+/, '').toLowerCase()
  const description = descriptionIn(run, args)
  const plain = { kind: 'schema', optional: false, at: site, description } as const
  const type = plainTypes.get(name)
  if (type !== undefined) return { ...plain, type }
  if (objects.has(name)) {
    const shape = args.find((arg) => arg.kind === 'object' || arg.kind === 'either' || arg.kind === 'function')
    const properties = shape?.kind === 'function' ? run.call(shape, nothing, [], site) : shape
    return {
      ...plain,
      type: 'object',
      properties: properties ?? { kind: 'object', properties: new Map(), open: args.length > 0, level: 0 },
    }
  }
  // valibot's `pipe(string(), description('…'))`.
  if (name === 'description') return { ...plain, type: '', description: args[0] }
  if (name === 'array' || name === 'set') return { ...plain, type: 'array', items: schemaAmong(run, args, site) }
  if (name === 'tuple') return { ...plain, type: 'array' }
  if (name === 'literal' || name === 'const')
    return { ...plain, type: typeOfLiteral(args), literal: args.find(({ kind }) => kind === 'constant') ?? args[0] }
  if (
    name === 'union' ||
    name === 'discriminatedunion' ||
    name === 'intersection' ||
    name === 'xor' ||
    name === 'composite'
  ) {
    const listed = args.find((arg) => arg.kind === 'list')
    const parts = listed === undefined ? args.filter(({ kind }) => kind === 'schema') : itemsOf(run, listed).items
    return { ...plain, type: '', parts }
  }
  if (!wrappers.has(name)) return undefined
  const inner = schemaAmong(run, args, site)
  const given =
    description ??
    args
      .flatMap((arg) => (arg.kind === 'schema' && arg !== inner ? [arg.description] : []))
      .find((one) => one !== undefined)
  if (inner?.kind !== 'schema') return { ...plain, type: '', optional: optional.has(name) }
  return { ...inner, optional: inner.optional || optional.has(name), description: given ?? inner.description }
}

function typeOfLiteral(args: readonly Value[]): string {
  const value = args.find((arg) => arg.kind === 'constant')
  return value?.kind === 'constant' && typeof value.value !== 'object' && value.value !== undefined
    ? typeof value.value
    : ''
}

function schemaAmong(run: Interpreter, args: readonly Value[], site: Site): Value | undefined {
  for (const arg of args) {
    const schema = known(arg).find(({ kind }) => kind === 'schema')
    if (schema !== undefined) return schema
  }
  // `lazy` and `preprocess` take functions.
  for (const arg of args) {
    const given = arg.kind === 'function' ? run.call(arg, nothing, [], site) : undefined
    if (given?.kind === 'schema') return given
  }
  return undefined
}

function descriptionIn(run: Interpreter, args: readonly Value[]): Value | undefined {
  for (const arg of args) {
    const own = arg.kind === 'object' ? arg.properties.get('description') : undefined
    if (own !== undefined && own.kind === 'constant') return run.read(arg, 'description')
  }
  return undefined
}

const schemaLibraries =
  /^(?:zod|@zod\/|zod\/|@sinclair\/typebox|typebox|valibot|@hono\/zod|joi$|yup$|@modelcontextprotocol\/[^:]*zod)/

/** `zod:z.coerce.number` makes a number; undefined for what is no function of a library of schemas. */
export function schemaMaker(key: string): string | undefined {
  const colon = key.indexOf(':')
  if (colon < 1 || !schemaLibraries.test(key.slice(0, colon)) || key.includes('()')) return undefined
  return key.slice(Math.max(colon, key.lastIndexOf('.')) + 1)
}

const bare: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'any'])

/** `x.object({ a: … })` and `x.describe('…')` of something unknown: in a bundle the library of schemas has any name. */
export function schemaByShape(run: Interpreter, name: string, args: readonly Value[], site: Site): Value | undefined {
  const [first] = args
  const isPlain = args.length === 0 || (args.length === 1 && first?.kind === 'object')
  if (bare.has(name)) return isPlain ? makeSchema(run, name, args, site) : undefined
  if (name === 'describe' && args.length === 1 && isText(first)) {
    return { kind: 'schema', type: '', description: first, optional: false, at: site }
  }
  if (name === 'enum') return first?.kind === 'list' ? makeSchema(run, name, args, site) : undefined
  if (name === 'array' || name === 'optional' || name === 'record') {
    return args.some(({ kind }) => kind === 'schema') ? makeSchema(run, name, args, site) : undefined
  }
  if (name !== 'object' || first?.kind !== 'object') return undefined
  const values = [...first.properties.values()]
  return values.length > 0 && values.every(({ kind }) => kind === 'schema')
    ? makeSchema(run, name, args, site)
    : undefined
}

export const isText = (value: Value | undefined): boolean =>
  value !== undefined && known(value).some((one) => one.kind === 'constant' && typeof one.value === 'string')
