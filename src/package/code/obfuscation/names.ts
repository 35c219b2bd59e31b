import { maxDistinctNames } from '../../../limits.js'
import type { Sign } from './signs.js'

const underscore = 95
const dollar = 36

/** Counts the names that were made by obfuscators. */
export class NameCounter {
  #all = 0
  #hexUses = 0
  readonly #hex = new Set<string>()
  readonly #confusable = new Set<string>()
  readonly #symbols = new Set<string>()

  add(name: string): void {
    this.#all += 1
    const first = name.charCodeAt(0)
    if (name.length < 3) return
    if (first === underscore || name.charCodeAt(1) === underscore || name.charCodeAt(2) === underscore) {
      if (/_0x[0-9a-f]{2,8}$/i.test(name)) {
        this.#hexUses += 1
        keep(this.#hex, name)
      }
    }
    if (first === dollar || first === underscore) {
      if (/^[$_]{3,}$/.test(name)) keep(this.#symbols, name)
    } else if (first === 79 || first === 48 || first === 73 || first === 108 || first === 81 || first === 111) {
      if (name.length >= 5 && isConfusable(name)) keep(this.#confusable, name)
    }
  }

  signs(): readonly Sign[] {
    const signs: Sign[] = []
    if (this.#hex.size >= 8 || (this.#hex.size >= 3 && this.#hexUses * 10 >= this.#all)) signs.push('hex-names')
    if (this.#confusable.size >= 5) signs.push('confusable-names')
    if (this.#symbols.size >= 8) signs.push('symbol-names')
    return signs
  }
}

/** `OOO` and `III` alone are names in mathematics: both shapes of letter must be there. */
const isConfusable = (name: string): boolean =>
  (/^[O0oQ]{5,}$/.test(name) && /0|Q/.test(name) && /O|o/.test(name)) ||
  (/^[lI1]{5,}$/.test(name) && /l|1/.test(name) && /I/.test(name))

function keep(names: Set<string>, name: string): void {
  if (names.size < maxDistinctNames) names.add(name)
}
