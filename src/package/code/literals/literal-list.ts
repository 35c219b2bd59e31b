import { maxFileLiterals } from '../../../limits.js'
import type { Literal } from '../file-code.js'
import type { SourceText } from '../read/source-text.js'

/** The literals of one file, each value once for each context. */
export class LiteralList {
  readonly #source: SourceText
  readonly #kept = new Map<string, { literal: Omit<Literal, 'line' | 'column' | 'excerpt'>; offset: number }>()
  readonly #counts = { code: 0, comment: 0, message: 0 }
  /** There are more in the code than are kept. */
  cut = false

  constructor(source: SourceText) {
    this.#source = source
  }

  /** What is written plainly somewhere is not hidden elsewhere; apart from that the first place counts. */
  add(literal: Omit<Literal, 'line' | 'column' | 'excerpt'>, offset: number): void {
    const key = keyOf(literal)
    const known = this.#kept.get(key)
    if (known === undefined) this.#addNew(key, literal, offset)
    else if (known.literal.decoded === literal.decoded ? offset < known.offset : known.literal.decoded)
      this.#kept.set(key, { literal, offset })
  }

  /** What something is used with: only if nothing told of it as plainly where it is written. */
  addUsed(literal: Omit<Literal, 'line' | 'column' | 'excerpt'>, offset: number): void {
    const known = this.#kept.get(keyOf(literal))
    if (known === undefined || (known.literal.decoded && !literal.decoded)) this.add(literal, offset)
  }

  #addNew(key: string, literal: Omit<Literal, 'line' | 'column' | 'excerpt'>, offset: number): void {
    if (++this.#counts[literal.context] <= maxFileLiterals) this.#kept.set(key, { literal, offset })
    else if (literal.context === 'code') this.cut = true
  }

  sorted(): readonly Literal[] {
    return [...this.#kept.values()]
      .sort((one, other) => one.offset - other.offset)
      .map(({ literal, offset }) => ({
        ...this.#source.placeAt(offset),
        ...literal,
        excerpt: this.#source.excerptAt(offset),
      }))
  }
}

const keyOf = ({ context, kind, value }: Pick<Literal, 'context' | 'kind' | 'value'>): string =>
  `${context} ${kind} ${value}`
