import { posix } from 'node:path'
import type { Interpreter } from './interpreter.js'
import { fromJson } from './json.js'
import { entriesOf, itemsOf, pair, spreadInto } from './members.js'
import {
  type CollectionValue,
  constant,
  isNothing,
  native,
  nothing,
  type ObjectValue,
  reference,
  type Site,
  textOf,
  toText,
  unknown,
  type Value,
} from './value.js'

type Call = (run: Interpreter, args: readonly Value[], site: Site) => Value | undefined

const list = (run: Interpreter, items: readonly Value[], open = false): Value => ({
  kind: 'list',
  items: [...items],
  open,
  level: run.level,
})

const emptyObject = (run: Interpreter, from?: Value): ObjectValue => ({
  kind: 'object',
  properties: new Map(),
  open: from?.kind === 'unknown',
  from: from?.kind === 'object' ? from : undefined,
  level: run.level,
})

const names: Call = (run, [of = nothing]) => {
  const { entries, open } = entriesOf(run, of)
  return list(
    run,
    entries.map(([name]) => constant(name)),
    open,
  )
}

const assign: Call = (run, [target = nothing, ...sources]) => {
  if (target.kind === 'object') for (const source of sources) spreadInto(run, target, source)
  else if (target.kind === 'function')
    for (const source of sources)
      for (const [name, value] of entriesOf(run, source).entries) target.properties.set(name, value)
  return target
}

const defineProperty: Call = (run, [target = nothing, key = nothing, descriptor = nothing]) => {
  const name = run.keyOf(key)
  if (name === undefined) {
    if (target.kind === 'object') target.open = true
    return target
  }
  const get = descriptor.kind === 'object' ? descriptor.properties.get('get') : undefined
  if (get !== undefined && get.kind !== 'getter' && (get.kind === 'function' || get.kind === 'native')) {
    if (target.kind === 'object') target.properties.set(name, { kind: 'getter', get })
    else if (target.kind === 'function') target.properties.set(name, { kind: 'getter', get })
    return target
  }
  const value = descriptor.kind === 'object' ? run.read(descriptor, 'value') : unknown
  // A function's own name is no property that anybody reads for what it holds.
  if (!(target.kind === 'function' && name === 'name')) run.write(target, name, value)
  return target
}

const fromEntries: Call = (run, [of = nothing]) => {
  const made = emptyObject(run)
  const { items, open } = itemsOf(run, of)
  made.open = open
  for (const item of items) {
    const [key, value] = itemsOf(run, item).items
    const name = key === undefined ? undefined : run.keyOf(key)
    if (name === undefined) made.open = true
    else made.properties.set(name, value ?? nothing)
  }
  return made
}

const arrayFrom: Call = (run, [of = nothing, mapper], site) => {
  const { items, open } = itemsOf(run, of)
  const made = list(run, items, open)
  return mapper === undefined ? made : run.callMember(made, 'map', [mapper], site)
}

const joinPath: Call = (_run, args, site) => {
  const parts = args.map(toText)
  if (parts.length === 0 || !parts.every(({ whole }) => whole)) return unknown
  return constant(posix.join(...parts.map(({ value }) => String(value))), site)
}

/** The last absolute part begins the path, whatever stands before it. */
const resolvePath: Call = (_run, args, site) => {
  const parts = args.map(toText)
  const from = parts.findLastIndex(({ value, whole }) => whole && String(value).startsWith('/'))
  const rest = parts.slice(from)
  if (from === -1 || !rest.every(({ whole }) => whole)) return unknown
  return constant(posix.join(...rest.map(({ value }) => String(value))), site)
}

const pathOf: Call = (_run, [of = nothing], site) => {
  const text = textOf(of)
  return text === undefined ? unknown : constant(text.replace(/^file:\/\//, ''), site)
}

/** The object that a library only looks at, or gives a type to. */
const same: Call = (_run, [of = nothing]) => of

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  [':Object.keys', names],
  [':Object.getOwnPropertyNames', names],
  [':Reflect.ownKeys', names],
  [
    ':Object.values',
    (run, [of = nothing]) => {
      const { entries, open } = entriesOf(run, of)
      return list(
        run,
        entries.map(([, value]) => value),
        open,
      )
    },
  ],
  [
    ':Object.entries',
    (run, [of = nothing]) => {
      const { entries, open } = entriesOf(run, of)
      return list(
        run,
        entries.map(([name, value]) => pair(run, constant(name), value)),
        open,
      )
    },
  ],
  [':Object.assign', assign],
  [':Object.defineProperty', defineProperty],
  [':Object.fromEntries', fromEntries],
  [':Object.create', (run, [from = nothing]) => emptyObject(run, from)],
  [':Object.getPrototypeOf', () => unknown],
  [':Object.getOwnPropertyDescriptor', () => nothing],
  [':Object.hasOwn', (run, [of = nothing, key = nothing], site) => run.callMember(of, 'hasOwnProperty', [key], site)],
  [':Object.freeze', same],
  [':Object.seal', same],
  [':structuredClone', same],
  [':Promise.resolve', same],
  [':Promise.all', same],
  [':Promise.race', same],
  [
    ':Array.isArray',
    (_run, [of = nothing]) =>
      of.kind === 'unknown' || of.kind === 'reference' || of.kind === 'either' ? unknown : constant(of.kind === 'list'),
  ],
  [':Array.from', arrayFrom],
  [':Array.of', (run, args) => list(run, args)],
  [':Array', (run, args) => list(run, args.length === 1 ? [] : args)],
  [':String', (_run, [of = nothing]) => toText(of)],
  [':String.raw', (_run, [of = nothing]) => toText(of)],
  [':Boolean', () => unknown],
  [':Symbol', () => unknown],
  [
    ':JSON.stringify',
    (_run, [of = nothing]) =>
      of.kind === 'constant' && of.whole && of.value !== undefined
        ? constant(JSON.stringify(of.value), of.at)
        : unknown,
  ],
  [
    ':JSON.parse',
    (run, [of = nothing], site) => {
      const text = textOf(of)
      return text === undefined ? unknown : fromJson(text, site, run.level)
    },
  ],
  [':require', (run, [of = nothing], site) => run.loader.request(run, of, site.module)],
  ['module:createRequire', (run) => native(([of = nothing], site) => run.loader.request(run, of, site.module))],
  ['path:join', joinPath],
  ['path:posix.join', joinPath],
  ['path:default.join', joinPath],
  ['path:resolve', resolvePath],
  ['path:default.resolve', resolvePath],
  [
    'path:dirname',
    (_run, [of = nothing], site) =>
      textOf(of) === undefined ? unknown : constant(posix.dirname(textOf(of) ?? ''), site),
  ],
  [
    'path:default.dirname',
    (_run, [of = nothing], site) =>
      textOf(of) === undefined ? unknown : constant(posix.dirname(textOf(of) ?? ''), site),
  ],
  ['url:fileURLToPath', pathOf],
  ['url:default.fileURLToPath', pathOf],
  ['url:pathToFileURL', same],
  [
    'util:inherits',
    (_run, [of = nothing, parent = nothing]) => {
      if (of.kind === 'function') of.properties.set('super_', parent)
      return nothing
    },
  ],
])

const fileReaders = /^fs(?:\/promises)?:(?:default\.)?(?:promises\.)?readFile(?:Sync)?$/
const folderReaders = /^fs(?:\/promises)?:(?:default\.)?(?:promises\.)?readdir(?:Sync)?$/

/** What a function of the platform gives; undefined for those that are not known. */
export function callPlatform(run: Interpreter, key: string, args: readonly Value[], site: Site): Value | undefined {
  const call = calls.get(key)
  if (call !== undefined) return call(run, args, site)
  if (fileReaders.test(key)) return run.loader.readText(args[0] ?? nothing)
  if (folderReaders.test(key)) return run.loader.readFolder(run, args[0] ?? nothing)
  return callTypeScript(run, key, args)
}

/** What compilers bring along in a module of their own: `tslib`, `@swc/helpers`. */
function callTypeScript(run: Interpreter, key: string, args: readonly Value[]): Value | undefined {
  const [one = nothing, other = nothing] = args
  if (!/^(?:tslib|@swc\/helpers|@babel\/runtime)/.test(key)) return undefined
  if (/(?:__importStar|_interop_require_wildcard|interopRequireWildcard)/i.test(key)) return one
  if (/(?:__importDefault|_interop_require_default|interopRequireDefault)/i.test(key)) {
    const made = emptyObject(run)
    made.properties.set('default', run.read(one, 'default'))
    return isNothing(run.read(one, '__esModule')) ? made : one
  }
  if (/(?:__exportStar|_export_star)/.test(key) && other.kind === 'object') {
    spreadInto(run, other, one)
    return nothing
  }
  return /(?:__assign|_object_spread)/.test(key)
    ? assign(run, args, { module: run.loader.anywhere, offset: 0 })
    : undefined
}

export function constructPlatform(
  run: Interpreter,
  key: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const [first = nothing] = args
  switch (key) {
    case ':Map':
    case ':Set':
    case ':WeakMap':
    case ':WeakSet':
      return collection(run, key.endsWith('Map'), first)
    case ':Array':
      return list(run, args.length === 1 ? [] : args)
    case ':Object':
      return emptyObject(run)
    case ':Promise':
      return promised(run, first, site)
    case ':Proxy':
      return first
    case ':URL':
      return fileAddress(args, site)
    default:
      return undefined
  }
}

function collection(run: Interpreter, isMap: boolean, from: Value): CollectionValue {
  const made: CollectionValue = { kind: 'collection', isMap, entries: [], open: false }
  if (isNothing(from)) return made
  const { items, open } = itemsOf(run, from)
  made.open = open
  for (const item of items.slice(0, 5_000)) {
    if (!isMap) made.entries.push([item, item])
    else {
      const [key, value] = itemsOf(run, item).items
      if (key === undefined) made.open = true
      else made.entries.push([key, value ?? nothing])
    }
  }
  return made
}

/** What the first call of `resolve` gives. */
function promised(run: Interpreter, executor: Value, site: Site): Value {
  let result: Value | undefined
  const resolve = native(([value = nothing]) => {
    result ??= value
    return nothing
  })
  run.call(executor, nothing, [resolve, native(() => nothing)], site)
  return result ?? unknown
}

function fileAddress([path = nothing, base = nothing]: readonly Value[], site: Site): Value {
  const [text, from] = [textOf(path), textOf(base)]
  if (text === undefined) return unknown
  if (from === undefined || !from.startsWith('file://'))
    return text.startsWith('file://') ? constant(text) : reference(':URL()')
  return constant(`file://${posix.join(posix.dirname(from.slice(7)), text)}`, site)
}
