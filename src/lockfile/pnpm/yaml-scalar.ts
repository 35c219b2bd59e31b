import { code, type YamlCursor } from './yaml-cursor.js'
import type { YamlScalar } from './yaml-tree.js'

const wordScalars: ReadonlyMap<string, YamlScalar> = new Map<string, YamlScalar>([
  ['', null],
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
])

const decimal = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/
const otherBase = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/
const endless = /^([-+])?\.(?:inf|Inf|INF)$/
const notNumber = /^\.(?:nan|NaN|NAN)$/

/** What unquoted text stands for by YAML's core schema: `true`, `5.4` and `null` are no texts. */
export function resolvePlain(text: string): YamlScalar {
  const first = text.charCodeAt(0)
  // Digits, signs and the dot may begin a number, but no number has two dots, which nearly every version has.
  if (first <= 57 && first >= 43) {
    const dot = text.indexOf('.')
    return dot !== -1 && text.indexOf('.', dot + 1) !== -1 ? text : resolveNumber(text)
  }
  if (text.length > 5) return text
  const word = wordScalars.get(text)
  return word === undefined ? text : word
}

function resolveNumber(text: string): YamlScalar {
  if (decimal.test(text) || otherBase.test(text)) return Number(text)
  const infinite = endless.exec(text)
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity
  return notNumber.test(text) ? Number.NaN : text
}

const notPlainStart = new Set([...',[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)))

export function isPlainStart(cursor: YamlCursor): boolean {
  const first = cursor.peek()
  if (first === code.dash || first === code.question || first === code.colon) {
    const next = cursor.peek(1)
    return !Number.isNaN(next) && next !== code.space && next !== code.newline && next !== code.tab
  }
  return !notPlainStart.has(first)
}

/** Unquoted text up to the end of its line, and of the lines that go on with it: those indented deeper than `parent`. */
export function readPlain(cursor: YamlCursor, parent: number): YamlScalar {
  const first = readPlainLine(cursor)
  cursor.endLine()
  if (cursor.indent <= parent || cursor.mistake !== null) return resolvePlain(first)
  let text = first
  while (cursor.indent > parent) {
    if (cursor.commented) cursor.fail('text goes on after a comment')
    text += cursor.blanks === 0 ? ' ' : '\n'.repeat(cursor.blanks)
    text += readPlainLine(cursor)
    cursor.endLine()
  }
  return resolvePlain(text)
}

function readPlainLine(cursor: YamlCursor): string {
  const { text, at: from } = cursor
  let end = from
  let at = from
  for (; at < text.length; at += 1) {
    const one = text.charCodeAt(at)
    if (one === code.newline) break
    if (one === code.space) continue
    if (one === code.hash && at > from && text.charCodeAt(at - 1) === code.space) break
    if (one === code.colon && endsKey(text.charCodeAt(at + 1)))
      cursor.fail('a value holds what looks like a further key')
    if (one === code.tab) cursor.fail('a tab stands where only blanks may')
    end = at + 1
  }
  if (cursor.mistake === null) cursor.at = end
  return text.slice(from, end)
}

/** The colon of a key is followed by a blank or by the end of the line. */
export const endsKey = (next: number): boolean => next === code.space || next === code.newline || Number.isNaN(next)

/** At a quote. Leaves the cursor after the closing one. */
export function readQuoted(cursor: YamlCursor, parent: number): string {
  const { text, at: from } = cursor
  const quote = cursor.peek()
  const end = quote === code.singleQuote ? singleEnd(text, from + 1) : doubleEnd(text, from + 1)
  if (end === -1) {
    cursor.fail('a quote is not closed')
    return ''
  }
  const raw = text.slice(from + 1, end)
  const folded = raw.includes('\n') ? foldLines(cursor, raw, parent, quote === code.doubleQuote) : raw
  if (cursor.mistake === null) cursor.at = end + 1
  if (quote === code.singleQuote) return folded.includes("''") ? folded.replaceAll("''", "'") : folded
  return folded.includes('\\') ? decodeEscapes(cursor, folded) : folded
}

function singleEnd(text: string, from: number): number {
  let end = text.indexOf("'", from)
  while (end !== -1 && text.charCodeAt(end + 1) === code.singleQuote) end = text.indexOf("'", end + 2)
  return end
}

function doubleEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const one = text.charCodeAt(at)
    if (one === code.doubleQuote) return at
    if (one === code.backslash) at += 1
  }
  return -1
}

/** Line breaks in quotes are one blank, empty lines are line breaks, a backslash at the end joins without a blank. */
function foldLines(cursor: YamlCursor, raw: string, parent: number, escapes: boolean): string {
  if (raw.includes('\t')) cursor.fail('a tab stands in quoted text of several lines')
  const lines = raw.split('\n')
  let folded = ''
  let separator = ''
  for (const [at, line] of lines.entries()) {
    const content = at === 0 ? line : line.slice(blanksBefore(line))
    if (at > 0) cursor.line += 1
    if (at > 0 && content === '' && at < lines.length - 1) {
      separator = separator.startsWith('\n') ? `${separator}\n` : '\n'
      continue
    }
    if (at > 0 && content !== '' && line.length - content.length <= parent) {
      cursor.fail('quoted text is indented too little')
    }
    const isLast = at === lines.length - 1
    const joins = !isLast && escapes && backslashesAtEnd(content) % 2 === 1
    folded += separator + (isLast ? content : joins ? content.slice(0, -1) : withoutBlanks(content, escapes))
    separator = joins ? '' : ' '
  }
  return folded
}

function blanksBefore(line: string): number {
  let count = 0
  while (line.charCodeAt(count) === code.space) count += 1
  return count
}

function backslashesAtEnd(line: string): number {
  let count = 0
  while (line.charCodeAt(line.length - 1 - count) === code.backslash) count += 1
  return count
}

/** A blank at the end that is escaped stays. */
function withoutBlanks(line: string, escapes: boolean): string {
  let end = line.length
  while (line.charCodeAt(end - 1) === code.space) end -= 1
  const isEscaped = escapes && end < line.length && backslashesAtEnd(line.slice(0, end)) % 2 === 1
  return line.slice(0, isEscaped ? end + 1 : end)
}

const escaped: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

function decodeEscapes(cursor: YamlCursor, text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]|$))/g,
    (whole, x?: string, u?: string, long?: string, one?: string) => {
      const point = x ?? u ?? long
      if (point !== undefined && Number.parseInt(point, 16) <= 0x10ffff) {
        return String.fromCodePoint(Number.parseInt(point, 16))
      }
      const character = escaped.get(one ?? '')
      if (character === undefined) cursor.fail(`${JSON.stringify(whole.slice(0, 10))} is no escape of YAML`)
      return character ?? ''
    },
  )
}
