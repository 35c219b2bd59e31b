import { describe, expect, it } from '@jest/globals'
import { foreign } from '../src/foreign.js'
import { defineRule, type Observation } from '../src/rules/rule.js'
import { aDependencyChange } from './builders/dependency-change.js'
import { flawOf, type RuleCases, refusalOf } from './rule-tester.js'

const observation: Observation = {
  message: 'is not as it was',
  evidence: [{ label: 'was', value: foreign('1.0.0') }],
  anchors: [{ kind: 'file', file: 'package-lock.json' }],
}

const rule = defineRule({
  id: 'thing-changed',
  title: 'thing changed',
  severity: 'high',
  confidence: 'high',
  fix: 'Ask why.',
  on: ['upgraded'],
  needs: ['integrity'],
  inspect: () => [observation],
})

const facts = { integrity: { agreement: 'same' } } as const
const clear = { name: 'quiet', subject: aDependencyChange({ kind: 'upgraded', name: 'quiet' }), facts }
const flagged = {
  name: 'loud',
  subject: aDependencyChange({ kind: 'upgraded', name: 'loud' }),
  facts,
  observations: [observation],
}

describe('the rule tester', () => {
  it('accepts cases that prove something', () => {
    expect(refusalOf(rule, { clear: [clear], flagged: [flagged] })).toBeNull()
  })

  const refused: readonly (readonly [why: string, cases: RuleCases])[] = [
    ['no clear cases: a rule that always speaks would pass', { clear: [], flagged: [flagged] }],
    ['no flagged cases: a rule that never speaks would pass', { clear: [clear], flagged: [] }],
    ['a flagged case states no observations', { clear: [clear], flagged: [{ ...flagged, observations: [] }] }],
    ['two cases are called "quiet"', { clear: [clear], flagged: [{ ...flagged, name: 'quiet' }] }],
    ['"again" repeats "quiet"', { clear: [clear, { ...clear, name: 'again' }], flagged: [flagged] }],
    [
      'a flagged case is of a kind that the rule does not look at',
      { clear: [clear], flagged: [{ ...flagged, subject: aDependencyChange({ kind: 'added' }) }] },
    ],
    [
      'no clear case is of a kind that the rule looks at',
      { clear: [{ ...clear, subject: aDependencyChange({ kind: 'added' }) }], flagged: [flagged] },
    ],
    ['"quiet" lacks a fact that the rule needs', { clear: [{ ...clear, facts: {} }], flagged: [flagged] }],
  ]
  for (const [why, cases] of refused) {
    it(`refuses: ${why}`, () => {
      expect(refusalOf(rule, cases)).toBe(why)
    })
  }

  it('finds no flaw in an observation of the right form', () => {
    expect(flawOf(observation, flagged.subject)).toBeNull()
  })

  it('finds foreign text in a message, whatever its case', () => {
    expect(flawOf({ ...observation, message: 'was 1.0.0 before' }, flagged.subject)).toMatch(/foreign text/)
    expect(flawOf({ ...observation, message: 'makes LOUD noises' }, flagged.subject)).toMatch(/foreign text/)
  })

  it('wants a lower-case clause, a sentence as fix, and a label on evidence', () => {
    expect([
      flawOf({ ...observation, message: 'Changed' }, flagged.subject),
      flawOf({ ...observation, message: 'changed.' }, flagged.subject),
      flawOf({ ...observation, fix: 'ask' }, flagged.subject),
      flawOf({ ...observation, evidence: [{ label: ' ', value: foreign('x') }] }, flagged.subject),
    ]).toEqual([
      'not a lower-case clause: Changed',
      'not a lower-case clause: changed.',
      'not a sentence: ask',
      'evidence without a label',
    ])
  })
})
