import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { CollectedFacts, FactName, Facts } from '../src/facts/facts.js'
import { type Gap, known, unknown } from '../src/gap.js'
import { applyRules, type Subject } from '../src/rules/apply.js'
import type { Observation, Rule } from '../src/rules/rule.js'

export interface ClearCase {
  /** What the case shows, read after "stays silent: ". */
  readonly name: string
  readonly subject: Subject
  /** At least those that the rule needs, unless it does not look at the subject at all. */
  readonly facts?: Partial<Facts>
}

export interface FlaggedCase extends ClearCase {
  /** Every observation, whole: one too many fails. */
  readonly observations: readonly Observation[]
}

export interface RuleCases {
  readonly clear: readonly ClearCase[]
  readonly flagged: readonly FlaggedCase[]
}

/** Why the cases prove too little, or null. Looked at before any case runs. */
export function refusalOf(rule: Rule, { clear, flagged }: RuleCases): string | null {
  if (clear.length === 0) return 'no clear cases: a rule that always speaks would pass'
  if (flagged.length === 0) return 'no flagged cases: a rule that never speaks would pass'
  if (flagged.some(({ observations }) => !observations?.length)) return 'a flagged case states no observations'
  const cases = [...clear, ...flagged]
  for (const [index, one] of cases.entries()) {
    const earlier = cases.slice(0, index)
    if (earlier.some(({ name }) => name === one.name)) return `two cases are called "${one.name}"`
    const twin = earlier.find(({ subject, facts }) => isDeepStrictEqual([subject, facts], [one.subject, one.facts]))
    if (twin) return `"${one.name}" repeats "${twin.name}"`
  }
  if (flagged.some(({ subject }) => !rule.on.includes(subject.kind)))
    return 'a flagged case is of a kind that the rule does not look at'
  if (!clear.some(({ subject }) => rule.on.includes(subject.kind)))
    return 'no clear case is of a kind that the rule looks at'
  const lacking = cases.find(
    ({ subject, facts }) => rule.on.includes(subject.kind) && rule.needs.some((fact) => facts?.[fact] === undefined),
  )
  return lacking ? `"${lacking.name}" lacks a fact that the rule needs` : null
}

/** What is wrong with an observation's form, or null. */
export function flawOf({ message, evidence, anchors, fix }: Observation, subject: Subject): string | null {
  if (!/^[a-z]/.test(message) || /[.!\n\r]$/.test(message)) return `not a lower-case clause: ${message}`
  const name = 'name' in subject ? [subject.name] : []
  // Very short values are parts of ordinary words.
  const foreign = [...name, ...evidence.map(({ value }) => String(value))].filter((text) => text.trim().length > 3)
  const quoted = foreign.find((text) => message.toLowerCase().includes(text.toLowerCase()))
  if (quoted !== undefined) return `the message holds foreign text, which belongs in evidence: ${quoted}`
  if (anchors.length === 0) return 'no anchor'
  if (fix !== undefined && !isSentence(fix)) return `not a sentence: ${fix}`
  const labels = evidence.filter(({ label }) => label.trim() === '')
  return labels.length > 0 ? 'evidence without a label' : null
}

const isSentence = (text: string): boolean => /^[A-Z`].*\.$/.test(text)

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(part)
  }
  return value
}

interface Run {
  readonly called: number
  readonly observations: readonly Observation[]
  readonly gaps: readonly Gap[]
}

/** Runs the rule through the engine, so that `on` and `needs` are honoured as in a review. */
function run(rule: Rule, subject: Subject, collected: CollectedFacts): Run {
  const observations: Observation[] = []
  let called = 0
  const inspect: Rule['inspect'] = (...given) => {
    called += 1
    const seen = rule.inspect(...given)
    observations.push(...seen)
    return seen
  }
  const { skipped } = applyRules([{ ...rule, inspect }], subject, collected)
  return { called, observations, gaps: skipped.map(({ gap }) => gap) }
}

const collect = (facts: Partial<Facts> = {}): CollectedFacts =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, known(value)]))

const gapOf = (fact: FactName): Gap => ({ code: 'tarball-unavailable', fact, detail: 'unknown for this test' })

/**
 * Describes a rule by cases. By itself it adds: frozen inputs, a second run that must agree, and for each needed fact a
 * run where it is unknown (not called, gap recorded) and one where it does not apply (not called, no gap); for each wanted
 * fact the same two, in which the rule is called all the same.
 */
export function testRule(rule: Rule, cases: RuleCases): void {
  const refusal = refusalOf(rule, cases)
  if (refusal !== null) throw new Error(`${rule.id}: ${refusal}`)

  describe(rule.id, () => {
    for (const one of cases.clear) {
      it(`stays silent: ${one.name}`, () => {
        const called = rule.on.includes(one.subject.kind) ? 1 : 0
        expectTwice(rule, one, { called, observations: [], gaps: [] })
      })
    }
    for (const one of cases.flagged) {
      it(`flags: ${one.name}`, () => {
        expectTwice(rule, one, { called: 1, observations: one.observations, gaps: [] })
        expect(one.observations.map((observation) => flawOf(observation, one.subject))).toEqual(
          one.observations.map(() => null),
        )
      })
    }
    for (const fact of rule.needs) describeAbsence(rule, cases, fact)
    for (const fact of rule.wants ?? []) describeLack(rule, cases, fact)
  })
}

function expectTwice(rule: Rule, { subject, facts }: ClearCase, expected: Run): void {
  const collected = deepFreeze(collect(facts))
  const first = run(rule, deepFreeze(subject), collected)
  expect(first).toEqual(expected)
  expect(run(rule, subject, collected)).toEqual(first)
}

function describeAbsence(rule: Rule, { flagged }: RuleCases, fact: FactName): void {
  const [example] = flagged
  if (example === undefined) return
  it(`is not called and records a gap when ${fact} is unknown`, () => {
    const collected = { ...collect(example.facts), [fact]: unknown(gapOf(fact)) }
    expect(run(rule, example.subject, collected)).toEqual({ called: 0, observations: [], gaps: [gapOf(fact)] })
  })
  it(`is not called and records nothing when ${fact} does not apply`, () => {
    const collected: CollectedFacts = { ...collect(example.facts), [fact]: 'not-applicable' }
    expect(run(rule, example.subject, collected)).toEqual({ called: 0, observations: [], gaps: [] })
  })
}

function describeLack(rule: Rule, { flagged }: RuleCases, fact: FactName): void {
  const [example] = flagged
  if (example === undefined) return
  it(`is called and records a gap when ${fact} is unknown`, () => {
    const { called, gaps } = run(rule, example.subject, { ...collect(example.facts), [fact]: unknown(gapOf(fact)) })
    expect({ called, gaps }).toEqual({ called: 1, gaps: [gapOf(fact)] })
  })
  it(`is called and records nothing when ${fact} does not apply`, () => {
    const { called, gaps } = run(rule, example.subject, { ...collect(example.facts), [fact]: 'not-applicable' })
    expect({ called, gaps }).toEqual({ called: 1, gaps: [] })
  })
}
