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

/** Guidance presses and wants to come first as well: such words only add to what is an order otherwise. */
const colour: ReadonlySet<SignalKind> = new Set(['presses', 'comes-first', 'prefers-itself', 'skips-consent'])

/** Weak ones never make a verdict, however many: one of them makes a doubt certain. */
function verdictOf(signals: readonly Signal[]): Judgement['verdict'] {
  const certain = signals.filter(({ weight }) => weight === 3)
  if (certain.length > 0) return 'poisoned'
  const doubtful = signals.filter(({ weight }) => weight === 2)
  if (doubtful.length > 1) return 'suspicious'
  const [doubt] = doubtful
  const weak = signals.some(
    ({ kind, weight }) => weight === 1 && !(colour.has(kind) && doubt && colour.has(doubt.kind)),
  )
  return doubt && weak ? 'suspicious' : 'silent'
}
