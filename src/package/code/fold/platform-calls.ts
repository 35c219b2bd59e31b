import { posix } from 'node:path'
import { maxFoldedCharacters, maxFoldedItems } from '../../../limits.js'
import { concat, encodingOf } from './methods.js'
import { globalKey, memberKey, moduleKey, type ReferenceKey } from './reference.js'
import { asText, constant, reference, unknownPart, type Value, wholeText } from './value.js'

type Arguments = readonly (Value | undefined)[]

type Call = (given: Arguments) => Value | undefined

const same: Call = ([first]) => first
const textOf: Call = ([first]) => (first === undefined ? undefined : asText(first))
const percent = (key: ReferenceKey): [ReferenceKey, Call] => [key, ([first]) => percentDecoded(key, wholeText(first))]
const rounding = (key: ReferenceKey): [ReferenceKey, Call] => [key, ([first]) => ofNumber(key, first)]
const all = (keys: readonly ReferenceKey[], call: Call): [ReferenceKey, Call][] => keys.map((key) => [key, call])

/** What functions of the platform give that have no effect: decoders, texts, numbers, and the many ways to a module. */
const calls: ReadonlyMap<ReferenceKey, Call> = new Map<ReferenceKey, Call>([
  ...all([':require', 'module:_load', ':process.getBuiltinModule', ':__non_webpack_require__'], ([first]) =>
    requested(first),
  ),
  [':atob', ([first]) => decode(wholeText(first), 'base64', 'latin1')],
  percent(':unescape'),
  percent(':decodeURI'),
  percent(':decodeURIComponent'),
  ...all([':String', ':URL', ':encodeURIComponent', ':encodeURI', 'util:inspect', 'url:fileURLToPath'], textOf),
  ...all([':String.fromCharCode', ':String.fromCodePoint'], fromCodes),
  ...all([':parseInt', ':Number.parseInt'], parsed),
  ...all([':Number', ':parseFloat'], ([first]) =>
    first?.kind === 'constant' && first.whole ? constant(Number(first.value)) : undefined,
  ),
  rounding(':Math.floor'),
  rounding(':Math.abs'),
  rounding(':Math.round'),
  ...all([':Buffer.from', ':Buffer', ':Uint8Array', ':Uint8Array.from', ':Buffer.concat'], toBytes),
  [':TextDecoder().decode', ([first]) => (first?.kind === 'bytes' ? constant(first.bytes.toString()) : undefined)],
  ...all([':Array', ':Array.of'], (given) => ({ kind: 'list', items: [...given] })),
  ...all([':Array.from', ':Object.freeze', ':Object.seal', ':Promise.resolve', ':Object'], same),
  ...all(['util:promisify', 'util:callbackify', 'util.promisify:', 'pify:', 'es6-promisify:promisify'], same),
  ...all(['bluebird:promisify', 'thenify:'], same),
  [
    ':Reflect.get',
    ([first, second]) => (first?.kind === 'reference' ? under(first.key, wholeText(second)) : undefined),
  ],
  [':Object.getPrototypeOf', ([first]) => (first?.kind === 'function' ? reference(':Function.prototype') : undefined)],
  [
    ':document.createElement',
    ([first]) => reference(`:document.createElement(${wholeText(first)?.slice(0, 20) ?? ''})`),
  ],
  [':Function', made],
  [':eval', ([first]) => evaluated(wholeText(first))],
])

/** `undefined` where the function is none of these. */
export const platformCall = (key: ReferenceKey): Call | undefined =>
  calls.get(key) ?? (key.startsWith('path:') ? (given) => pathOf(key.slice(5), given) : undefined)

function parsed([first, second]: Arguments): Value | undefined {
  const radix = second?.kind === 'constant' && typeof second.value === 'number' ? second.value : undefined
  return first?.kind === 'constant' && first.whole ? constant(Number.parseInt(String(first.value), radix)) : undefined
}

function requested(specifier: Value | undefined): Value | undefined {
  const name = wholeText(specifier)
  return name === undefined || name.length > 200 ? undefined : reference(moduleKey(name))
}

const under = (key: ReferenceKey, name: string | undefined): Value | undefined =>
  name === undefined ? undefined : reference(memberKey(key, name))

function decode(text: string | undefined, from: BufferEncoding, to: BufferEncoding): Value | undefined {
  if (text === undefined || text.length > maxFoldedCharacters) return undefined
  return constant(Buffer.from(text, from).toString(to))
}

function percentDecoded(key: ReferenceKey, text: string | undefined): Value | undefined {
  if (text === undefined || text.length > maxFoldedCharacters) return undefined
  if (key === ':unescape') {
    return constant(
      text.replace(/%u([\da-f]{4})|%([\da-f]{2})/gi, (_, long: string | undefined, short: string | undefined) =>
        String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)),
      ),
    )
  }
  try {
    return constant(decodeURIComponent(text))
  } catch (error) {
    // A malformed sequence, which would throw in the file as well.
    if (error instanceof URIError) return undefined
    throw error
  }
}

function fromCodes(given: Arguments): Value | undefined {
  if (given.length === 0 || given.length > maxFoldedItems) return undefined
  const codes = given.map((code) => (code?.kind === 'constant' && code.whole ? Number(code.value) : Number.NaN))
  if (codes.some((code) => !(code >= 0 && code <= 0x10ffff))) return undefined
  return constant(codes.map((code) => String.fromCodePoint(Math.floor(code))).join(''))
}

function ofNumber(key: ReferenceKey, value: Value | undefined): Value | undefined {
  if (value?.kind !== 'constant' || typeof value.value !== 'number') return undefined
  if (key === ':Math.abs') return constant(Math.abs(value.value))
  return constant(key === ':Math.floor' ? Math.floor(value.value) : Math.round(value.value))
}

function toBytes([of, encoding]: Arguments): Value | undefined {
  if (of?.kind === 'bytes') return of
  const text = wholeText(of)
  if (text !== undefined) {
    const known = encodingOf(encoding)
    if (known === undefined || text.length > maxFoldedCharacters) return undefined
    return { kind: 'bytes', bytes: Buffer.from(text, known) }
  }
  if (of?.kind !== 'list') return undefined
  if (of.items.length > 0 && of.items.every((item) => item?.kind === 'bytes')) {
    return {
      kind: 'bytes',
      bytes: Buffer.concat(of.items.flatMap((item) => (item?.kind === 'bytes' ? [item.bytes] : []))),
    }
  }
  const bytes = of.items.map((item) => (item?.kind === 'constant' ? Number(item.value) : Number.NaN))
  return bytes.some((byte) => Number.isNaN(byte)) ? undefined : { kind: 'bytes', bytes: Buffer.from(bytes) }
}

/** `Function('return this')` and its like, whose call gives what they name. */
function made(given: Arguments): Value | undefined {
  const body = given.length === 1 ? wholeText(given[0]) : undefined
  if (body === undefined || body.length > 200) return undefined
  const named = /^\s*return\s+\(?([\w$.]{1,100})\)?\s*;?\s*$/.exec(body)?.[1]
  return named === undefined ? undefined : { kind: 'reference', key: `${madeFunction}${named}` }
}

/** Begins the key of a function that was made of a text which only returns a name. */
export const madeFunction = ':Function returning '

export function evaluated(code: string | undefined): Value | undefined {
  if (code === undefined || code.length > 200) return undefined
  const path = /^\s*\(?([\w$]{1,60}(?:\.[\w$]{1,60}){0,6})\)?\s*;?\s*$/.exec(code)?.[1]
  if (path === undefined) return undefined
  const [first = '', ...rest] = path.split('.')
  let key: ReferenceKey | undefined = first === 'this' ? ':globalThis' : globalKey(first)
  for (const name of rest) key = key === undefined ? undefined : memberKey(key, name)
  return reference(key)
}

const joining: ReadonlySet<string> = new Set(['join', 'resolve', 'posix.join', 'win32.join', 'posix.resolve'])

/** Paths are told with `/`; one that starts somewhere unknown starts with `…`. */
function pathOf(name: string, given: Arguments): Value | undefined {
  if (name === 'normalize' || name === 'toNamespacedPath') return asText(given[0])
  if (name === 'dirname') {
    const { value, whole } = asText(given[0])
    return typeof value === 'string' ? constant(value === '.' ? '.' : posix.dirname(value), whole) : undefined
  }
  if (!joining.has(name)) return undefined
  if (given.length === 0) return constant('.')
  const joined = concat(given.flatMap((part, at) => (at === 0 ? [asText(part)] : [constant('/'), asText(part)])))
  if (joined?.kind !== 'constant' || typeof joined.value !== 'string') return undefined
  return constant(shortened(joined.value), joined.whole)
}

/** As `path.join` shortens it, but `./` stays: a path beside the file is not the name of a package. */
function shortened(path: string): string {
  const plain = posix.normalize(path.replaceAll('\\', '/'))
  const isRelative = !/^(?:[/~.]|[A-Za-z]:)/.test(plain) && !plain.startsWith(unknownPart)
  return path.startsWith('.') && isRelative ? `./${plain}` : plain
}
