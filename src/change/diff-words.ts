import { diffArrays } from 'diff'

/** A run of words that both texts have, or only one of them; each word with the blanks behind it. */
export interface WordRun {
  readonly side: 'both' | 'before' | 'after'
  readonly words: readonly string[]
}

/** Words that one text may have and the other not: behind it the two are two texts, and showing what they share helps nobody. */
const mostDifferent = 2_000

/** A word is what stands between blanks: signs count as part of it, so that nothing that a model may read is left out. */
// Without U+FEFF, which JavaScript counts among the blanks and nobody sees.
const wordOf = /[^\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g

export const wordsOf = (text: string): readonly string[] => text.match(wordOf) ?? []

/** What became of a text, word by word; blanks do not count. Null where the two have too little in common to be told apart in good time. */
export function diffWords(before: string, after: string): readonly WordRun[] | null {
  const runs = diffArrays([...wordsOf(before)], [...wordsOf(after)], { maxEditLength: mostDifferent })
  if (runs === undefined) return null
  return runs.map(({ added, removed, value }) => ({
    side: added ? 'after' : removed ? 'before' : 'both',
    words: value,
  }))
}
