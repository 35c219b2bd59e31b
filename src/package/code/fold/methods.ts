import { maxFoldedCharacters, maxFoldedItems } from '../../../limits.js'
import { asText, constant, type Primitive, unknownPart, type Value, wholeText } from './value.js'

type Arguments = readonly (Value | undefined)[]

/** What a method of a constant gives; nothing where it is not followed. All of them take time in proportion to the text. */
export function callMethod(of: Value, name: string, given: Arguments): Value | undefined {
  if (of.kind === 'bytes') return ofBytes(of.bytes, name, given)
  if (of.kind === 'list') return ofList(of.items, name, given)
  if (of.kind === 'regex') return undefined
  if (of.kind !== 'constant') return undefined
  if (typeof of.value === 'number') return ofNumber(of.value, name, given)
  if (typeof of.value !== 'string') return undefined
  return of.whole ? ofText(of.value, name, given) : ofPartialText(of.value, name, given)
}

/** What a property of a constant is. */
export function memberOf(of: Value, name: string): Value | undefined {
  if (of.kind === 'constant' && of.whole && typeof of.value === 'string') return fromSequence(of.value, name)
  if (of.kind === 'bytes') {
    if (name === 'length') return constant(of.bytes.length)
    const byte = index(name) === undefined ? undefined : of.bytes[index(name) ?? 0]
    return byte === undefined ? undefined : constant(byte)
  }
  if (of.kind !== 'list') return undefined
  if (name === 'length') return constant(of.items.length)
  const at = index(name)
  return at === undefined ? undefined : at < of.items.length ? of.items[at] : constant(undefined)
}

const index = (name: string): number | undefined => (/^\d{1,9}$/.test(name) ? Number(name) : undefined)

function fromSequence(text: string, name: string): Value | undefined {
  if (name === 'length') return constant(text.length)
  const at = index(name)
  return at === undefined ? undefined : constant(text[at])
}

const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === 'constant' && value.whole && typeof value.value === 'number' ? value.value : undefined

/** An argument that may be left out; NaN where it is there and not known. */
const optional = (value: Value | undefined, given: boolean): number | undefined =>
  given ? (numberOf(value) ?? Number.NaN) : undefined

function ofText(value: string, name: string, given: Arguments): Value | undefined {
  const [first, second] = given
  switch (name) {
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return constant(value)
    case 'trim':
    case 'toLowerCase':
    case 'toUpperCase':
    case 'trimStart':
    case 'trimEnd':
      return constant(value[name]())
    case 'split':
      return split(value, first)
    case 'concat':
      return concat([constant(value), ...given.map((part) => asText(part))])
    case 'replace':
    case 'replaceAll':
      return replace(value, first, second, name === 'replaceAll')
    case 'slice':
    case 'substring':
    case 'substr': {
      const from = optional(first, given.length > 0)
      const to = optional(second, given.length > 1)
      return Number.isNaN(from) || Number.isNaN(to) ? undefined : constant(value[name](from ?? 0, to))
    }
    case 'charAt':
    case 'charCodeAt':
    case 'codePointAt':
    case 'at': {
      const at = given.length === 0 ? 0 : numberOf(first)
      return at === undefined ? undefined : constant(value[name](at))
    }
    case 'indexOf':
    case 'includes':
    case 'startsWith':
    case 'endsWith': {
      const sought = wholeText(first)
      return sought === undefined || given.length > 1 ? undefined : constant(value[name](sought))
    }
    case 'repeat': {
      const times = numberOf(first)
      if (times === undefined || times < 0 || value.length * times > maxFoldedCharacters) return undefined
      return constant(value.repeat(times))
    }
    case 'padStart':
    case 'padEnd': {
      const length = numberOf(first)
      const filler = second === undefined ? ' ' : wholeText(second)
      if (length === undefined || length > maxFoldedCharacters || filler === undefined) return undefined
      return constant(value[name](length, filler))
    }
    default:
      return undefined
  }
}

/** Where part of a text is open, what is done to the whole of it is done to the known rest. */
function ofPartialText(value: string, name: string, given: Arguments): Value | undefined {
  if (name === 'concat') return concat([constant(value, false), ...given.map((part) => asText(part))])
  return name === 'toString' || name === 'trim' || name === 'replace' ? constant(value, false) : undefined
}

function ofNumber(value: number, name: string, [radix]: Arguments): Value | undefined {
  if (name !== 'toString') return undefined
  const base = radix === undefined ? 10 : numberOf(radix)
  return base === undefined || !(base >= 2 && base <= 36) ? undefined : constant(value.toString(base))
}

/** Joins texts; the known parts are kept where others are open. */
export function concat(parts: readonly { readonly value: Primitive; readonly whole: boolean }[]): Value | undefined {
  let length = 0
  for (const { value } of parts) length += String(value).length
  if (length > maxFoldedCharacters) return undefined
  const joined = parts.map(({ value }) => String(value)).join('')
  return constant(
    joined,
    parts.every(({ whole }) => whole),
  )
}

function split(value: string, separator: Value | undefined): Value | undefined {
  const by = separator?.kind === 'regex' ? plainText(separator.pattern) : wholeText(separator)
  if (by === undefined) return undefined
  const parts = value.split(by, maxFoldedItems + 1)
  return parts.length > maxFoldedItems ? undefined : { kind: 'list', items: parts.map((part) => constant(part)) }
}

/** Texts, and the expressions that are sure to take linear time: plain characters, or one class with or without `+`. */
function replace(value: string, sought: Value | undefined, by: Value | undefined, all: boolean): Value | undefined {
  const substitute = wholeText(by)
  if (substitute === undefined || substitute.length > 1_000) return undefined
  let result: string
  if (sought?.kind === 'regex') {
    const { pattern, flags } = sought
    if (!isLinear(pattern) || !/^[gimu]*$/.test(flags)) return undefined
    result = value.replace(new RegExp(pattern, flags), substitute)
  } else {
    const text = wholeText(sought)
    if (text === undefined) return undefined
    result = all ? value.replaceAll(text, substitute) : value.replace(text, substitute)
  }
  return result.length > maxFoldedCharacters ? undefined : constant(result)
}

const isLinear = (pattern: string): boolean =>
  plainText(pattern) !== undefined || /^(?:\[[^\]\\[]{1,100}\]|\\[sdwSDW]|\.)\+?$/.test(pattern)

function plainText(pattern: string): string | undefined {
  if (pattern === '(?:)') return ''
  if (!/^(?:[^\\()[\]{}*+?|^$.]|\\[^\w\s]){0,100}$/.test(pattern)) return undefined
  return pattern.replace(/\\(.)/g, '$1')
}

function ofList(items: (Value | undefined)[], name: string, given: Arguments): Value | undefined {
  const [first, second] = given
  switch (name) {
    case 'join':
      return join(items, first === undefined ? ',' : wholeText(first))
    case 'toString':
      return join(items, ',')
    case 'reverse':
      return { kind: 'list', items: [...items].reverse() }
    case 'slice': {
      const from = optional(first, given.length > 0)
      const to = optional(second, given.length > 1)
      return Number.isNaN(from) || Number.isNaN(to) ? undefined : { kind: 'list', items: items.slice(from, to) }
    }
    case 'concat':
      return {
        kind: 'list',
        items: items.concat(...given.map((part) => (part?.kind === 'list' ? part.items : [part]))),
      }
    case 'flat':
      return { kind: 'list', items: items.flatMap((item) => (item?.kind === 'list' ? item.items : [item])) }
    case 'at': {
      const at = numberOf(first)
      return at === undefined ? undefined : items.at(at)
    }
    case 'indexOf': {
      const sought = first?.kind === 'constant' ? first.value : undefined
      return sought === undefined
        ? undefined
        : constant(items.findIndex((item) => item?.kind === 'constant' && item.value === sought))
    }
    default:
      return undefined
  }
}

function join(items: readonly (Value | undefined)[], separator: string | undefined): Value | undefined {
  if (separator === undefined) return undefined
  return concat(items.flatMap((item, at) => (at === 0 ? [asText(item)] : [constant(separator), asText(item)])))
}

/** What changes a list in place; only functions that are followed do it, since elsewhere the order of events is not known. */
export function changeList(items: (Value | undefined)[], name: string, given: Arguments): Value | undefined | false {
  switch (name) {
    case 'push':
      if (items.length + given.length > maxFoldedItems) return false
      return constant(items.push(...given))
    case 'unshift':
      if (items.length + given.length > maxFoldedItems) return false
      return constant(items.unshift(...given))
    case 'shift':
      return items.shift() ?? constant(undefined)
    case 'reverse':
      return { kind: 'list', items: items.reverse() }
    case 'pop':
      return items.pop() ?? constant(undefined)
    default:
      return false
  }
}

const encodings: ReadonlySet<string> = new Set([
  'utf8',
  'utf-8',
  'ascii',
  'latin1',
  'binary',
  'hex',
  'base64',
  'base64url',
  'utf16le',
  'ucs2',
])

export const encodingOf = (value: Value | undefined): BufferEncoding | undefined => {
  const name = value === undefined ? 'utf8' : wholeText(value)?.toLowerCase()
  return name !== undefined && encodings.has(name) ? (name as BufferEncoding) : undefined
}

function ofBytes(bytes: Buffer, name: string, given: Arguments): Value | undefined {
  const [first, second] = given
  switch (name) {
    case 'toString': {
      const encoding = encodingOf(first)
      return encoding === undefined || bytes.length > maxFoldedCharacters
        ? undefined
        : constant(bytes.toString(encoding))
    }
    case 'slice':
    case 'subarray': {
      const from = optional(first, given.length > 0)
      const to = optional(second, given.length > 1)
      return Number.isNaN(from) || Number.isNaN(to) ? undefined : { kind: 'bytes', bytes: bytes.subarray(from, to) }
    }
    case 'reverse':
      return { kind: 'bytes', bytes: Buffer.from(bytes).reverse() }
    default:
      return undefined
  }
}

export const openText = constant(unknownPart, false)
