import { foreign } from '../../foreign.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'
import { type JudgedSubject, judgeSubjects, type TextSignal } from './shared/judge-subjects.js'
import { doings, type SignalKind, veils } from './shared/signal.js'

export const toolDescriptionPoisoned = defineRule({
  id: 'tool-description-poisoned',
  title: 'orders to a model in the text of a tool',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not let a model see this server: take it out, or go back to the version before, and ask its maintainer why the text is there.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: { mcp: now }, previousPackage }) {
    if (now === undefined) return []
    const judged = judgeSubjects(now, previousPackage?.mcp).filter(({ verdict }) => verdict !== 'silent')
    if (judged.length === 0) return []
    const poisoned = judged.filter(({ verdict }) => verdict === 'poisoned')
    return [
      {
        message: tell(judged.flatMap(({ signals }) => signals.map(({ kind }) => kind))),
        evidence: shownEvidence([...poisoned, ...judged.filter((one) => !poisoned.includes(one))].flatMap(show)),
        anchors: [entryField(change, 'version')],
        ...(poisoned.length === 0 && { severity: 'high' as const, confidence: 'medium' as const }),
      },
    ]
  },
})

/** The worst first, and no more than a sentence bears. */
const mostTold = 3

function tell(kinds: readonly SignalKind[]): string {
  const orders = Object.entries(doings).filter(([kind]) => kinds.some((one) => one === kind))
  const how = Object.entries(veils).filter(([kind]) => kinds.some((one) => one === kind))
  const told = orders.slice(0, mostTold).map(([, doing]) => doing)
  const hidden = how.map(([, veil]) => veil)
  if (told.length === 0) return `holds a text for a model ${hidden.join(' and ')}`
  return `tells a model ${listed(told)}${hidden.length > 0 ? `, ${hidden.join(' and ')}` : ''}`
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** Each sentence once, with all that it says. */
function show({ subject: { what, name }, signals }: JudgedSubject): readonly Evidence[] {
  const bySentence = new Map<string, readonly TextSignal[]>()
  for (const signal of signals) bySentence.set(signal.excerpt, [...(bySentence.get(signal.excerpt) ?? []), signal])
  return [...bySentence].flatMap(([sentence, [first, ...rest]]) => {
    if (first === undefined) return []
    const { file, line, column } = first.text.at
    const said = [first, ...rest].map(({ kind }) => ({ ...doings, ...veils })[kind])
    return [
      {
        label: `${what}: ${said.join(', ')}`,
        value: foreign(name === '' ? sentence : `${name}: ${sentence}`),
        file,
        line,
        column,
      },
    ]
  })
}
