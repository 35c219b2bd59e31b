/**
 * A thing of the platform or of another module, in canonical words: `child_process:exec`, `:fetch`, `axios:create().post`. Before the colon
 * stands the module, nothing for globals; a call or construction leaves `()`.
 */
export type ReferenceKey = string

/** Chains of calls grow without end in fluent interfaces; no ability is that deep. */
const maxKeyCharacters = 200

const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self', 'top', 'frames'])

/** Modules that only hand out what is global as well. */
const globalModules: ReadonlyMap<string, ReferenceKey> = new Map([
  ['process', ':process'],
  ['buffer', ':globalThis'],
  ['timers', ':globalThis'],
  ['console', ':console'],
])

/** `fs/promises` is what `fs` has as `promises`. */
const partsOfModules: ReadonlySet<string> = new Set([
  'fs/promises',
  'dns/promises',
  'path/posix',
  'path/win32',
  'util/types',
])

/** Other ways to the same thing. */
const sameAs: ReadonlyMap<ReferenceKey, ReferenceKey> = new Map([
  [':module.require', ':require'],
  [':module.parent', ':module'],
  [':module.parent.require', ':require'],
  [':module.constructor', 'module:'],
  [':module.constructor()', 'module:'],
  [':process.mainModule', ':module'],
  [':require.main', ':module'],
  [':module.exports', ':exports'],
  ['module:Module', 'module:'],
  ['module:createRequire()', ':require'],
  ['module:createRequireFromPath()', ':require'],
  ['url:URL', ':URL'],
  ['util:TextDecoder', ':TextDecoder'],
])

/** What `constructor` is asked of to get at `Function` without its name. */
const makers: ReadonlySet<ReferenceKey> = new Set([
  ':Array',
  ':Boolean',
  ':Function.prototype',
  ':Number',
  ':Object',
  ':RegExp',
  ':String',
  ':Symbol',
])

/** Names that stay the platform's where the file gives them another value: the old one may be what is used. */
export const platformNames: ReadonlySet<string> = new Set([
  ...[
    'Buffer',
    'Bun',
    'Deno',
    'EventSource',
    'Function',
    'Object',
    'Reflect',
    'SharedWorker',
    'String',
    'WebAssembly',
    'WebSocket',
  ],
  ...[
    'Worker',
    'XMLHttpRequest',
    'atob',
    'document',
    'ethereum',
    'eval',
    'fetch',
    'module',
    'navigator',
    'process',
    'require',
  ],
  ...['setImmediate', 'setInterval', 'setTimeout', 'solana'],
])

const uncallable: ReadonlySet<ReferenceKey> = new Set(
  [
    'child_process',
    'crypto',
    'dgram',
    'dns',
    'fs',
    'http',
    'http2',
    'https',
    'net',
    'os',
    'path',
    'tls',
    'url',
    'util',
    'vm',
    'zlib',
  ]
    .concat(['cluster', 'worker_threads', 'fs-extra', 'graceful-fs'])
    .map((name) => `${name}:`),
)

export const globalKey = (name: string): ReferenceKey => (globalObjects.has(name) ? ':globalThis' : `:${name}`)

/** The module of a specifier, however a builtin is written. */
export function moduleKey(specifier: string): ReferenceKey {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier
  const global = globalModules.get(name)
  if (global !== undefined) return global
  return partsOfModules.has(name) ? name.replace('/', ':') : `${name}:`
}

export function memberKey(key: ReferenceKey, name: string): ReferenceKey | undefined {
  if (key === ':globalThis') return globalKey(name)
  // A default import is the module itself, for CommonJS and for what compilers make of it.
  if (key.endsWith(':') && (name === 'default' || name === 'module.exports')) return key
  if (name === 'default' && (key === ':process' || partsOfModules.has(key.replace(':', '/')))) return key
  if (
    name === 'constructor' &&
    (makers.has(key) || key.endsWith('.constructor') || key.startsWith(':Array.prototype.'))
  )
    return ':Function'
  const joined = key.endsWith(':') ? key + name : `${key}.${name}`
  return joined.length > maxKeyCharacters ? undefined : (sameAs.get(joined) ?? joined)
}

/** What a call or a construction gives. */
export function callKey(key: ReferenceKey): ReferenceKey | undefined {
  if (key.endsWith('.bind')) return key.slice(0, -'.bind'.length)
  // webpack reads a default export by a call.
  if (uncallable.has(key)) return key
  const called = `${key}()`
  return called.length > maxKeyCharacters ? undefined : (sameAs.get(called) ?? called)
}

/** For people: `child_process.exec`, `fetch`. */
export function toWords(key: ReferenceKey): string {
  const colon = key.lastIndexOf(':')
  const module = key.slice(0, colon)
  const path = key.slice(colon + 1)
  return module === '' ? path : path === '' ? module : path.startsWith('(') ? module + path : `${module}.${path}`
}

/** Of the same package: `./send:post`, `#internal:`. */
export const isOwnModule = (key: string): boolean => key.startsWith('.') || key.startsWith('#')

export const isModule = (key: ReferenceKey): boolean => key.length > 1 && key.endsWith(':')
