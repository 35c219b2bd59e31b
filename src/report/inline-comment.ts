import { maxReportTextBytes } from '../limits.js'
import { byteLength, renderWithin } from './byte-budget.js'
import { code, joinMarkdown, type Markdown, md, plain, shorten } from './escape.js'
import { evidenceLines, findingMarkdown } from './finding-markdown.js'
import { describeFinding, type PathIndex } from './finding-text.js'
import type { ReportedFinding } from './report.js'

/** The body of one review comment on one line: one finding or several, the worst first. No foreign text can hold `<!--`. */
export function inlineComment(findings: readonly ReportedFinding[], index: PathIndex): string {
  const separator = '\n\n---\n\n'
  const render = (finding: ReportedFinding): Markdown => findingMarkdown(finding, index, false)
  const shown = renderWithin(findings, render, maxReportTextBytes * 0.9, separator.length)
  const hidden = findings.slice(shown.length)
  const rest: Markdown[] = hidden.length > 0 ? [md`Also here: ${joinMarkdown(ruleIds(hidden), ', ')}`] : []
  return joinMarkdown([...shown, ...rest], separator).markdown
}

const ruleIds = (findings: readonly ReportedFinding[]): Markdown[] =>
  [...new Set(findings.map(({ rule }) => rule))].map((rule) => code(rule))

/** Bytes of a comment's body, for who adds a marker to it. */
export const commentBytes = (body: string): number => byteLength({ markdown: body })

/** The texts of a check run's annotation, which GitHub shows as plain text. */
export interface AnnotationText {
  readonly title: string
  readonly message: string
  readonly rawDetails: string
}

export function annotationText(finding: ReportedFinding, index: PathIndex): AnnotationText {
  const text = describeFinding(finding, index)
  const why = text.paths.slice(0, 3).map((path) => `Why it is here: ${plain(shorten(path, 300))}`)
  return {
    // GitHub allows 255 characters; a visible character can take ten.
    title: shorten(`${finding.severity}: ${finding.title} (${finding.rule})`, 200),
    message: [`${plain(shorten(text.sentence, 400))}.`, ...why, `What to do: ${plain(finding.fix)}`].join('\n'),
    rawDetails: evidenceLines(text).map(plain).join('\n'),
  }
}
