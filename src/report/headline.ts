import { type Severity, severities } from '../rules/rule.js'
import { gradeText, treeCoverage } from './audit-text.js'
import { shorten } from './escape.js'
import { compareText } from './order.js'
import { listFew, plural } from './plural.js'
import type { Report, ReportedFinding, ReportedGap, Threshold } from './report.js'

/** Findings that count: nobody accepted them. */
export const openFindings = (report: Report): ReportedFinding[] => report.findings.filter(({ accepted }) => !accepted)

/** Gaps that keep a report from being clear: they matter and nobody accepted them. */
export const openGaps = (report: Report): ReportedGap[] =>
  report.gaps.filter((gap) => gap.matters && gap.accepted === undefined)

const fails = (severity: Severity, { failOn }: Threshold): boolean =>
  failOn !== 'never' && severities.indexOf(severity) >= severities.indexOf(failOn)

/** `2 critical, 1 medium`, worst first. */
export function countBySeverity(findings: readonly ReportedFinding[]): string {
  return [...severities]
    .reverse()
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count.toLocaleString('en-US')} ${severity}`)
    .join(', ')
}

export interface Headline {
  /** `clear` with nothing below `failOn` either; `flagged` says whether the check fails. */
  readonly verdict: Report['verdict']
  /** Holds no foreign text. */
  readonly sentence: string
}

/** The verdict in one sentence, before anything else. */
export function headlineOf(report: Report, threshold: Threshold): Headline {
  const sentence = sentenceOf(report, threshold)
  return { verdict: report.verdict, sentence: report.grade ? `${gradeText(report.grade)}; ${sentence}` : sentence }
}

function sentenceOf(report: Report, threshold: Threshold): string {
  const findings = openFindings(report)
  const found = `${plural(findings.length, 'finding')}: ${countBySeverity(findings)}`
  const unverified = openGaps(report).length
  if (report.verdict === 'incomplete') {
    const unknown =
      unverified > 0 ? `${plural(unverified, 'thing')} could not be verified` : 'not all could be analysed'
    return findings.length > 0 ? `${unknown}, and ${found}` : `${unknown}, so this is not a pass`
  }
  if (report.verdict === 'clear') return clearSentence(report)
  if (findings.some(({ severity }) => fails(severity, threshold))) return found
  return threshold.failOn === 'never' ? `${found} (reported only)` : `${found} (all below ${threshold.failOn})`
}

function clearSentence({ coverage, findings, tree }: Report): string {
  const accepted = findings.length > 0 ? `, apart from ${plural(findings.length, 'accepted finding')}` : ''
  if (tree) return `nothing was found${accepted}`
  if (coverage.changed === 0) return `no package changed, and nothing was found${accepted}`
  return `nothing was found in ${plural(coverage.changed, 'changed package')}${accepted}`
}

/** Of an audit what it was of; where it opened no package, what it could not learn stands elsewhere. `142 changed, 140 analysed, 2 unverified: tarball-unavailable (a@1.0.0, b@2.0.0)`. Names are foreign text. */
export function coverageLine(report: Report): string {
  const { changed, expected, analysed, unverified } = report.coverage
  const count = (n: number): string => n.toLocaleString('en-US')
  const apart = changed - expected
  const what = apart > 0 ? ` (${count(apart)} removed or local)` : ''
  const reasons = gapsByCode(report.gaps.filter((gap) => gap.matters))
    .map(({ code, gaps }) => `${code} (${listFew(subjectsOf(gaps))})`)
    .join(', ')
  const line = report.tree
    ? treeCoverage(report.tree, report.coverage)
    : `${count(changed)} changed${what}, ${count(analysed)} analysed, ${count(unverified)} unverified`
  return reasons === '' || (report.tree && expected === 0) ? line : `${line}: ${reasons}`
}

export function gapsByCode(gaps: readonly ReportedGap[]): { code: string; gaps: ReportedGap[] }[] {
  const groups = new Map<string, ReportedGap[]>()
  for (const gap of gaps) {
    const group = groups.get(gap.code)
    if (group) group.push(gap)
    else groups.set(gap.code, [gap])
  }
  return [...groups].map(([code, group]) => ({ code, gaps: group })).sort((a, b) => compareText(a.code, b.code))
}

/** The reason that more than half have, and those that have another; undefined where none is so common. */
export function commonReason(
  gaps: readonly ReportedGap[],
):
  | { readonly reason: string; readonly same: readonly ReportedGap[]; readonly others: readonly ReportedGap[] }
  | undefined {
  const counts = new Map<string, number>()
  for (const { detail } of gaps) counts.set(detail, (counts.get(detail) ?? 0) + 1)
  const [reason] = [...counts].find(([, count]) => count * 2 > gaps.length) ?? []
  if (reason === undefined) return undefined
  return {
    reason,
    same: gaps.filter(({ detail }) => detail === reason),
    others: gaps.filter(({ detail }) => detail !== reason),
  }
}

const subjectsOf = (gaps: readonly ReportedGap[]): string[] => [
  ...new Set(gaps.map((gap) => shorten(gap.package ?? gap.file ?? gap.fact, 300))),
]
