import { maxFoldedCharacters } from '../../../limits.js'
import { unknownPart } from '../../code/fold/value.js'
import type { FunctionNode, SyntaxNode } from '../../code/read/syntax-node.js'
import type { Environment } from './environment.js'
import type { SourceModule } from './source-module.js'

export type Primitive = string | number | boolean | null | undefined

/** Where something stands: an offset in the text of a module. */
export interface Site {
  readonly module: SourceModule
  readonly offset: number
}

/** `whole` is false for a text in which `unknownPart` stands for what only the running program knows. */
export interface Constant {
  readonly kind: 'constant'
  readonly value: Primitive
  readonly whole: boolean
  readonly at?: Site | undefined
}

export interface ListValue {
  readonly kind: 'list'
  readonly items: Value[]
  /** There may be more items than these. */
  open: boolean
  readonly level: number
}

/** A getter of an object: called when the property is read. */
export interface Getter {
  readonly kind: 'getter'
  readonly get: FunctionValue | NativeFunction
}

export interface ObjectValue {
  readonly kind: 'object'
  readonly properties: Map<string, Value | Getter>
  /** There may be more properties than these. */
  open: boolean
  /** What it has besides: the class that it is an instance of, or the object that it was made from. */
  readonly from?: ClassValue | ObjectValue | FunctionValue | Reference | undefined
  readonly at?: Site | undefined
  /** How deep within branches that may not be taken it was made. */
  readonly level: number
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly node: FunctionNode
  readonly environment: Environment
  readonly module: SourceModule
  /** What `super` stands for in a method. */
  readonly home?: ClassValue | undefined
  readonly self?: Value | undefined
  readonly bound?: readonly Value[] | undefined
  readonly properties: Map<string, Value | Getter>
}

export type NativeCall = (args: readonly Value[], site: Site) => Value

export interface NativeFunction {
  readonly kind: 'native'
  readonly call: NativeCall
}

export interface ClassField {
  readonly key: SyntaxNode
  readonly computed: boolean
  readonly value: SyntaxNode | null
  readonly name: string | undefined
}

export interface ClassValue {
  readonly kind: 'class'
  readonly node: SyntaxNode
  readonly environment: Environment
  readonly module: SourceModule
  readonly parent: Value | undefined
  readonly statics: Map<string, Value | Getter>
  readonly methods: Map<string, FunctionValue | Getter>
  readonly fields: ClassField[]
  construct: FunctionValue | undefined
}

/** `Map` (pairs) or `Set` (items). */
export interface CollectionValue {
  readonly kind: 'collection'
  readonly isMap: boolean
  readonly entries: [Value, Value][]
  open: boolean
}

/** What zod and its like would make of a call: a JSON schema to be. */
export interface SchemaValue {
  readonly kind: 'schema'
  /** As JSON schema names it; empty where it is not known. */
  readonly type: string
  readonly properties?: Value | undefined
  readonly items?: Value | undefined
  /** Alternatives of a union, parts of an intersection. */
  readonly parts?: readonly Value[] | undefined
  readonly literal?: Value | undefined
  readonly description?: Value | undefined
  readonly optional: boolean
  /** Properties that `pick`, `omit`, `partial` and `required` left. */
  readonly at?: Site | undefined
}

/** What is not in the package, or made by it: `@modelcontextprotocol/sdk/server/mcp.js:McpServer()`. Before the colon its module, nothing for globals. */
export interface Reference {
  readonly kind: 'reference'
  readonly key: string
}

/** One of these; which, only the running program knows. */
export interface Either {
  readonly kind: 'either'
  readonly options: readonly Value[]
}

export interface NamespaceValue {
  readonly kind: 'namespace'
  readonly module: SourceModule
}

export interface RegexValue {
  readonly kind: 'regex'
  readonly pattern: string
  readonly flags: string
}

export type Value =
  | Constant
  | ListValue
  | ObjectValue
  | FunctionValue
  | NativeFunction
  | ClassValue
  | CollectionValue
  | SchemaValue
  | Reference
  | Either
  | NamespaceValue
  | RegexValue
  | { readonly kind: 'unknown' }

export const unknown: Value = { kind: 'unknown' }
export const nothing: Constant = { kind: 'constant', value: undefined, whole: true }

export const constant = (value: Primitive, at?: Site, whole = true): Constant => ({
  kind: 'constant',
  value,
  whole,
  at,
})

export const native = (call: NativeCall): NativeFunction => ({ kind: 'native', call })

export const reference = (key: string): Value => (key.length > 300 ? unknown : { kind: 'reference', key })

/** More ways than this are not told apart. */
const maxOptions = 12

export function either(values: readonly Value[]): Value {
  const options: Value[] = []
  for (const value of values) {
    for (const option of value.kind === 'either' ? value.options : [value]) {
      if (options.length < maxOptions && !options.some((other) => isSame(other, option))) options.push(option)
    }
  }
  const [only] = options
  return options.length === 1 && only !== undefined
    ? only
    : options.length === 0
      ? unknown
      : { kind: 'either', options }
}

function isSame(one: Value, other: Value): boolean {
  if (one === other) return true
  if (one.kind === 'unknown' && other.kind === 'unknown') return true
  if (one.kind === 'reference' && other.kind === 'reference') return one.key === other.key
  return one.kind === 'constant' && other.kind === 'constant' && one.value === other.value && one.whole === other.whole
}

export const optionsOf = (value: Value): readonly Value[] => (value.kind === 'either' ? value.options : [value])

/** Without the ways of which nothing is known, where there is one of which something is. */
export function known(value: Value): readonly Value[] {
  const options = optionsOf(value).filter(
    (option) => option.kind !== 'unknown' && option.kind !== 'reference' && !isNothing(option),
  )
  return options.length > 0 ? options : optionsOf(value)
}

export const isNothing = (value: Value): boolean =>
  value.kind === 'constant' && (value.value === undefined || value.value === null) && value.whole

export const isCallable = (value: Value): value is FunctionValue | NativeFunction | ClassValue =>
  value.kind === 'function' || value.kind === 'native' || value.kind === 'class'

export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'constant' && value.whole && typeof value.value === 'string' ? value.value : undefined

/** Texts in a row; one that would be longer than what is folded is not known. */
export function joinTexts(parts: readonly Constant[], separator: string): Constant {
  const length = parts.reduce((sum, { value }) => sum + String(value).length + separator.length, 0)
  if (length > maxFoldedCharacters) return constant(unknownPart, undefined, false)
  return constant(
    parts.map(({ value }) => String(value)).join(separator),
    parts.find(({ at }) => at !== undefined)?.at,
    parts.every(({ whole }) => whole),
  )
}

export const toText = (value: Value): Constant => {
  if (value.kind === 'constant') {
    return typeof value.value === 'string' ? value : constant(String(value.value), value.at, value.whole)
  }
  if (value.kind === 'either') {
    const texts = known(value).filter((option) => option.kind === 'constant')
    const [first] = texts
    if (first !== undefined) return toText(first)
  }
  if (value.kind === 'list' && !value.open) {
    const unread = constant(unknownPart, undefined, false)
    return joinTexts(
      value.items.map((item) => (item.kind === 'list' ? unread : toText(item))),
      ',',
    )
  }
  return constant(unknownPart, undefined, false)
}

export function isTruthy(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'unknown':
    case 'reference':
      return undefined
    case 'either': {
      const [first, ...rest] = value.options.map(isTruthy)
      return rest.every((other) => other === first) ? first : undefined
    }
    case 'constant':
      return value.whole
        ? Boolean(value.value)
        : typeof value.value === 'string' && value.value !== unknownPart
          ? true
          : undefined
    default:
      return true
  }
}
