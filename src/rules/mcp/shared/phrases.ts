import type { OwnNames, Sighted } from './judge-sentence.js'
import { consentPhrases } from './phrases/consent.js'
import { hidingPhrases } from './phrases/hiding.js'
import { forbidsOthers, speaksOfOthers } from './phrases/other-tools.js'
import type { Phrase } from './phrases/phrase.js'
import { preferencePhrases } from './phrases/preference.js'
import { pretendingPhrases } from './phrases/pretending.js'
import { awayWeight } from './phrases/sends-away.js'
import { steeringPhrases } from './phrases/steering.js'
import { takingPhrases } from './phrases/taking.js'

const phrases: readonly Phrase[] = [
  ...hidingPhrases,
  ...consentPhrases,
  ...pretendingPhrases,
  ...takingPhrases,
  ...steeringPhrases,
  ...preferencePhrases,
]

export interface PhraseSetting {
  readonly own: OwnNames
  readonly asked: boolean
  readonly isSummary: boolean
}

export function phraseSignals(sentence: string, { own, asked, isSummary }: PhraseSetting): readonly Sighted[] {
  const found: Sighted[] = phrases
    .filter(({ pattern, asked: needed }) => (asked || needed !== true) && pattern.test(sentence))
    .map(({ kind, weight }) => ({ kind, weight }))
  const away = awayWeight(sentence, asked, isSummary)
  if (away !== undefined) found.push({ kind: 'sends-away', weight: away })
  if (forbidsOthers(sentence, own)) found.push({ kind: 'prefers-itself', weight: 3 })
  if (speaksOfOthers(sentence, own)) found.push({ kind: 'changes-other-tools', weight: 3 })
  return found
}
