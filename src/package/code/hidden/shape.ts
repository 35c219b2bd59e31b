import type { Cut, Shape } from '../file-code.js'

/** A name of the module: for each character of a package, a look-up of the global one is felt. */
const { imul } = Math

/** Cuts kept at each end between lines, and within long lines: enough for a payload of some lines, or of some 20 KB in a bundle's only line. */
const keptLines = 6
const keptChunks = 10

/** Lines longer than this are cut too: in a bundle of one line nothing else could be compared. */
const longLine = 2000
const minChunk = 512

/** Odd, so that it has an inverse modulo 2^32: what is behind a cut is told from the whole and what is before it. */
const bases = [0x01000193, 0x85ebca6b] as const
const inverses = [inverseOf(bases[0]), inverseOf(bases[1])] as const

/** A sum for which both what is before a cut and what is behind it depend on nothing else. */
class Digest {
  readonly sums: [number, number] = [0, 0]
  readonly inverses: [number, number] = [1, 1]
  pieces = 0
  #powers: [number, number] = [1, 1]

  add(piece: number): void {
    this.pieces += 1
    for (const lane of [0, 1] as const) {
      this.sums[lane] = (this.sums[lane] + imul(piece, this.#powers[lane])) | 0
      this.#powers[lane] = imul(this.#powers[lane], bases[lane])
      this.inverses[lane] = imul(this.inverses[lane], inverses[lane])
    }
  }
}

interface Mark {
  line: number
  column: number
  pieces: number
  readonly sums: [number, number]
  readonly inverses: [number, number]
}

function markAt({ pieces, sums, inverses }: Digest, line: number, column: number): Mark {
  return { line, column, pieces, sums: [...sums], inverses: [...inverses] }
}

/** The first and the last few of any number of marks. */
class Ends {
  readonly #kept: number
  readonly first: Mark[] = []
  readonly #last: Mark[] = []
  #count = 0

  constructor(kept: number) {
    this.#kept = kept
  }

  /** There is one for each line of all files: those that are kept only for now are written over. */
  add(digest: Digest, line: number, column: number): void {
    if (this.first.length < this.#kept) {
      this.first.push(markAt(digest, line, column))
      return
    }
    const place = this.#count++ % this.#kept
    const mark = this.#last[place]
    if (mark === undefined) this.#last[place] = markAt(digest, line, column)
    else overwrite(mark, digest, line, column)
  }

  all(): readonly Mark[] {
    return [...this.first, ...this.#last]
  }
}

function overwrite(mark: Mark, { pieces, sums, inverses }: Digest, line: number, column: number): void {
  mark.line = line
  mark.column = column
  mark.pieces = pieces
  for (const lane of [0, 1] as const) {
    mark.sums[lane] = sums[lane]
    mark.inverses[lane] = inverses[lane]
  }
}

export function readShape(text: string): Shape {
  const digest = new Digest()
  const lines = new Ends(keptLines)
  const chunks = new Ends(keptChunks)
  lines.add(digest, 1, 1)
  let line = 1
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start)
    const next = newline === -1 ? text.length : newline + 1
    const end = endOfLine(text, start, next)
    if (end - start > longLine) addChunks(text, start, end, line, digest, chunks)
    else if (end > start) digest.add(hashOf(text, start, end))
    if (end > start) lines.add(digest, line + 1, 1)
    start = next
  }
  const whole = markAt(digest, line, 1)
  const marks = [...lines.all(), ...chunks.all()].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  )
  return { cuts: marks.map((mark) => toCut(mark, whole)) }
}

/** Without the blanks at its end. */
function endOfLine(text: string, start: number, next: number): number {
  let end = next
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return end
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)

/** Ends each chunk where the text itself says so, whatever stands before: what is put in moves no other end. */
function addChunks(text: string, start: number, end: number, line: number, digest: Digest, chunks: Ends): void {
  let from = start
  let hash = 0
  let gear = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    hash = imul(hash ^ code, 0x01000193)
    // Each character leaves the sum after 32 more.
    gear = ((gear << 1) + imul(code + 1, 0x9e3779b1)) | 0
    if (at - from < minChunk || gear >>> 22 !== 0) continue
    digest.add(hash)
    from = at + 1
    hash = 0
    chunks.add(digest, line, from - start + 1)
  }
  if (from < end) digest.add(hash)
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function toCut({ line, column, pieces, sums, inverses: back }: Mark, whole: Mark): Cut {
  const behind = [0, 1].map((lane) => imul((whole.sums[lane] ?? 0) - (sums[lane] ?? 0), back[lane] ?? 0))
  return [line, column, pieces, joined(sums[0], sums[1]), joined(behind[0] ?? 0, behind[1] ?? 0)]
}

/** 52 bits, which JSON keeps. */
const joined = (one: number, other: number): number => (one >>> 0) * 2 ** 20 + (other >>> 12)

/** Newton's method: each round doubles the number of right bits. */
function inverseOf(odd: number): number {
  let inverse = odd
  for (let round = 0; round < 5; round++) inverse = imul(inverse, 2 - imul(odd, inverse))
  return inverse
}
