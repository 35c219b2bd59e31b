import { maxReportTextBytes } from '../limits.js'
import { gradeText } from './audit-text.js'
import { md } from './escape.js'
import type { Report, Threshold } from './report.js'
import { type CheckOutput, titleOf, toCheckOutput } from './to-markdown.js'

/** Below this a text would be cut before its first finding. */
const leastText = 4_000

/**
 * What a check run says of a commit, and below it how the repository stands there; the commit's own result comes first and keeps its place. One that
 * says so already stays as it is: the answer to a write can be lost, and the write is tried again.
 */
export function withAudit(output: CheckOutput, report: Report, threshold: Threshold): CheckOutput {
  const grade = report.grade ? `; ${gradeText(report.grade)}` : ''
  if (grade !== '' && output.title.endsWith(grade)) return output
  const room = maxReportTextBytes - Buffer.byteLength(output.text) - heading.length - 10
  const audit = toCheckOutput(report, threshold, Math.max(room, leastText))
  const title = md`${titleOf(report, threshold)}`.markdown
  const summaries = [
    [output.summary, heading, title, audit.summary],
    [output.summary, heading, title],
    [output.summary],
  ].map(joined)
  return {
    title: `${output.title}${grade}`,
    summary: summaries.find(fits) ?? output.summary,
    text: room < leastText ? output.text : joined([output.text, heading, audit.text]),
  }
}

const heading = md`### The repository as it stands`.markdown

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

const fits = (text: string): boolean => Buffer.byteLength(text) <= maxReportTextBytes
