import { maxFoldedItems } from '../../../limits.js'
import type { Interpreter } from './interpreter.js'
import { joined } from './patterns.js'
import {
  type ClassValue,
  constant,
  either,
  type FunctionValue,
  type Getter,
  isNothing,
  nothing,
  type ObjectValue,
  optionsOf,
  reference,
  type SchemaValue,
  unknown,
  type Value,
} from './value.js'

/** What a property of a value stands for. */
export function readMember(run: Interpreter, of: Value, name: string): Value {
  switch (of.kind) {
    case 'object':
      return got(run, propertyOf(of, name), of) ?? (of.open ? unknown : nothing)
    case 'class':
      return name === 'prototype'
        ? prototypeOf(of.statics, of)
        : (got(run, staticOf(of, name), of) ?? inherited(of, name))
    case 'function':
      if (name === 'prototype') return prototypeOf(of.properties, of)
      return got(run, of.properties.get(name), of) ?? nothing
    case 'list':
      return listMember(of, name)
    case 'collection':
      return name === 'size' && !of.open ? constant(of.entries.length) : unknown
    case 'constant':
      return constantMember(of.value, name, of.whole)
    case 'namespace':
      return run.loader.exported(run, of.module, name) ?? nothing
    case 'reference':
      // Libraries are compiled by what says so; whether a module has a default export is asked of it.
      if (name === '__esModule') return constant(true)
      if (of.key === ':globalThis') return run.globals.get(name) ?? reference(`:${name}`)
      return reference(of.key.endsWith(':') ? of.key + name : `${of.key}.${name}`)
    case 'schema':
      return schemaMember(run, of, name)
    case 'either':
      return either(readable(of.options).map((option) => readMember(run, option, name)))
    default:
      return unknown
  }
}

function readable(options: readonly Value[]): readonly Value[] {
  const some = options.filter((option) => !isNothing(option) && option.kind !== 'unknown')
  return some.length > 0 ? some : options.slice(0, 1)
}

function got(run: Interpreter, property: Value | Getter | undefined, self: Value): Value | undefined {
  if (property?.kind !== 'getter') return property
  return property.get.kind === 'native'
    ? property.get.call([], { module: run.loader.anywhere, offset: 0 })
    : run.enter(property.get, self, [])
}

/** Of an object, or of what it was made from. */
export function propertyOf(of: ObjectValue, name: string): Value | Getter | undefined {
  const own = of.properties.get(name)
  if (own !== undefined) return own
  const { from } = of
  if (from === undefined) return undefined
  if (from.kind === 'object') return propertyOf(from, name)
  if (from.kind === 'reference') return reference(`${from.key}.${name}`)
  if (from.kind === 'function') return name === 'constructor' ? from : ofPrototype(from.properties, name)
  return name === 'constructor' ? from : methodOf(from, name)
}

export function methodOf(made: ClassValue, name: string): Value | Getter | undefined {
  let at: Value | undefined = made
  for (let depth = 0; at !== undefined && depth < 30; depth++) {
    if (at.kind === 'reference') return reference(`${at.key}().${name}`)
    if (at.kind === 'function') return ofPrototype(at.properties, name)
    if (at.kind !== 'class') return undefined
    const own = at.methods.get(name) ?? ofPrototype(at.statics, name)
    if (own !== undefined) return own
    at = at.parent
  }
  return undefined
}

function ofPrototype(statics: ReadonlyMap<string, Value | Getter>, name: string): Value | Getter | undefined {
  const prototype = statics.get('prototype')
  if (prototype?.kind !== 'object') return undefined
  const own = prototype.properties.get(name)
  if (own !== undefined) return own
  return prototype.from?.kind === 'object' ? propertyOf(prototype.from, name) : undefined
}

function staticOf(made: ClassValue, name: string): Value | Getter | undefined {
  let at: Value | undefined = made
  for (let depth = 0; at?.kind === 'class' && depth < 30; depth++) {
    const own = at.statics.get(name)
    if (own !== undefined) return own
    at = at.parent
  }
  return undefined
}

function inherited(made: ClassValue, name: string): Value {
  let at: Value | undefined = made
  for (let depth = 0; at?.kind === 'class' && depth < 30; depth++) at = at.parent
  return at?.kind === 'reference' ? reference(`${at.key}.${name}`) : nothing
}

function prototypeOf(statics: Map<string, Value | Getter>, of: ClassValue | FunctionValue): Value {
  const known = statics.get('prototype')
  if (known !== undefined && known.kind !== 'getter') return known
  const made: ObjectValue = {
    kind: 'object',
    properties: new Map(),
    open: false,
    from: of.kind === 'class' ? of : undefined,
    level: 0,
  }
  statics.set('prototype', made)
  return made
}

/** Of a schema, and of the JSON schema that is made of it. */
function schemaMember(run: Interpreter, of: SchemaValue, name: string): Value {
  switch (name) {
    case 'shape':
    case 'properties':
      return of.properties ?? unknown
    case 'element':
    case 'items':
      return of.items ?? unknown
    case 'type':
      return of.type === '' ? unknown : constant(of.type)
    case 'description':
      return of.description ?? nothing
    case 'required': {
      const { entries, open } =
        of.properties === undefined ? { entries: [], open: true } : entriesOf(run, of.properties)
      const names = entries
        .filter(([, value]) => value.kind !== 'schema' || !value.optional)
        .map(([key]) => constant(key))
      return { kind: 'list', items: names, open, level: run.level }
    }
    default:
      return unknown
  }
}

function listMember(of: Extract<Value, { kind: 'list' }>, name: string): Value {
  if (name === 'length') return of.open ? unknown : constant(of.items.length)
  if (/^\d{1,9}$/.test(name)) return of.items[Number(name)] ?? (of.open ? unknown : nothing)
  return name === 'raw' ? of : nothing
}

function constantMember(value: unknown, name: string, whole: boolean): Value {
  if (typeof value !== 'string' || !whole) return value === undefined || value === null ? nothing : unknown
  if (name === 'length') return constant(value.length)
  return /^\d{1,9}$/.test(name) ? constant(value[Number(name)]) : nothing
}

/** `name` is absent where it is not known. */
export function writeMember(run: Interpreter, to: Value, name: string | undefined, value: Value): void {
  for (const target of optionsOf(to)) {
    if (target.kind === 'object') {
      if (name === undefined) target.open = true
      else writeProperty(run, target, name, value)
    } else if (target.kind === 'list') writeItem(target, name, value)
    else if (target.kind === 'function' && name !== undefined) target.properties.set(name, value)
    else if (target.kind === 'class' && name !== undefined) target.statics.set(name, value)
    // A listener: somebody will call it.
    else if (target.kind === 'unknown') run.offer(value)
    else if (target.kind === 'reference' && target.key !== ':globalThis') {
      run.offer(value)
      if (name !== undefined) run.watcher.written(target.key, name, value)
    } else if (target.kind === 'reference' && target.key === ':globalThis' && name !== undefined)
      run.globals.set(name, value)
  }
}

function writeProperty(run: Interpreter, target: ObjectValue, name: string, value: Value): void {
  const before = target.properties.get(name)
  const isSure = run.level <= target.level || before === undefined || before.kind === 'getter'
  target.properties.set(name, isSure ? value : joined(before, value))
}

function writeItem(target: Extract<Value, { kind: 'list' }>, name: string | undefined, value: Value): void {
  if (name === 'length') {
    if (value.kind === 'constant' && value.value === 0) target.items.length = 0
    return
  }
  const at = name === undefined ? Number.NaN : Number(name)
  if (!Number.isInteger(at) || at < 0 || at > Math.min(target.items.length, maxFoldedItems)) target.open = true
  else target.items[at] = value
}

export interface Items {
  readonly items: readonly Value[]
  readonly open: boolean
}

/** What a loop over a value meets. */
export function itemsOf(run: Interpreter, value: Value): Items {
  switch (value.kind) {
    case 'list':
      return value
    case 'collection':
      return {
        items: value.entries.map(([key, item]) => (value.isMap ? pair(run, key, item) : key)),
        open: value.open,
      }
    case 'constant':
      if (typeof value.value === 'string' && value.whole)
        return { items: [...value.value].map((one) => constant(one)), open: false }
      return { items: [], open: !isNothing(value) }
    case 'either': {
      const all = readable(value.options).map((option) => itemsOf(run, option))
      const isEmpty =
        all.every(({ items }) => items.length === 0) && value.options.some(({ kind }) => kind === 'unknown')
      return { items: all.flatMap(({ items }) => items), open: isEmpty || all.some(({ open }) => open) }
    }
    default:
      return { items: [], open: true }
  }
}

export const pair = (run: Interpreter, key: Value, item: Value): Value => ({
  kind: 'list',
  items: [key, item],
  open: false,
  level: run.level,
})

/** Names and values of an object's own properties, getters called. */
export function entriesOf(
  run: Interpreter,
  value: Value,
): { readonly entries: readonly (readonly [string, Value])[]; readonly open: boolean } {
  switch (value.kind) {
    case 'object':
      return {
        // What compilers mark modules with is not listed.
        entries: [...value.properties]
          .filter(([name]) => name !== '__esModule')
          .map(([name, property]) => [name, got(run, property, value) ?? unknown] as const),
        open: value.open || value.from?.kind === 'reference',
      }
    case 'function':
      return {
        entries: [...value.properties].map(([name, property]) => [name, got(run, property, value) ?? unknown] as const),
        open: false,
      }
    case 'class':
      return {
        entries: [...value.statics].map(([name, property]) => [name, got(run, property, value) ?? unknown] as const),
        open: false,
      }
    case 'list':
      return { entries: value.items.map((item, at) => [String(at), item] as const), open: value.open }
    case 'namespace':
      return {
        entries: run.loader
          .exportNames(run, value.module)
          .map((name) => [name, run.loader.exported(run, value.module, name) ?? unknown] as const),
        open: false,
      }
    case 'either': {
      const all = readable(value.options).map((option) => entriesOf(run, option))
      return { entries: all.flatMap(({ entries }) => entries), open: all.some(({ open }) => open) }
    }
    default:
      return { entries: [], open: !isNothing(value) }
  }
}

/** `{...value}` into an object. */
export function spreadInto(run: Interpreter, target: ObjectValue, value: Value): void {
  if (value.kind === 'constant') return
  // `...(flag && { a })` and `...(flag ? { a } : {})`: it may be there.
  const { entries, open } = entriesOf(run, value)
  for (const [name, item] of entries) {
    const before = target.properties.get(name)
    const isOne = value.kind !== 'either'
    target.properties.set(name, isOne || before === undefined || before.kind === 'getter' ? item : joined(before, item))
  }
  if (open) target.open = true
}
