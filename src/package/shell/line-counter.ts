import { maxExcerptCharacters } from '../../limits.js'

/** Places in a text that is read forwards: each line is counted once. */
export class LineCounter {
  readonly #text: string
  #line = 1
  /** Where the line ends. */
  #end: number

  constructor(text: string) {
    this.#text = text
    this.#end = endOfLine(text, 0)
  }

  /** The line where a piece begins and how it reads. A place before the last one that was asked for is told on that one's line. */
  at(start: number, end: number): { readonly line: number; readonly excerpt: string } {
    while (this.#end < start) {
      this.#line += 1
      this.#end = endOfLine(this.#text, this.#end + 1)
    }
    const excerpt = this.#text
      .slice(start, Math.min(end, start + maxExcerptCharacters))
      .replace(/\s+/g, ' ')
      .trim()
    return { line: this.#line, excerpt }
  }
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from)
  return found < 0 ? text.length : found
}
