import { diffArrays } from 'diff'
import { maxComparedWordPairs } from '../limits.js'

/** A run of words that both texts have, or only one of them. */
export interface WordRun {
  readonly side: 'both' | 'before' | 'after'
  readonly words: readonly string[]
}

/**
 * A word is what stands between blanks: signs count as part of it, so that nothing that a model may read is left out; and so does U+FEFF,
 * which JavaScript counts among the blanks and nobody sees.
 */
const wordOf = /[^\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g

export const wordsOf = (text: string): readonly string[] => text.match(wordOf) ?? []

/** What became of a text, word by word; blanks do not count. */
export type WordDiff = (before: string, after: string) => readonly WordRun[]

/**
 * For all texts of one comparison together. Where they differ by more than `mostPairs` lets be looked at, what lies between their common
 * beginning and their common end counts as exchanged as a whole.
 */
export function openWordDiff(mostPairs = maxComparedWordPairs): WordDiff {
  let left = mostPairs
  return (before, after) => {
    const [old, now] = [wordsOf(before), wordsOf(after)]
    const head = sharedLength(old, now, (index) => index)
    const tail = sharedLength(old.slice(head), now.slice(head), (index, { length }) => length - 1 - index)
    const [gone, come] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)]
    const pairs = gone.length * come.length
    const isAfforded = pairs <= left
    if (isAfforded) left -= pairs
    return joined([
      { side: 'both', words: now.slice(0, head) },
      ...(isAfforded ? runsOf(gone, come) : exchanged(gone, come)),
      { side: 'both', words: now.slice(now.length - tail) },
    ])
  }
}

type Words = readonly string[]

function sharedLength(one: Words, other: Words, at: (index: number, words: Words) => number): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[at(length, one)] === other[at(length, other)]) length += 1
  return length
}

const runsOf = (gone: Words, come: Words): readonly WordRun[] =>
  diffArrays([...gone], [...come]).map(({ added, removed, value }) => ({
    side: added ? 'after' : removed ? 'before' : 'both',
    words: value,
  }))

const exchanged = (gone: Words, come: Words): readonly WordRun[] => [
  { side: 'before', words: gone },
  { side: 'after', words: come },
]

/** Without empty ones, neighbours of one side as one. */
function joined(runs: readonly WordRun[]): readonly WordRun[] {
  const all: WordRun[] = []
  for (const run of runs.filter(({ words }) => words.length > 0)) {
    const last = all.at(-1)
    if (last?.side === run.side) all[all.length - 1] = { side: run.side, words: [...last.words, ...run.words] }
    else all.push(run)
  }
  return all
}
