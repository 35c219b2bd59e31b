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
 * question costs as many comparisons as there are names of about its length with the same half, not as many as there are names. Keys are
 * numbers made of the text, which cost nothing to keep; two texts may share one, and whoever asks looks at what was found.
 */
export class NameIndex {
  readonly #halves = new Map<number, Listed>()
  readonly #looks = new Map<number, Listed>()
  readonly #words = new Map<number, Listed>()

  constructor(spellings: Iterable<Spelling>) {
    for (const spelling of spellings) {
      const { form } = spelling
      for (const key of halvesOf(form, form.length)) put(this.#halves, key, spelling)
      put(this.#looks, keyOf(skeleton(form)), spelling)
      const words = sortedWords(form)
      if (words !== undefined) put(this.#words, keyOf(words), spelling)
    }
  }

  /** Every spelling that one slip of the hand makes `form` of, and others: the caller tells them apart. */
  near(form: string): ReadonlySet<Spelling> {
    const lengths = [form.length - 1, form.length, form.length + 1]
    const keys = lengths.flatMap((length) => halvesOf(form, length))
    // Two letters swapped across the middle leave neither half as it was.
    const middle = Math.floor(form.length / 2)
    if (middle > 0) {
      const swapped = form.slice(0, middle - 1) + form.slice(middle, middle + 1)
      keys.push(keyOf(swapped, form.length))
    }
    return new Set(keys.flatMap((key) => this.#halves.get(key) ?? []))
  }

  /** Every spelling that looks the same, separators aside. */
  lookingLike(form: string): readonly Spelling[] {
    const look = skeleton(form)
    return listed(this.#looks.get(keyOf(look))).filter((spelling) => skeleton(spelling.form) === look)
  }

  /** Every spelling with the same letters, whatever their case and separators. */
  spelledLike(form: string): readonly Spelling[] {
    return this.lookingLike(form).filter((spelling) => joined(spelling.form) === joined(form))
  }

  /** Every spelling of the same words in any order. */
  wordedLike(form: string): readonly Spelling[] {
    const words = sortedWords(form)
    if (words === undefined) return []
    return listed(this.#words.get(keyOf(words))).filter((spelling) => sortedWords(spelling.form) === words)
  }
}

/** The first and the second half that a name of this length would have, were it `form` but for a slip in the other half. */
function halvesOf(form: string, length: number): readonly [number, number] {
  const middle = Math.floor(length / 2)
  // The second halves count from the other side of zero, so that they are no first ones.
  return [keyOf(form, length, 0, middle), -1 - keyOf(form, length, Math.max(0, form.length - (length - middle)))]
}

/** A whole number of 31 bits for part of a text. */
function keyOf(text: string, seed = 0, start = 0, end = text.length): number {
  let key = seed
  for (let at = start; at < Math.min(end, text.length); at += 1) key = (Math.imul(key, 31) + text.charCodeAt(at)) | 0
  return key & 0x7fffffff
}

function listed(found: Listed | undefined): readonly Spelling[] {
  if (found === undefined) return []
  return Array.isArray(found) ? found : [found]
}

function put(lists: Map<number, Listed>, key: number, spelling: Spelling): void {
  const found = lists.get(key)
  if (Array.isArray(found)) found.push(spelling)
  else lists.set(key, found === undefined ? spelling : [found, spelling])
}
