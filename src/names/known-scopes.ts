import { editBetween } from './edits.js'
import { splitName } from './name-forms.js'
import type { Resemblance } from './resemblance.js'

interface KnownScope {
  readonly scope: string
  /** Its most used package, and that one's place in the order of use. */
  readonly target: string
  readonly rank: number
  packages: number
}

/** Short scopes are a letter from each other by nature, and one that a single package comes from is none that people know. */
const shortestScope = 5
const fewestPackages = 2

/** The scopes that well-known packages come from. */
export class KnownScopes {
  readonly #scopes = new Map<string, KnownScope>()

  /** `ranked`: well-known names, the most used first. */
  constructor(ranked: readonly string[]) {
    for (const [rank, target] of ranked.entries()) {
      // Asked first, as most names have none.
      const { scope } = target.startsWith('@') ? splitName(target) : {}
      if (scope === undefined) continue
      const seen = this.#scopes.get(scope)
      if (seen === undefined) this.#scopes.set(scope, { scope, target, rank, packages: 1 })
      else seen.packages += 1
    }
  }

  /** `scope`: without its `@`. */
  has(scope: string): boolean {
    return this.#scopes.has(scope)
  }

  /**
   * The scopes that one slip of the hand makes `scope` of, each with its most used package. Organisations have names that are a letter apart;
   * two letters swapped, or one doubled, is nobody's name. A package that is named after one of the other scope's is found by its whole name.
   */
  imitatedBy(scope: string): readonly Resemblance[] {
    return [...this.#scopes.values()].flatMap(({ scope: other, target, rank, packages }) => {
      const edit = packages >= fewestPackages && other.length >= shortestScope ? editBetween(scope, other) : undefined
      if (edit === undefined) return []
      const closeness = edit === 'letters-swapped' || edit === 'letter-doubled' ? 'close' : 'loose'
      return [{ target, rank, likeness: 'scope-imitated', closeness } as const]
    })
  }
}
