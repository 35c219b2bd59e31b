import { describe, expect, it } from '@jest/globals'
import { maxReportTextBytes } from '../../src/limits.js'
import { withAudit } from '../../src/report/audit-check.js'
import { toCheckOutput } from '../../src/report/to-markdown.js'
import { aReport } from '../builders/report.js'
import { aHugeReport, anAuditReport } from './sample-reports.js'

const threshold = { failOn: 'high' } as const
const bytes = (text: string): number => Buffer.byteLength(text)

describe('withAudit', () => {
  it("puts the audit below the commit's own result, in summary and text, and the grade behind its title", () => {
    const own = toCheckOutput(aReport(), threshold)
    const audit = toCheckOutput(anAuditReport(), threshold)
    const { title, summary, text } = withAudit(own, anAuditReport(), threshold)

    expect(title).toBe(
      'clear: nothing was found in 1 changed package; grade B at most (95 of 100, and not all that is graded is known)',
    )
    expect(summary.startsWith(`${own.summary}\n\n### The repository as it stands\n\nflagged: grade B`)).toBe(true)
    expect(summary.endsWith(audit.summary)).toBe(true)
    expect(text).toBe(`${own.text}\n\n### The repository as it stands\n\n${audit.text}`)
  })

  it("stays within what GitHub takes, and cuts the audit before the commit's own result", () => {
    const own = toCheckOutput(aHugeReport(), threshold)
    const { summary, text } = withAudit(own, { ...aHugeReport(), ...pickAudit() }, threshold)

    expect([bytes(summary) <= maxReportTextBytes, bytes(text) <= maxReportTextBytes]).toEqual([true, true])
    expect([summary.startsWith(own.summary), text.startsWith(own.text)]).toEqual([true, true])
    const short = withAudit(toCheckOutput(aReport(), threshold), { ...aHugeReport(), ...pickAudit() }, threshold)
    expect([bytes(short.summary) <= maxReportTextBytes, bytes(short.text) <= maxReportTextBytes]).toEqual([true, true])
    expect(short.text).toContain('further findings not shown here')
  })

  it('leaves the summary of the audit out where it does not fit, and its title in', () => {
    const own = { ...toCheckOutput(aReport(), threshold), summary: 'x'.repeat(maxReportTextBytes - 500) }
    const { summary } = withAudit(own, anAuditReport(), threshold)

    expect([bytes(summary) <= maxReportTextBytes, summary.includes('flagged: grade B')]).toEqual([true, true])
    const full = { ...own, summary: 'x'.repeat(maxReportTextBytes) }
    expect(withAudit(full, anAuditReport(), threshold).summary).toBe(full.summary)
  })
})

function pickAudit() {
  const { grade, tree } = anAuditReport()
  return { ...(grade && { grade }), ...(tree && { tree }) }
}
