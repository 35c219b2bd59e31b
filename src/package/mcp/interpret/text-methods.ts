import { maxFoldedCharacters, maxMcpTextCharacters } from '../../../limits.js'
import type { Interpreter } from './interpreter.js'
import { type Constant, constant, joinTexts, type Site, toText, unknown, type Value } from './value.js'

type Method = (text: string, args: readonly Value[]) => string | number | boolean | undefined

const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined

const wholeOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'constant' && value.whole && typeof value.value === 'string' ? value.value : undefined

/** Expressions that cannot take long: no group, at most one character class repeated at a time. */
const simplePattern =
  /^(?:\^(?:\\[a-zA-Z]|\[[^\]]{1,40}\]|[^\\()[\]{}|*+?])[+*]?|(?:\\[a-zA-Z]|\[[^\]]{1,40}\]|[^\\()[\]{}|*+?])[+*]?)$/

function replaced(text: string, [what, by]: readonly Value[], all: boolean): string | undefined {
  const replacement = wholeOf(by)
  if (replacement === undefined || text.length > maxMcpTextCharacters) return undefined
  // Each character may become the whole replacement.
  if (replacement.length * text.length > maxFoldedCharacters) return undefined
  const sought = wholeOf(what)
  if (sought !== undefined) return all ? text.split(sought).join(replacement) : text.replace(sought, () => replacement)
  if (what?.kind !== 'regex' || !simplePattern.test(what.pattern)) return undefined
  return text.replace(new RegExp(what.pattern, what.flags.replace(/[^gimsu]/g, '')), replacement)
}

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['trim', (text) => text.trim()],
  ['trimStart', (text) => text.trimStart()],
  ['trimEnd', (text) => text.trimEnd()],
  ['toLowerCase', (text) => text.toLowerCase()],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['toString', (text) => text],
  ['valueOf', (text) => text],
  ['normalize', (text) => text.normalize()],
  ['replace', (text, args) => replaced(text, args, false)],
  ['replaceAll', (text, args) => replaced(text, args, true)],
  ['slice', (text, [from, to]) => text.slice(numberOf(from) ?? 0, numberOf(to))],
  ['substring', (text, [from, to]) => text.substring(numberOf(from) ?? 0, numberOf(to))],
  ['charAt', (text, [at]) => text.charAt(numberOf(at) ?? 0)],
  ['charCodeAt', (text, [at]) => text.charCodeAt(numberOf(at) ?? 0)],
  ['indexOf', (text, [sought]) => (wholeOf(sought) === undefined ? undefined : text.indexOf(wholeOf(sought) ?? ''))],
  [
    'startsWith',
    (text, [sought]) => (wholeOf(sought) === undefined ? undefined : text.startsWith(wholeOf(sought) ?? '')),
  ],
  ['endsWith', (text, [sought]) => (wholeOf(sought) === undefined ? undefined : text.endsWith(wholeOf(sought) ?? ''))],
  ['includes', (text, [sought]) => (wholeOf(sought) === undefined ? undefined : text.includes(wholeOf(sought) ?? ''))],
  [
    'repeat',
    (text, [times]) => {
      const count = numberOf(times) ?? 0
      return count >= 0 && text.length * count < maxMcpTextCharacters ? text.repeat(count) : undefined
    },
  ],
])

export function callTextMethod(
  run: Interpreter,
  of: Constant,
  name: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  const text = String(of.value)
  if (name === 'split') return of.whole ? split(run, text, args) : unknown
  if (name === 'concat') return joinTexts([of, ...args.map(toText)], '')
  const method = methods.get(name)
  if (method === undefined) return undefined
  const result = method(text, args)
  // A text with gaps keeps its gaps under what only changes how it looks; what is asked of it cannot be told.
  if (result === undefined)
    return typeof of.value === 'string' && name.startsWith('replace') ? { ...of, whole: false } : unknown
  if (!of.whole && typeof result !== 'string') return unknown
  return constant(result, of.at ?? site, of.whole)
}

function split(run: Interpreter, text: string, [by]: readonly Value[]): Value {
  const separator = wholeOf(by)
  const isSimple = by?.kind === 'regex' && simplePattern.test(by.pattern) && text.length <= maxMcpTextCharacters
  if (separator === undefined && !isSimple) return unknown
  const parts =
    separator === undefined && by?.kind === 'regex' ? text.split(new RegExp(by.pattern)) : text.split(separator ?? '')
  return { kind: 'list', items: parts.slice(0, 20_000).map((part) => constant(part)), open: false, level: run.level }
}
