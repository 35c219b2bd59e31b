import { maxEvidenceCharacters, maxJudgedCharacters } from '../../../limits.js'
import { judgeSentence, type OwnNames } from './judge-sentence.js'
import { sentencesOf } from './sentences.js'
import type { Signal, SignalKind } from './signal.js'
import { type Piece, unveil } from './unveil.js'

/** `suspicious`: nothing of it is an order without doubt, together it is. */
export type Verdict = 'silent' | 'suspicious' | 'poisoned'

export interface Judgement {
  /** One of each kind, the weightiest; these first. */
  readonly signals: readonly Signal[]
  readonly verdict: Verdict
}

/** What a text is about: the first sentence on a tool sums up what it does, one on a parameter says what to put there. */
export type TextOf = 'description' | 'parameter'

/** Does a text that a model is to read give it orders beyond the use of what it describes? Pure; time linear in the text. */
export function judgeText(raw: string, own: OwnNames, of: TextOf = 'description'): Judgement {
  const signals = signalsOf(raw, own, of)
  return { signals, verdict: verdictOf(signals) }
}

/** What stands out in one text; several texts on one thing may be orders only together. */
export function signalsOf(raw: string, own: OwnNames, of: TextOf): readonly Signal[] {
  const best = new Map<SignalKind, Signal>()
  const keep = (signal: Signal): void => {
    if (signal.weight > (best.get(signal.kind)?.weight ?? 0)) best.set(signal.kind, signal)
  }
  for (const piece of unveil(raw.slice(0, maxJudgedCharacters))) judgePiece(piece, own, of).forEach(keep)
  if (raw.length > maxJudgedCharacters) keep(overlong(raw))
  return [...best.values()].sort((a, b) => b.weight - a.weight)
}

/** Nobody writes so much for a model but to hide what comes last. */
const overlong = (raw: string): Signal => ({
  kind: 'hidden-text',
  weight: 3,
  at: maxJudgedCharacters,
  excerpt: cut(raw.slice(maxJudgedCharacters, maxJudgedCharacters + 1_000)),
})

function judgePiece({ text, veil, ordered }: Piece, own: OwnNames, of: TextOf): readonly Signal[] {
  // Once each: a text that says the same again and again says no more.
  const seen = new Set<string>()
  const found = sentencesOf(text).flatMap((sentence, index): readonly Signal[] => {
    if (seen.has(sentence.text)) return []
    seen.add(sentence.text)
    const isSummary = of === 'description' && index === 0
    return judgeSentence(sentence.text, { own, ordered, isSummary }).map(({ kind, weight }) => ({
      kind,
      weight,
      at: sentence.at,
      excerpt: cut(sentence.text),
    }))
  })
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
  ['keeps-from-user', [...orders, 'hidden-text', 'encoded', 'invisible']],
  ['hands-over', [...orders, 'hidden-text', 'encoded', 'invisible', 'pretends']],
])

/** Doubts that none of 1,300 real texts raises: one is enough. What generators are told of the files that they write is honest as often as not. */
const telling: ReadonlySet<SignalKind> = new Set(orders.filter((kind) => kind !== 'steers-answers'))

/** Weak ones never make a verdict, however many: one of them makes a doubt certain. */
export function verdictOf(signals: readonly Signal[]): Verdict {
  if (signals.some(({ weight }) => weight === 3)) return 'poisoned'
  const doubtful = signals.filter(({ weight }) => weight === 2)
  if (doubtful.length > 1 || doubtful.some(({ kind }) => telling.has(kind))) return 'suspicious'
  const [doubt] = doubtful
  if (doubt === undefined) return 'silent'
  const weak = signals.filter(({ weight }) => weight === 1)
  return weak.some(({ kind }) => strengthens.get(kind)?.includes(doubt.kind) !== false) ? 'suspicious' : 'silent'
}
