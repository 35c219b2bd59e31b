import { describe, expect, it } from '@jest/globals'
import type { Judged } from '../../src/github/check-plan.js'
import { reviewAgainAt } from '../../src/github/review-again.js'
import { defaultPolicy } from '../../src/policy/policy.js'
import type { ReportedFinding } from '../../src/report/report.js'
import { anEvidence, aReport, aReportedFinding } from '../builders/report.js'

const now = Date.parse('2026-11-20T12:00:00Z')
const fresh = (published: string, overrides: Partial<ReportedFinding> = {}) =>
  aReportedFinding({ rule: 'release-fresh', evidence: [anEvidence('published', published)], ...overrides })
const judged = (conclusion: Judged['conclusion'], ...findings: readonly ReportedFinding[]) => ({
  report: aReport({ verdict: 'flagged', findings }),
  policy: defaultPolicy,
  conclusion,
})
const timeOf = (at: number | undefined) => at && new Date(at).toISOString()

describe('reviewAgainAt', () => {
  it('is a minute after the last fresh release has come of age, by the policy of its place', () => {
    const findings = [fresh('2026-11-18T08:30:00.000Z'), fresh('2026-11-19T08:30:00.000Z')]
    const patient = { ...judged('failure', fresh('2026-11-18T08:30:00.000Z')), policy: patiently(7) }
    expect(timeOf(reviewAgainAt([judged('failure', ...findings)], now))).toBe('2026-11-22T08:31:00.000Z')
    expect(timeOf(reviewAgainAt([judged('neutral', ...findings), patient], now))).toBe('2026-11-25T08:31:00.000Z')
  })

  it('is nothing where the check passes, nothing is fresh, or what is was accepted', () => {
    const accepted = fresh('2026-11-19T08:30:00.000Z', { accepted: { by: 'policy', reason: 'ours' } })
    const checks = [
      judged('success', fresh('2026-11-19T08:30:00.000Z')),
      judged('failure', aReportedFinding({ evidence: [anEvidence('published', '2026-11-19T08:30:00.000Z')] })),
      judged('failure', accepted),
      judged('failure', fresh('yesterday')),
    ]
    expect(checks.map((one) => reviewAgainAt([one], now))).toEqual(checks.map(() => undefined))
  })

  it('is never at once: whoever fixed the time of reviews would have them for ever', () => {
    const late = Date.parse('2027-01-01T00:00:00Z')
    expect(timeOf(reviewAgainAt([judged('failure', fresh('2026-11-19T08:30:00.000Z'))], late))).toBe(
      '2027-01-01T00:15:00.000Z',
    )
  })
})

function patiently(freshDays: number) {
  return { ...defaultPolicy, release: { ...defaultPolicy.release, freshDays } }
}
