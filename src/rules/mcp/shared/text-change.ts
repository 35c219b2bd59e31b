import { type WordDiff, type WordRun, wordsOf } from '../../../change/diff-words.js'
import type { PlaceIn } from '../../../package/mcp/mcp-facts.js'
import type { Severity } from '../../rule.js'
import type { ManifestChange } from './manifest-changes.js'
import { mayOrder } from './order-words.js'

/** So few words are a correction, where none of them orders anything. */
const wordsOfCorrection = 2

/** A text that differs by more than its blanks; an empty list where it does not. */
export function textChange(
  what: string,
  name: string,
  before: string | undefined,
  after: string | undefined,
  at: PlaceIn,
  diff: WordDiff,
): readonly ManifestChange[] {
  if (wordsOf(before ?? '').join(' ') === wordsOf(after ?? '').join(' ')) return []
  const runs = diff(before ?? '', after ?? '')
  return [
    {
      what,
      name,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      shown: showRuns(runs),
      severity: severityOf(runs),
      at,
    },
  ]
}

function severityOf(runs: readonly WordRun[]): Severity {
  const changed = (side: WordRun['side']): readonly string[] =>
    runs.filter((run) => run.side === side).flatMap(({ words }) => words)
  const [gone, come] = [changed('before'), changed('after')]
  if (Math.max(gone.length, come.length) > wordsOfCorrection) return 'high'
  return onlyInOne(gone, come).some(mayOrder) ? 'high' : 'low'
}

/** `file.` and `file` are one word, but for its sign. */
function onlyInOne(gone: readonly string[], come: readonly string[]): readonly string[] {
  const bare = (word: string): string => word.replace(/[.,:;!?]+$/, '')
  const [old, now] = [new Set(gone.map(bare)), new Set(come.map(bare))]
  return [...gone.filter((word) => !now.has(bare(word))), ...come.filter((word) => !old.has(bare(word)))]
}

/** Shown of what stays the same, on either side of a change. */
const contextWords = 6

/** Shown of what came or went at one place; a reader who wants it whole has the place. */
const shownWords = 80

function showRuns(runs: readonly WordRun[]): string {
  return runs
    .map(({ side, words }, index) => {
      if (side === 'before') return `[-${cutWords(words)}-]`
      if (side === 'after') return `{+${cutWords(words)}+}`
      return showContext(words, index === 0, index === runs.length - 1)
    })
    .join(' ')
}

const cutWords = (words: readonly string[]): string =>
  words.length > shownWords ? `${words.slice(0, shownWords).join(' ')} …` : words.join(' ')

function showContext(words: readonly string[], isFirst: boolean, isLast: boolean): string {
  const [head, tail] = [isFirst ? 0 : contextWords, isLast ? 0 : contextWords]
  if (words.length <= head + tail + 1) return words.join(' ')
  return [...words.slice(0, head), '…', ...words.slice(words.length - tail)].join(' ')
}
