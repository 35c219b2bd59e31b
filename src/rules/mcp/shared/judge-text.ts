import { maxEvidenceCharacters, maxJudgedCharacters } from '../../../limits.js'
import { judgeSentence, type OwnNames } from './judge-sentence.js'
import { sentencesOf } from './sentences.js'
import type { Signal, SignalKind } from './signal.js'
import { type Piece, unveil } from './unveil.js'

export interface Judgement {
  /** One of each kind, the weightiest; these first. */
  readonly signals: readonly Signal[]
  /** Whether they are orders to a model, taken together. */
  readonly verdict: 'silent' | 'suspicious' | 'poisoned'
}

/** Does a text that a model is to read give it orders beyond the use of what it describes? Pure; time linear in the text. */
export function judgeText(raw: string, own: OwnNames, of: 'description' | 'parameter' = 'description'): Judgement {
  const best = new Map<SignalKind, Signal>()
  const keep = (signal: Signal): void => {
    if (signal.weight > (best.get(signal.kind)?.weight ?? 0)) best.set(signal.kind, signal)
  }
  for (const piece of unveil(raw.slice(0, maxJudgedCharacters))) judgePiece(piece, own, of).forEach(keep)
  if (raw.length > maxJudgedCharacters) {
    keep({
      kind: 'hidden-text',
      weight: 3,
      at: maxJudgedCharacters,
      excerpt: raw.slice(maxJudgedCharacters, maxJudgedCharacters + maxEvidenceCharacters),
    })
  }
  const signals = [...best.values()].sort((a, b) => b.weight - a.weight)
  return { signals, verdict: verdictOf(signals) }
}

function judgePiece({ text, veil, ordered }: Piece, own: OwnNames, of: 'description' | 'parameter'): readonly Signal[] {
  const found = sentencesOf(text).flatMap((sentence, index) =>
    judgeSentence(sentence.text, { own, ordered, isSummary: of === 'description' && index === 0 }).map(
      ({ kind, weight }): Signal => ({ kind, weight, at: sentence.at, excerpt: cut(sentence.text) }),
    ),
  )
  if (veil === undefined) return found
  // A comment that says nothing to a model is a comment; what nobody can see has no such excuse.
  const tells = veil.kind === 'invisible' || veil.kind === 'encoded' || found.length > 0
  return tells ? [...found, { ...veil, at: 0, excerpt: cut(text.replace(/\s+/gu, ' ').trim()) }] : found
}

const cut = (text: string): string =>
  text.length <= maxEvidenceCharacters ? text : `${text.slice(0, maxEvidenceCharacters)}…`

const orders: readonly SignalKind[] = [
  'hands-over',
  'reads-secrets',
  'keeps-from-user',
  'sends-away',
  'steers-answers',
  'ignores-instructions',
]

/** What a weak signal makes certain. Guidance presses and wants to come first too, and says where things are put: with its like that is no more. */
const strengthens: ReadonlyMap<SignalKind, readonly SignalKind[]> = new Map([
  ['presses', orders],
  ['comes-first', orders],
  ['prefers-itself', orders],
  ['skips-consent', orders],
  ['pretends', orders],
  ['hands-over', [...orders, 'hidden-text', 'encoded', 'invisible']],
])

/** Weak ones never make a verdict, however many: one of them makes a doubt certain. */
function verdictOf(signals: readonly Signal[]): Judgement['verdict'] {
  if (signals.some(({ weight }) => weight === 3)) return 'poisoned'
  const doubtful = signals.filter(({ weight }) => weight === 2)
  if (doubtful.length > 1) return 'suspicious'
  const [doubt] = doubtful
  if (doubt === undefined) return 'silent'
  const weak = signals.filter(({ weight }) => weight === 1)
  return weak.some(({ kind }) => strengthens.get(kind)?.includes(doubt.kind) !== false) ? 'suspicious' : 'silent'
}
