import { maxReportTextBytes } from '../limits.js'
import { code, md, plain, shorten } from './escape.js'
import type { Report, Threshold } from './report.js'
import { type CheckOutput, titleOf, toCheckOutput } from './to-markdown.js'

/** The texts that a check run or a comment can hold besides a report. */
export type Notice = Omit<CheckOutput, 'text'>

export const reviewingNotice: Notice = {
  title: 'Review in progress',
  summary: 'Lockwarden is reading what this commit changes. The result replaces this text.',
}

export const supersededNotice: Notice = {
  title: 'Cancelled: no longer the head',
  summary:
    'This commit is not the head of an open pull request, branch or merge group any more, so nobody waits for it.',
}

export const stoppedNotice: Notice = {
  title: 'Cancelled: Lockwarden was stopped',
  summary: 'The review did not finish. It starts again with Lockwarden, or with **Re-run**.',
}

/** `failure` is for the log: it may say more than the readers of a public check should see. */
export const failedNotice = (job: string): Notice => ({
  title: 'Lockwarden could not finish the review',
  summary: [
    'This is no pass: nothing is known about this change. **Re-run** starts the review again; a new push does too.',
    md`Whoever operates this Lockwarden finds the reason in its log under ${code(job)}.`.markdown,
  ].join('\n\n'),
})

export const uncommentedNotice = (count: number): string =>
  md`${count} of the findings could not be shown as comments on their lines; they are annotations and in the text below.`
    .markdown

export const againNotice = (at: Date): string =>
  md`Some of it is only that releases are fresh. Lockwarden reviews this commit again by itself, at ${code(`${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`)}.`
    .markdown

/** The body above a review's comments. */
export const reviewBody = (comments: number): string =>
  md`Lockwarden left ${comments === 1 ? 'a comment' : `${comments} comments`}. The check run has the whole report.`
    .markdown

/** Put above a comment of ours whose finding is gone. */
export const outdatedLine = (sha: string): string => md`**No longer found** at ${sha.slice(0, 12)}.`.markdown

/** A report and where it belongs, when one commit is judged in several places. */
export interface LabelledReport {
  /** `#12 into main`: a branch's name is foreign text. */
  readonly label: string
  readonly report: Report
  readonly threshold: Threshold
  readonly conclusion: string
}

/** One output for one commit: the first report's own when it is alone, else all of them, which are given worst first. */
export function joinCheckOutputs(reports: readonly [LabelledReport, ...LabelledReport[]]): CheckOutput {
  const [worst, ...rest] = reports
  if (rest.length === 0) return toCheckOutput(worst.report, worst.threshold)
  const share = Math.floor(maxReportTextBytes / reports.length) - 400
  const outputs = reports.map(({ report, threshold }) => toCheckOutput(report, threshold, share))
  const list = reports.map(
    ({ label, report, threshold, conclusion }) =>
      md`- ${code(label)}: ${conclusion}, ${titleOf(report, threshold)}`.markdown,
  )
  const intro = md`This commit is judged in ${reports.length} places. The check has the worst of their results:`
    .markdown
  return {
    title: plain(
      `${titleOf(worst.report, worst.threshold)} (${shorten(worst.label, 60)}, the worst of ${reports.length})`,
    ),
    summary: takeSections([intro, list.join('\n'), ...sections(reports, ({ summary }) => summary, outputs)]),
    text: takeSections(sections(reports, ({ text }) => text, outputs)),
  }
}

const sections = (
  reports: readonly LabelledReport[],
  part: (output: CheckOutput) => string,
  outputs: readonly CheckOutput[],
): string[] =>
  outputs.map((output, index) => `${md`### ${code(reports[index]?.label ?? '')}`.markdown}\n\n${part(output)}`)

/** Whole sections from the worst on, as many as GitHub takes. The list of places above them names each one. */
function takeSections(parts: readonly string[]): string {
  let bytes = 0
  const fitting = parts.filter((part) => {
    bytes += Buffer.byteLength(part) + 2
    return bytes <= maxReportTextBytes
  })
  return fitting.join('\n\n')
}
