import { judgeHandingOver, judgeReading } from './handing-over.js'
import { judgeHiding, judgeIgnoring } from './hiding-and-ignoring.js'
import { spotsOf } from './lexicon.js'
import { phraseSignals } from './phrases.js'
import type { SignalKind, Weight } from './signal.js'

export interface Sighted {
  readonly kind: SignalKind
  readonly weight: Weight
}

/** Names that a server may well speak of: its tools', its parameters' and its own, in lower case. */
export type OwnNames = ReadonlySet<string>

export interface Setting {
  readonly own: OwnNames
  /** The sentence stands where only orders stand, so that no word has to say so. */
  readonly ordered: boolean
  /** The first sentence of a tool says in the imperative what the tool does: "Send a message". Later ones say what the model is to do. */
  readonly isSummary: boolean
}

export function judgeSentence(sentence: string, { own, ordered, isSummary }: Setting): readonly Sighted[] {
  const spots = spotsOf(sentence)
  const commands = !isSummary && [...spots.send, ...spots.read].some(({ from }) => from <= 2)
  const asked = ordered || commands || spots.order.length > 0
  const said = { sentence, spots, asked, isSummary }
  return [
    ...judgeHiding(sentence, spots),
    ...judgeIgnoring(sentence, spots),
    ...judgeHandingOver(said),
    ...judgeReading(said),
    ...phraseSignals(sentence, { own, asked, isSummary }),
  ]
}
