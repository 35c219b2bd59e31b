import { maxExcerptCharacters } from '../../limits.js'

/** Where a piece of the text begins, and the line of the file that it stands on. */
interface Piece {
  readonly offset: number
  /** From 1. */
  readonly line: number
}

/** A text that was taken out of a file, unindented, folded or unescaped, and that still knows its lines. */
export class PlacedText {
  readonly text: string
  readonly #pieces: readonly Piece[]

  /** `pieces` in the order of the text. */
  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text
    this.#pieces = pieces
  }

  /** Each line of the text stands on a line of the file, one after the other. */
  static lines(text: string, first: number): PlacedText {
    const pieces: Piece[] = [{ offset: 0, line: first }]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      pieces.push({ offset: at + 1, line: first + pieces.length })
    }
    return new PlacedText(text, pieces)
  }

  /** All of it stands on one line of the file. */
  static line(text: string, line: number): PlacedText {
    return new PlacedText(text, [{ offset: 0, line }])
  }

  lineAt(offset: number): number {
    let [low, high] = [0, this.#pieces.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#pieces[middle]?.offset ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.#pieces[low]?.line ?? 1
  }

  at(start: number, end: number): { readonly line: number; readonly excerpt: string } {
    const excerpt = this.text.slice(start, Math.min(end, start + maxExcerptCharacters))
    return { line: this.lineAt(start), excerpt: excerpt.replace(/\s+/g, ' ').trim() }
  }

  /** With something else in the place of each match, of another length perhaps. */
  replaced(pattern: RegExp, replacement: (matched: RegExpExecArray) => string): PlacedText {
    const moves: { readonly from: number; readonly by: number }[] = []
    let [text, last, by] = ['', 0, 0]
    for (const matched of this.text.matchAll(pattern)) {
      const other = replacement(matched)
      text += this.text.slice(last, matched.index) + other
      last = matched.index + matched[0].length
      by += other.length - matched[0].length
      moves.push({ from: last, by })
    }
    if (moves.length === 0) return this
    let next = 0
    let moved = 0
    const pieces = this.#pieces.map(({ offset, line }) => {
      for (let move = moves[next]; move !== undefined && move.from <= offset; move = moves[next]) {
        moved = move.by
        next += 1
      }
      return { offset: Math.max(0, offset + moved), line }
    })
    return new PlacedText(text + this.text.slice(last), pieces)
  }
}
