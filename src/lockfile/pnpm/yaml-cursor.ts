import { maxMalformedEntries, maxYamlKeys } from '../../limits.js'
import { YamlMap, type YamlValue } from './yaml-tree.js'

export interface YamlMistake {
  readonly line: number
  readonly why: string
  /** The text is not wrong, it is too much. */
  readonly limit: boolean
}

/** A key that no reader may pass over, with the keys that lead to it. */
export interface OddKey {
  readonly reason: 'duplicate-key' | 'prototype-key'
  readonly path: readonly string[]
  readonly line: number
}

export const code = {
  tab: 9,
  newline: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  dot: 46,
  colon: 58,
  greater: 62,
  question: 63,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  pipe: 124,
  closeBrace: 125,
} as const

/** Where reading stands in a text whose lines end in `\n`. The first mistake moves it to the end, which ends every loop. */
export class YamlCursor {
  at = 0
  /** The line of `at`, from 1. */
  line = 1
  /** Column of the content at `at`; -1 at the end of a document. */
  indent = 0
  /** Column of what the brackets belong to that are being read: their quoted text must lie deeper. */
  bracketParent = -1
  /** A comment stood between the last content and this one: a scalar does not go on after it. */
  commented = false
  /** Empty lines between the last content and this one. */
  blanks = 0
  mistake: YamlMistake | null = null
  readonly odd: OddKey[] = []
  /** Keys that lead to where reading stands. */
  readonly path: string[] = []
  #keys = 0
  /** The pairs of all open maps, the innermost last. */
  readonly #cells: unknown[] = []
  #top = 0

  constructor(readonly text: string) {}

  fail(why: string, limit = false): void {
    this.mistake ??= { line: this.line, why, limit }
    this.at = this.text.length
    this.indent = -1
  }

  /** The code of the character at `at` or so many after it; NaN past the end. */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead)
  }

  /** Where the cells of a map that begins here will stand. */
  openMap(): number {
    return this.#top
  }

  add(key: string, value: YamlValue, line: number): void {
    this.#keys += 1
    if (this.#keys > maxYamlKeys) this.fail(`it has more than ${maxYamlKeys} keys`, true)
    this.#cells[this.#top] = key
    this.#cells[this.#top + 1] = value
    this.#cells[this.#top + 2] = line
    this.#top += 3
  }

  /** The map of all that was added since it was opened. Of a doubled key the last one counts. */
  closeMap(from: number): YamlMap {
    const cells = this.#cells.slice(from, this.#top)
    this.#top = from
    return new YamlMap(isGrowing(cells) ? cells : this.#withoutDoubles(cells))
  }

  #withoutDoubles(cells: readonly unknown[]): readonly unknown[] {
    const positions = new Map<unknown, number>()
    const kept: unknown[] = []
    for (let at = 0; at < cells.length; at += 3) {
      const [key, value, line] = [String(cells[at]), cells[at + 1], Number(cells[at + 2])]
      const known = positions.get(key)
      if (known === undefined) positions.set(key, kept.length)
      else this.#report('duplicate-key', key, line)
      // Programs that put such a key into an object change every object.
      if (key === '__proto__') this.#report('prototype-key', key, line)
      kept.splice(known ?? kept.length, 3, key, value, line)
    }
    return kept
  }

  #report(reason: OddKey['reason'], key: string, line: number): void {
    if (this.odd.length >= maxMalformedEntries) this.fail(`it has more than ${maxMalformedEntries} odd keys`, true)
    this.odd.push({ reason, path: [...this.path, key], line })
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === code.space) this.at += 1
  }

  /** Moves over blanks, a comment and the end of the line, to the next content. Anything else there is a mistake. */
  endLine(): void {
    const from = this.at
    this.skipSpaces()
    if (this.peek() === code.hash && this.text.charCodeAt(this.at - 1) === code.space && this.at > from) {
      this.#skipLine()
      this.nextContent()
      this.commented = true
    } else if (this.peek() === code.newline || this.at >= this.text.length) {
      this.nextContent()
    } else this.fail('text stands after the end of a value')
  }

  #skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end === -1 ? this.text.length : end
  }

  /** From the end of a line to the first character of the next line that holds something. */
  nextContent(): void {
    this.commented = false
    this.blanks = -1
    while (this.peek() === code.newline) {
      this.at += 1
      this.line += 1
      this.#measure()
      if (this.peek() === code.hash) {
        this.commented = true
        this.#skipLine()
      }
    }
    if (this.at >= this.text.length) this.indent = -1
  }

  /** At the beginning of a line. */
  #measure(): void {
    const start = this.at
    this.skipSpaces()
    this.indent = this.at - start
    this.blanks += 1
    const first = this.peek()
    if (first === code.tab) this.fail('a tab stands where only blanks may')
    else if (this.indent === 0 && (first === code.dash || first === code.dot) && this.isMarker()) this.indent = -1
  }

  /** To the first content of the text, whose first line has no line before it. */
  start(): void {
    this.#measure()
    this.blanks = 0
    if (this.peek() === code.hash) this.#skipLine()
    if (this.peek() === code.newline) this.nextContent()
    else if (this.at >= this.text.length) this.indent = -1
  }

  /** `---` or `...` at the beginning of a line, which ends a document wherever it stands. */
  isMarker(): boolean {
    const { text, at } = this
    const next = text.charCodeAt(at + 3)
    const ends = next === code.newline || next === code.space || at + 3 >= text.length
    return ends && (text.startsWith('---', at) || text.startsWith('...', at))
  }
}

/** Up to here, comparing each key with each is quicker than an index. */
const maxPairedKeys = 12

/**
 * Whether no key can be there twice, and none is odd: each comes after the one before, as pnpm sorts them, or there are so
 * few that looking at all pairs is quicker than an index.
 */
function isGrowing(cells: readonly unknown[]): boolean {
  const isFew = cells.length <= 3 * maxPairedKeys
  let isSorted = true
  for (let at = 0; at < cells.length; at += 3) {
    const key = cells[at] as string
    if (key === '__proto__') return false
    if (isSorted && (at === 0 || key > (cells[at - 3] as string))) continue
    isSorted = false
    if (!isFew) return false
    for (let before = 0; before < at; before += 3) if (cells[before] === key) return false
  }
  return true
}
