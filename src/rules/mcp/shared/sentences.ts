import { maxSentenceCharacters } from '../../../limits.js'

export interface Sentence {
  readonly text: string
  /** In characters of the text. */
  readonly at: number
}

/** Ends of sentences and items: full stops, blank lines, and lines that do not go on with a small letter. */
const ends = /(?<=[.!?…])["')\]*_]{0,3}\s{1,200}|[。！？；]|\n\s{0,200}\n|\n(?=\s{0,200}[^\p{Ll}\s])|\\n/gu

/** Blanks made one; what is longer than any sentence is read in pieces that overlap. */
export function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = []
  let from = 0
  for (const { 0: end, index } of text.matchAll(ends)) {
    keep(text, from, index, found)
    from = index + end.length
  }
  keep(text, from, text.length, found)
  return found
}

const overlap = 200

function keep(text: string, from: number, to: number, found: Sentence[]): void {
  for (let start = from; start < to; start += maxSentenceCharacters - overlap) {
    const piece = text.slice(start, Math.min(to, start + maxSentenceCharacters))
    const plain = piece.replace(/\s+/gu, ' ').trim()
    if (plain.length > 3) found.push({ text: plain, at: start })
    if (start + maxSentenceCharacters >= to) break
  }
}
