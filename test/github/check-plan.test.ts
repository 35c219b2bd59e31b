import { describe, expect, it } from '@jest/globals'
import { type Conclusion, type Judged, planCheck, toPlan } from '../../src/github/check-plan.js'
import { maxAnnotations, maxReportTextBytes } from '../../src/limits.js'
import { defaultPolicy } from '../../src/policy/policy.js'
import { failedNotice } from '../../src/report/check-texts.js'
import { toCheckOutput } from '../../src/report/to-markdown.js'
import { aReport, aReportedFinding, aReportedGap } from '../builders/report.js'

const judged = (overrides: Partial<Judged> = {}): Judged => ({
  label: '#1 into main',
  report: aReport(),
  policy: defaultPolicy,
  conclusion: 'success',
  ...overrides,
})
const flagged = aReport({ verdict: 'flagged', findings: [aReportedFinding()] })
const incomplete = aReport({ verdict: 'incomplete', gaps: [aReportedGap()] })
const none = new Set<string>()

describe('planCheck', () => {
  it('is the report itself when there is one', () => {
    expect(planCheck([judged()], none)).toEqual({
      conclusion: 'success',
      output: toCheckOutput(aReport(), defaultPolicy),
      annotations: [],
    })
  })

  it('says first when the commit is reviewed again', () => {
    const plan = planCheck(
      [judged({ report: flagged, conclusion: 'failure' })],
      none,
      0,
      Date.parse('2026-11-21T08:31:00Z'),
    )
    expect(plan.output.summary.split('\n\n')).toEqual([
      'Some of it is only that releases are fresh. Lockwarden reviews this commit again by itself, at `2026-11-21 08:31 UTC`.',
      ...toCheckOutput(flagged, defaultPolicy).summary.split('\n\n'),
    ])
  })

  it.each<[Conclusion, Conclusion, Conclusion]>([
    ['success', 'failure', 'failure'],
    ['failure', 'action_required', 'failure'],
    ['neutral', 'success', 'neutral'],
    ['neutral', 'action_required', 'action_required'],
  ])('takes the worst of %s and %s', (one, other, worst) => {
    const plan = planCheck([judged({ conclusion: one }), judged({ conclusion: other, label: '#2 into next' })], none)
    expect(plan.conclusion).toBe(worst)
  })

  it('names every place with its base and its result, and has the worst report first', () => {
    const { output } = planCheck(
      [
        judged(),
        judged({ label: '#2 into next', report: flagged, conclusion: 'failure' }),
        judged({ label: '#3 into `x`', report: incomplete, conclusion: 'action_required' }),
      ],
      none,
    )
    const [, , first, second, third] = output.summary.split('\n')
    expect(output.title).toContain('#2 into next, the worst of 3')
    expect(first).toMatch(/^- `#2 into next`: failure, flagged/)
    expect(second?.startsWith('- `` #3 into `x` ``: action\\_required, incomplete')).toBe(true)
    expect(third).toMatch(/^- `#1 into main`: success, clear/)
  })

  it('stays within what GitHub takes, however many places and findings there are', () => {
    const findings = Array.from({ length: 300 }, (_, index) =>
      aReportedFinding({ fingerprint: `f${index}`, location: { file: 'package-lock.json', line: index + 1 } }),
    )
    const report = aReport({ verdict: 'flagged', findings })
    const places = Array.from({ length: 20 }, (_, index) => judged({ label: `#${index} into main`, report }))
    const plan = planCheck([judged({ report }), ...places], none, 300)
    expect(Buffer.byteLength(plan.output.summary)).toBeLessThan(maxReportTextBytes + 500)
    expect(Buffer.byteLength(plan.output.text)).toBeLessThanOrEqual(maxReportTextBytes)
    expect(plan.annotations).toHaveLength(maxAnnotations)
    for (const { label } of places) expect(plan.output.summary).toContain(label)
  })

  it('annotates findings that have a line, no comment and no acceptance, once each', () => {
    const findings = [
      aReportedFinding({ fingerprint: 'a' }),
      aReportedFinding({ fingerprint: 'b', location: { file: 'package-lock.json', line: 20 }, severity: 'medium' }),
      aReportedFinding({ fingerprint: 'c', location: { file: 'package-lock.json', line: 30 } }),
      aReportedFinding({
        fingerprint: 'd',
        location: { file: 'package-lock.json', line: 40 },
        accepted: { by: 'policy', reason: 'ours' },
      }),
      aReportedFinding({ fingerprint: 'e', location: { file: 'package-lock.json' } }),
    ]
    const report = aReport({ verdict: 'flagged', findings })
    const { annotations } = planCheck([judged({ report }), judged({ report })], new Set(['c']))
    expect(annotations.map((one) => [one.start_line, one.end_line, one.annotation_level, one.path])).toEqual([
      [12, 12, 'failure', 'package-lock.json'],
      [20, 20, 'warning', 'package-lock.json'],
    ])
  })

  it('says how many findings have no comment', () => {
    const { output } = planCheck([judged({ report: flagged, conclusion: 'failure' })], none, 3)
    expect(output.summary).toMatch(/^3 of the findings could not be shown as comments/)
  })

  it('says of a review that failed only where to look for the reason', () => {
    const plan = toPlan('failure', failedNotice('2#5'))
    expect([plan.conclusion, plan.annotations, plan.output.text]).toEqual(['failure', [], ''])
    expect(plan.output.summary).toContain('`2#5`')
  })
})
