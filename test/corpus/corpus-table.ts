import type { Finding } from '../../src/rules/finding.js'
import { type Severity, severities } from '../../src/rules/rule.js'
import { isRoutine, isUpgrade, labelOf } from './corpus-case.js'
import { isLoud, isLoudOfCode, type Judged, unargued } from './judge-case.js'

/** A line a case with something to say: how many findings of each severity, and which rules. */
export function toTable(judged: readonly Judged[]): readonly string[] {
  const spoken = judged.filter(({ findings, gaps }) => findings.length + gaps.length > 0)
  const width = Math.max(4, ...spoken.map(({ case: one }) => labelOf(one).length))
  return [
    `${'case'.padEnd(width)}  crit high  med  low  gaps  rules`,
    ...spoken.map(({ case: one, findings, gaps }) => {
      const counts = severities.toReversed().map((severity) => `${countOf(findings, severity)}`.padStart(4))
      const ids = findings.map(({ rule, severity }) => (isLoud({ severity }) ? `${rule}!` : rule))
      return `${labelOf(one).padEnd(width)}  ${counts.join(' ')}  ${`${gaps.length}`.padStart(4)}  ${ids.join(' ')}`
    }),
  ]
}

const countOf = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length

/** How quiet it is. */
export function toSummary(judged: readonly Judged[]): readonly string[] {
  const groups = [
    ['upgrades within a major', judged.filter(({ case: one }) => isRoutine(one))],
    ['upgrades to another major', judged.filter(({ case: one }) => isUpgrade(one) && !isRoutine(one))],
    ['first additions', judged.filter(({ case: one }) => !isUpgrade(one))],
  ] as const
  return groups.filter(([, group]) => group.length > 0).flatMap(([name, group]) => summaryOf(name, group))
}

function summaryOf(name: string, group: readonly Judged[]): readonly string[] {
  const loud = group.filter(({ findings }) => findings.some(isLoud)).length
  const loudOfCode = group.filter(isLoudOfCode).length
  const unexplained = group.filter((one) => unargued(one).length > 0).length
  const incomplete = group.filter(({ gaps }) => gaps.length > 0).length
  const medium = group.map(({ findings }) => findings.filter(({ severity }) => severity !== 'low').length)
  const sorted = medium.toSorted((a, b) => a - b)
  const share = (count: number): string => `${count} (${((100 * count) / group.length).toFixed(1)} %)`
  const distribution = [0, 1, 2, 3].map((count) => `${count}: ${medium.filter((of) => of === count).length}`)
  return [
    `${group.length} ${name}: ${share(loud)} with a finding at or above high, ${share(loudOfCode)} but for changed MCP tools, ${share(unexplained)} with one that nobody argued for, ${share(incomplete)} incomplete`,
    `  findings at or above medium: median ${sorted[Math.floor(sorted.length / 2)]}, ${distribution.join(', ')}, more: ${medium.filter((of) => of > 3).length}`,
  ]
}

/** What a person needs to judge a case: each finding from `least` on, with its evidence. */
export function toDetails({ case: one, findings, gaps }: Judged, least: Severity): readonly string[] {
  const shown = findings.filter(({ severity }) => severities.indexOf(severity) >= severities.indexOf(least))
  if (shown.length + gaps.length === 0) return []
  return [
    '',
    labelOf(one),
    ...shown.flatMap(({ severity, rule, message, evidence }) => [
      `  ${severity} ${rule}: ${message}`,
      ...evidence.map(({ label, value, file, line, column }) => {
        const place = file === undefined ? '' : `  ${file}:${line ?? ''}:${column ?? ''}`
        return `    ${label}: ${printable(value)}${place}`
      }),
    ]),
    ...gaps.map(({ code, fact, detail }) => `  gap ${code} (${fact}): ${printable(detail)}`),
  ]
}

/** It comes from packages: nothing of it may move a terminal's cursor. */
const printable = (text: string): string => JSON.stringify(text.slice(0, 240)).slice(1, -1)
