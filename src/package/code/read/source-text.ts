import { maxExcerptCharacters } from '../../../limits.js'
import type { Place } from '../file-code.js'

/** A file's text with places in it. Lines are counted only when somebody asks for the first place. */
export class SourceText {
  /** Without a byte order mark, as Node drops it. Offsets are UTF-16 code units of this text. */
  readonly text: string
  #lineStarts: Uint32Array | undefined

  constructor(text: string) {
    this.text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }

  /** Line and column from 1, columns in UTF-16 code units, as editors count both. */
  placeAt(offset: number): Place {
    const starts = this.#starts()
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }

  /** The offset of a place that `placeAt` gave. */
  offsetAt({ line, column }: Place): number {
    return (this.#starts()[line - 1] ?? 0) + column - 1
  }

  /** The code around an offset on its own line, as written: most of it what follows, a little of what comes before. */
  excerptAt(offset: number): string {
    const { text } = this
    const lineStart = offset - this.placeAt(offset).column + 1
    const from = Math.max(lineStart, offset - Math.floor(maxExcerptCharacters / 4))
    const most = text.slice(from, from + maxExcerptCharacters)
    const lineEnd = most.slice(offset - from).search(/[\r\n]/)
    return (lineEnd === -1 ? most : most.slice(0, offset - from + lineEnd)).trim()
  }

  #starts(): Uint32Array {
    this.#lineStarts ??= lineStartsOf(this.text)
    return this.#lineStarts
  }
}

/** Lines end with `\n`, `\r\n` or a lone `\r`. Two passes, since the lines of a hostile file may number many millions. */
function lineStartsOf(text: string): Uint32Array {
  // Most files have no `\r`, and finding one character is several times as fast as looking at each.
  const next = text.includes('\r') ? nextLine : nextPlainLine
  let lines = 1
  for (let at = next(text, 0); at !== -1; at = next(text, at)) lines += 1
  const starts = new Uint32Array(lines)
  let line = 1
  for (let at = next(text, 0); at !== -1; at = next(text, at)) starts[line++] = at
  return starts
}

function nextPlainLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? -1 : newline + 1
}

/** Where the line behind that of `from` begins, or -1. */
function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10) return at + 1
    if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1
  }
  return -1
}
