import { joined, skeleton, sortedWords } from './name-forms.js'

/** A name that others may be taken for, in one of the spellings that people know it by. */
export interface Spelling {
  readonly target: string
  /** Place in the order of use, 0 the most used. */
  readonly rank: number
  readonly form: string
  /** `whole`: a name without a scope. `flattened`: scope and name as one. `bare`: the name without its scope. */
  readonly kind: 'whole' | 'flattened' | 'bare'
}

/** One spelling, or several: most keys have one, and a list for each would be most of what an index costs. */
type Listed = Spelling | Spelling[]

/**
 * Spellings by what a slip of the hand leaves as it was: it lies in one half of a name, so that the other half finds the name again. A
 * question costs as many comparisons as there are names of about its length with the same half, not as many as there are names.
 */
export class NameIndex {
  readonly #halves = new Map<string, Listed>()
  readonly #looks = new Map<string, Listed>()
  readonly #words = new Map<string, Listed>()

  constructor(spellings: Iterable<Spelling>) {
    for (const spelling of spellings) {
      const { form } = spelling
      for (const key of halvesOf(form, form.length)) put(this.#halves, key, spelling)
      put(this.#looks, skeleton(form), spelling)
      const words = sortedWords(form)
      if (words !== undefined) put(this.#words, words, spelling)
    }
  }

  /** Every spelling that one slip of the hand makes `form` of, and others: the caller tells them apart. */
  near(form: string): ReadonlySet<Spelling> {
    const lengths = [form.length - 1, form.length, form.length + 1]
    const keys = lengths.flatMap((length) => halvesOf(form, length))
    // Two letters swapped across the middle leave neither half as it was.
    const middle = Math.floor(form.length / 2)
    if (middle > 0) keys.push(`${form.length}<${form.slice(0, middle - 1)}${form[middle] ?? ''}`)
    return new Set(keys.flatMap((key) => this.#halves.get(key) ?? []))
  }

  /** Every spelling that looks the same, separators aside. */
  lookingLike(form: string): readonly Spelling[] {
    return listed(this.#looks.get(skeleton(form)))
  }

  /** Every spelling with the same letters, whatever their case and separators. */
  spelledLike(form: string): readonly Spelling[] {
    return this.lookingLike(form).filter((spelling) => joined(spelling.form) === joined(form))
  }

  /** Every spelling of the same words in any order. */
  wordedLike(form: string): readonly Spelling[] {
    const words = sortedWords(form)
    return words === undefined ? [] : listed(this.#words.get(words))
  }
}

/** The first and the second half that a name of this length would have, were it `form` but for a slip in the other half. */
function halvesOf(form: string, length: number): readonly [string, string] {
  const middle = Math.floor(length / 2)
  return [`${length}<${form.slice(0, middle)}`, `${length}>${form.slice(form.length - (length - middle))}`]
}

function listed(found: Listed | undefined): readonly Spelling[] {
  if (found === undefined) return []
  return Array.isArray(found) ? found : [found]
}

function put(lists: Map<string, Listed>, key: string, spelling: Spelling): void {
  const found = lists.get(key)
  if (Array.isArray(found)) found.push(spelling)
  else lists.set(key, found === undefined ? spelling : [found, spelling])
}
