import { describe, expect, it } from '@jest/globals'
import { type Judged, judge, type VerdictPolicy } from '../../src/policy/verdict.js'

const policy: VerdictPolicy = { failOn: 'high', onIncomplete: 'action_required', onFlaggedBelow: 'success' }
const accepted = { by: 'policy', reason: 'known', until: '2026-12-31' }

const judged = (overrides: Partial<Judged> = {}): Judged => ({
  findings: [],
  gaps: [],
  coverage: { expected: 3, analysed: 3, unverified: 0 },
  ...overrides,
})

const matters = { matters: true }
const flaggedHigh = { verdict: 'flagged', exitCode: 1, conclusion: 'failure' }
const incomplete = { verdict: 'incomplete', exitCode: 2, conclusion: 'action_required' }
const flaggedBelow = { verdict: 'flagged', exitCode: 0, conclusion: 'success' }
const clear = { verdict: 'clear', exitCode: 0, conclusion: 'success' }

describe('judge', () => {
  it('calls a report without findings and gaps clear', () => {
    expect(judge(judged(), policy)).toEqual(clear)
  })

  it('fails on a finding at the threshold and on one above it', () => {
    expect(judge(judged({ findings: [{ severity: 'high' }] }), policy)).toEqual(flaggedHigh)
    expect(judge(judged({ findings: [{ severity: 'critical' }] }), policy)).toEqual(flaggedHigh)
  })

  it('passes with a finding below the threshold, as success or as neutral', () => {
    const report = judged({ findings: [{ severity: 'medium' }] })

    expect(judge(report, policy)).toEqual(flaggedBelow)
    expect(judge(report, { ...policy, onFlaggedBelow: 'neutral' })).toEqual({ ...flaggedBelow, conclusion: 'neutral' })
  })

  it('follows the threshold of the policy', () => {
    const report = judged({ findings: [{ severity: 'medium' }] })

    expect(judge(report, { ...policy, failOn: 'medium' })).toEqual(flaggedHigh)
    expect(judge(judged({ findings: [{ severity: 'high' }] }), { ...policy, failOn: 'critical' })).toEqual(flaggedBelow)
  })

  it('is incomplete with a gap that matters, as action required or as failure', () => {
    expect(judge(judged({ gaps: [matters] }), policy)).toEqual(incomplete)
    expect(judge(judged({ gaps: [matters] }), { ...policy, onIncomplete: 'failure' })).toEqual({
      ...incomplete,
      conclusion: 'failure',
    })
  })

  it('stays clear with a gap that does not matter', () => {
    expect(judge(judged({ gaps: [{ matters: false }] }), policy)).toEqual(clear)
  })

  it('puts a finding at the threshold before a gap, and a gap before a finding below it', () => {
    expect(judge(judged({ findings: [{ severity: 'high' }], gaps: [matters] }), policy)).toEqual(flaggedHigh)
    expect(judge(judged({ findings: [{ severity: 'low' }], gaps: [matters] }), policy)).toEqual(incomplete)
  })

  it('counts accepted findings and accepted gaps for nothing', () => {
    const report = judged({ findings: [{ severity: 'critical', accepted }], gaps: [{ matters: true, accepted }] })

    expect(judge(report, policy)).toEqual(clear)
  })

  it('accepts an unverified package only together with its accepted gap', () => {
    const coverage = { expected: 3, analysed: 2, unverified: 1 }

    expect(judge(judged({ coverage, gaps: [{ matters: true, accepted }] }), policy)).toEqual(clear)
    expect(judge(judged({ coverage }), policy)).toEqual(incomplete)
  })

  it('is incomplete when a package is neither analysed nor counted as unverified', () => {
    expect(judge(judged({ coverage: { expected: 3, analysed: 2, unverified: 0 } }), policy)).toEqual(incomplete)
  })

  it('never fails on findings with failOn: never, and still says that it is incomplete', () => {
    const never: VerdictPolicy = { ...policy, failOn: 'never' }

    expect(judge(judged({ findings: [{ severity: 'critical' }] }), never)).toEqual(flaggedBelow)
    expect(judge(judged({ findings: [{ severity: 'critical' }], gaps: [matters] }), never)).toEqual(incomplete)
  })
})
