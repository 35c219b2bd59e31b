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
    const key = `${literal.context} ${literal.kind} ${literal.value}`
    const known = this.#kept.get(key)
    if (known !== undefined && (!known.literal.decoded || literal.decoded)) return
    if (known === undefined && ++this.#counts[literal.context] > maxFileLiterals) {
      if (literal.context === 'code') this.cut = true
      return
    }
    this.#kept.set(key, { literal, offset })
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
