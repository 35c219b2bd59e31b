import { maxHiddenPlaces } from '../../../limits.js'
import type { TextRange } from '../read/read-code.js'

/** No editor is as wide, and no code that people or tools write has so many blanks before something else. */
const manyBlanks = 200

/** More screens of nothing than anybody scrolls through. */
const manyLines = 200

/** Offsets of code that stands behind so many blanks, or so many blank lines, that nobody sees it. `texts`: strings and comments, sorted. */
export function findPushedCode(text: string, textsOf: () => readonly TextRange[]): readonly number[] {
  const found: number[] = []
  let texts: readonly TextRange[] | undefined
  for (let at = manyBlanks - 1; at < text.length && found.length < maxHiddenPlaces; at += manyBlanks) {
    if (!isBlank(text.charCodeAt(at))) continue
    const run = runAround(text, at)
    at = Math.max(at, run.end)
    const newlines = run.end - run.start < manyBlanks ? 0 : newlinesIn(text, run)
    const lineStart = newlines === 0 ? run.start : text.lastIndexOf('\n', run.end - 1) + 1
    const blanks = run.end - lineStart
    if (newlines < manyLines && blanks < manyBlanks) continue
    texts ??= textsOf()
    const code = codeBehind(text, run.end, texts)
    if (code === undefined) continue
    if (newlines >= manyLines || newlines === 0 || !isIndented(text, run.start, blanks)) found.push(code)
  }
  return found
}

const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x3000

function runAround(text: string, at: number): TextRange {
  let start = at
  let end = at + 1
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start -= 1
  while (end < text.length && isBlank(text.charCodeAt(end))) end += 1
  return { start, end }
}

function newlinesIn(text: string, { start, end }: TextRange): number {
  let lines = 0
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** Where code begins behind the run: not in a string or comment that spans it, and not a comment that ends with its line. */
function codeBehind(text: string, from: number, texts: readonly TextRange[]): number | undefined {
  let at = from
  const around = rangeAt(texts, at - 1)
  if (around !== undefined && around.start < at - 1 && around.end > at) {
    // What is padded within a string is data. Only if somebody's line goes on behind it was it made to push that away.
    const column = around.start - text.lastIndexOf('\n', around.start)
    const rest = text.slice(around.end, lineEnd(text, around.end))
    return column < manyBlanks && !text.slice(around.start, around.end).includes('\n') && hasCall(rest)
      ? around.end
      : undefined
  }
  for (let range = commentAt(text, texts, at); range !== undefined; range = commentAt(text, texts, at)) {
    at = range.end
    while (at < text.length && isBlank(text.charCodeAt(at)) && text.charCodeAt(at) !== 10) at += 1
  }
  return at >= text.length || text.charCodeAt(at) === 10 ? undefined : at
}

const lineEnd = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? text.length : newline
}

const hasCall = (code: string): boolean => /[\w$\])]\s?\(/.test(code.slice(0, 2000))

function commentAt(text: string, texts: readonly TextRange[], at: number): TextRange | undefined {
  const range = rangeAt(texts, at)
  return range?.start === at && text.charCodeAt(at) === 47 ? range : undefined
}

/** The range that holds an offset. */
function rangeAt(ranges: readonly TextRange[], at: number): TextRange | undefined {
  let low = 0
  let high = ranges.length
  while (high > low) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const range = ranges[low - 1]
  return range !== undefined && at < range.end ? range : undefined
}

/** Generated code nests so deep that its indentation is as long; then the line before is indented like it. */
function isIndented(text: string, endOfLineBefore: number, blanks: number): boolean {
  const start = text.lastIndexOf('\n', endOfLineBefore - 1) + 1
  let before = 0
  while (isBlank(text.charCodeAt(start + before))) before += 1
  return before >= blanks / 2
}
