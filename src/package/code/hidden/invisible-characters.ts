import { maxHiddenPlaces } from '../../../limits.js'
import type { Hidden } from '../file-code.js'

/** Where in a file characters stand: strings, regular expressions and the text of elements are `string`. */
export type Surroundings = 'code' | 'string' | 'comment'

export interface HiddenAt {
  readonly kind: Hidden['kind']
  readonly at: number
}

/** Characters without width or ink. Korean fillers count as letters, so that they can be names; the soft hyphen shows only at a line's end. */
const zeroWidth =
  '\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb'
const bidi = '\u202a-\u202e\u2066-\u2069'
const runs = new RegExp(
  `[${zeroWidth}]{1,4000}|[${bidi}]|[\\u{e0000}-\\u{e007f}]{1,4000}|[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]{1,4000}`,
  'gu',
)

/** Bits written as characters that nobody sees come in eights at least. */
const dataLength = 8

/** A text of a thousand Persian or Hindi words has thousands of joiners: each is looked at, few are kept. */
export function findInvisible(text: string, surroundingsOf: (at: number) => Surroundings): readonly HiddenAt[] {
  const found: HiddenAt[] = []
  for (const match of text.matchAll(runs)) {
    const kind = judge(match[0], text, match.index, surroundingsOf)
    if (kind === undefined) continue
    found.push({ kind, at: match.index })
    if (found.length === maxHiddenPlaces) break
  }
  return found
}

function judge(
  run: string,
  text: string,
  at: number,
  surroundingsOf: (at: number) => Surroundings,
): Hidden['kind'] | undefined {
  const code = run.codePointAt(0) ?? 0
  const around = surroundingsOf(at)
  if (isBidi(code)) return around === 'code' || isOpen(text, at) ? 'bidi' : undefined
  const length = [...run].length
  if (code >= 0xe0000 && code <= 0xe007f) return isFlag(text, at, run) || isTable(run) ? undefined : 'tag-characters'
  if (code >= 0xe0100 || (code >= 0xfe00 && code <= 0xfe0f)) {
    return length >= 4 && !isTable(run) ? 'variation-selectors' : undefined
  }
  if (around === 'code') return isByteOrderMark(code, text, at) ? undefined : 'zero-width'
  // One of them in a text joins letters or emoji, or parts a word; one again and again pads
  // it (React's names of tracks do), a list of them is a table of Unicode's. A comment does nothing.
  return around === 'string' && length >= dataLength && new Set(run).size > 1 && !isTable(run)
    ? 'zero-width'
    : undefined
}

const isBidi = (code: number): boolean => (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)

/** Files put together from others have marks where each began. */
const isByteOrderMark = (code: number, text: string, at: number): boolean =>
  code === 0xfeff && (at === 0 || /[\n\r;})]/.test(text[at - 1] ?? ''))

/** Flags of England, Scotland and Wales are a black flag, letters, and a mark for the end. */
const isFlag = (text: string, at: number, run: string): boolean =>
  text.codePointAt(at - 2) === 0x1f3f4 && run.endsWith('\u{e007f}') && run.length <= 16

/** A library's list of such characters has each once, in order; data has few of them again and again. */
function isTable(run: string): boolean {
  const codes = [...run].map((character) => character.codePointAt(0) ?? 0)
  if (codes.length < 3) return codes.length < 2 || codes[0] !== codes[1]
  return new Set(codes).size === codes.length && codes.every((code, index) => code > (codes[index - 1] ?? 0))
}

/**
 * The tables of libraries for markup and languages, packed into a text of characters from everywhere: of many blocks, where the trick needs a
 * line that looks like code.
 */
const isPacked = (around: string): boolean =>
  new Set([...around].map((character) => (character.codePointAt(0) ?? 0) >> 8).filter((block) => block > 0)).size >=
  blocksOfTable

const packedReach = 20
const blocksOfTable = 5

/** What is not closed on its own line turns around what follows it: the trick of "Trojan Source" (CVE-2021-42574). */
function isOpen(text: string, at: number): boolean {
  const newline = text.indexOf('\n', at)
  const line = text.slice(at, Math.min(newline === -1 ? text.length : newline, at + 4000))
  // Alone in its string it is a constant: `const lro = '…'`.
  if (/^.["'`\]/]/u.test(line) && /["'`[/]/.test(text[at - 1] ?? '')) return false
  if (isPacked(text.slice(Math.max(0, at - packedReach), at + packedReach))) return false
  const code = text.charCodeAt(at)
  // Embedded Arabic and Hebrew may run to the end of its text: it turns itself around, nothing else.
  if (code <= 0x202b && /^.[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(line)) return false
  // A closing mark turns nothing around.
  if (code === 0x202c || code === 0x2069) return false
  return !line.includes(code >= 0x2066 ? '\u2069' : '\u202c') && /[a-zA-Z(){};=]/.test(line)
}
