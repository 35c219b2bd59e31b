import { callSchemaMethod } from '../schema-methods.js'
import type { Interpreter } from './interpreter.js'
import { callListMethod } from './list-methods.js'
import { itemsOf, pair } from './members.js'
import { callTextMethod } from './text-methods.js'
import {
  constant,
  either,
  type FunctionValue,
  isCallable,
  nothing,
  type ObjectValue,
  type Site,
  unknown,
  type Value,
} from './value.js'

/** The method of a value that the language itself has; undefined where it has none of that name. */
export function callBuiltIn(
  run: Interpreter,
  of: Value,
  name: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  if (name === 'then' || name === 'catch' || name === 'finally') return afterPromise(run, of, name, args, site)
  switch (of.kind) {
    case 'list':
      return callListMethod(run, of, name, args, site)
    case 'constant':
      if (typeof of.value === 'string') return callTextMethod(run, of, name, args, site)
      return name === 'toString' ? constant(String(of.value), of.at, of.whole) : undefined
    case 'collection':
      return callCollection(run, of, name, args, site)
    case 'schema':
      return callSchemaMethod(run, of, name, args, site)
    case 'function':
    case 'native':
      return callFunction(run, of, name, args, site)
    case 'object':
      return callObject(of, name, args)
    case 'reference':
      return name === 'call' || name === 'apply' || name === 'bind'
        ? callFunction(run, of, name, args, site)
        : undefined
    default:
      return undefined
  }
}

/** A promise is taken for what it will give. */
function afterPromise(
  run: Interpreter,
  of: Value,
  name: string,
  [callback]: readonly Value[],
  site: Site,
): Value | undefined {
  if (callback === undefined || !isCallable(callback)) return undefined
  if (of.kind === 'object' && of.properties.has(name)) return undefined
  if (name === 'then') return run.call(callback, nothing, [of], site)
  run.perhaps(() => run.call(callback, nothing, [], site))
  return of
}

function callFunction(
  run: Interpreter,
  of: Value,
  name: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [self = nothing, ...rest] = args
  if (name === 'call') {
    return of.kind === 'reference' && of.key.includes('prototype.')
      ? borrowed(run, of.key, self, rest, site)
      : run.call(of, self, rest, site)
  }
  if (name === 'apply') {
    const given = [...itemsOf(run, rest[0] ?? nothing).items]
    return of.kind === 'reference' && of.key.includes('prototype.')
      ? borrowed(run, of.key, self, given, site)
      : run.call(of, self, given, site)
  }
  if (name !== 'bind') return undefined
  if (of.kind !== 'function') return of
  const bound: FunctionValue = { ...of, self: of.self ?? self, bound: [...(of.bound ?? []), ...rest] }
  return bound
}

/** `Object.prototype.hasOwnProperty.call(x, 'a')`. */
function borrowed(run: Interpreter, key: string, self: Value, args: readonly Value[], site: Site): Value {
  return run.callMember(self, key.slice(key.lastIndexOf('.') + 1), args, site)
}

function callObject(of: ObjectValue, name: string, [key]: readonly Value[]): Value | undefined {
  if (of.properties.has(name)) return undefined
  if (name === 'hasOwnProperty' || name === 'propertyIsEnumerable') {
    if (key?.kind !== 'constant' || !key.whole) return unknown
    return of.properties.has(String(key.value)) ? constant(true) : of.open ? unknown : constant(false)
  }
  return undefined
}

type Collection = Extract<Value, { kind: 'collection' }>

export const sameKey = (one: Value, other: Value): boolean | undefined => {
  if (one === other) return true
  if (one.kind === 'constant' && other.kind === 'constant' && one.whole && other.whole) return one.value === other.value
  return one.kind === 'constant' && other.kind === 'constant'
    ? undefined
    : one.kind === 'unknown' || other.kind === 'unknown'
      ? undefined
      : false
}

function callCollection(
  run: Interpreter,
  of: Collection,
  name: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [key = nothing, value = nothing] = args
  const listOf = (items: readonly Value[]): Value => ({
    kind: 'list',
    items: [...items],
    open: of.open,
    level: run.level,
  })
  switch (name) {
    case 'set':
    case 'add':
      put(of, key, name === 'set' ? value : key)
      return of
    case 'get':
      return getFrom(of, key)
    case 'has': {
      const found = of.entries.map(([one]) => sameKey(one, key))
      return found.includes(true) ? constant(true) : of.open || found.includes(undefined) ? unknown : constant(false)
    }
    case 'delete':
    case 'clear':
      return unknown
    case 'values':
      return listOf(of.entries.map(([, one]) => one))
    case 'keys':
      return listOf(of.entries.map(([one]) => one))
    case 'entries':
      return listOf(of.entries.map(([one, other]) => pair(run, one, other)))
    case 'forEach':
      for (const [one, other] of [...of.entries]) run.call(key, nothing, [other, one, of], site)
      return nothing
    default:
      return undefined
  }
}

function put(of: Collection, key: Value, value: Value): void {
  const at = of.entries.findIndex(([one]) => sameKey(one, key) === true)
  if (at !== -1) of.entries[at] = [key, value]
  else if (of.entries.length < 5_000) of.entries.push([key, value])
}

function getFrom(of: Collection, key: Value): Value {
  const exact = of.entries.find(([one]) => sameKey(one, key) === true)
  if (exact !== undefined) return exact[1]
  const possible = of.entries.filter(([one]) => sameKey(one, key) === undefined).map(([, value]) => value)
  if (possible.length > 0 && possible.length <= 4) return either([...possible, unknown])
  return of.open || possible.length > 0 ? unknown : nothing
}
