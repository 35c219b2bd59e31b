import { maxJudgedServerCharacters } from '../../../limits.js'
import type { McpFacts } from '../../../package/mcp/mcp-facts.js'
import { signalsOf, type Verdict, verdictOf } from './judge-text.js'
import { newSubjects, ownNamesOf, type ServerText, type Subject } from './server-texts.js'
import type { Signal, SignalKind } from './signal.js'

export interface TextSignal extends Signal {
  readonly text: ServerText
}

export interface JudgedSubject {
  readonly subject: Subject
  /** Over all its texts, one of each kind, the weightiest first. */
  readonly signals: readonly TextSignal[]
  readonly verdict: Verdict
}

/** A tool's description and its parameters are read as one: an order may begin in the one and end in the other. */
export function judgeSubjects(now: McpFacts, before: McpFacts | undefined): readonly JudgedSubject[] {
  const own = ownNamesOf(now)
  let left = maxJudgedServerCharacters
  const judge = (text: ServerText): readonly Signal[] => {
    left -= text.text.length
    return left < 0 ? [unread(text)] : signalsOf(text.text, own, text.of)
  }
  return newSubjects(now, before).map((subject) => {
    const best = new Map<SignalKind, TextSignal>()
    for (const text of subject.texts) {
      for (const signal of judge(text)) {
        if (signal.weight > (best.get(signal.kind)?.weight ?? 0)) best.set(signal.kind, { ...signal, text })
      }
    }
    const signals = [...best.values()].sort((a, b) => b.weight - a.weight)
    return { subject, signals, verdict: verdictOf(signals) }
  })
}

/** Behind more than anybody writes for a model. */
const unread = ({ text }: ServerText): Signal => ({
  kind: 'hidden-text',
  weight: 3,
  at: 0,
  excerpt: text.slice(0, 200),
})
