import type { SyntaxNode } from '../read/syntax-node.js'
import type { ReferenceKey } from './reference.js'
import type { Binding, Scope } from './scope.js'

export type Primitive = string | number | boolean | null | undefined

/** Stands in a text for what is not known. */
export const unknownPart = '…'

/** `whole` is false for a text in which `unknownPart` stands for something. */
export interface Constant {
  readonly kind: 'constant'
  readonly value: Primitive
  readonly whole: boolean
}

/** Functions that are followed may write into lists and objects, as the decoders of string arrays do. */
export interface ListValue {
  readonly kind: 'list'
  readonly items: (Value | undefined)[]
  /** Under other names than numbers: `arguments` is where decoders keep what they have decoded. */
  properties?: Map<string, Value | undefined> | undefined
}

export interface ObjectValue {
  readonly kind: 'object'
  /** Set while a function was followed; made with the first. */
  properties?: Map<string, Value | undefined> | undefined
  /** Written out in the source: its properties are read there when asked for. */
  readonly source?: { readonly node: SyntaxNode; readonly scope: Scope }
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly node: SyntaxNode
  readonly scope: Scope
  /** What its outer names stand for, where it was made while another function was followed. */
  readonly frame: Frame | undefined
  properties?: Map<string, Value | undefined> | undefined
}

export type Value =
  | Constant
  | ListValue
  | ObjectValue
  | FunctionValue
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'reference'; readonly key: ReferenceKey }

/** The names of a function that is being followed. */
export interface Frame {
  readonly values: Map<Binding, Value | undefined>
  readonly parent: Frame | undefined
}

export const constant = (value: Primitive, whole = true): Constant => ({ kind: 'constant', value, whole })

export const reference = (key: ReferenceKey | undefined): Value | undefined =>
  key === undefined ? undefined : { kind: 'reference', key }

/** The text that a value is for sure, or nothing. */
export const wholeText = (value: Value | undefined): string | undefined =>
  value?.kind === 'constant' && value.whole && typeof value.value === 'string' ? value.value : undefined

/** Home folders and the module's own: people write them in many ways, and rules ask for one. */
const knownParts: ReadonlyMap<ReferenceKey, string> = new Map([
  [':process.env.HOME', '~'],
  [':process.env.USERPROFILE', '~'],
  [':process.env.HOMEPATH', '~'],
  [':process.env.APPDATA', '~/AppData/Roaming'],
  [':process.env.LOCALAPPDATA', '~/AppData/Local'],
  ['os:homedir()', '~'],
  ['os:userInfo().homedir', '~'],
  ['os:tmpdir()', '/tmp'],
  [':__dirname', '.'],
  [':__filename', './__filename'],
  [':import.meta.dirname', '.'],
])

/** A value as part of a text: what is not known becomes `unknownPart`. */
export function asText(value: Value | undefined, depth = 0): Constant {
  if (value?.kind === 'constant') {
    return typeof value.value === 'string' ? value : constant(String(value.value), value.whole)
  }
  if (value?.kind === 'bytes') return constant(value.bytes.toString())
  if (value?.kind === 'reference') {
    const known = knownParts.get(value.key)
    if (known !== undefined) return constant(known)
  }
  // A list may hold itself by now.
  if (value?.kind === 'list' && depth < 3) {
    const parts = value.items.map((item) => asText(item, depth + 1))
    return constant(
      parts.map((part) => part.value).join(','),
      parts.every((part) => part.whole),
    )
  }
  return constant(unknownPart, false)
}

export function isTruthy(value: Value | undefined): boolean | undefined {
  if (value === undefined || value.kind === 'reference') return undefined
  return value.kind === 'constant' ? (value.whole ? Boolean(value.value) : undefined) : true
}
