import type { GapCode } from '../gap.js'
import type { Severity } from '../rules/rule.js'
import type { Judged } from './verdict.js'

export type Letter = 'A' | 'B' | 'C' | 'D' | 'F'

/** What one rule's findings cost together. */
export interface Deduction {
  readonly rule: string
  readonly points: number
  /** Open ones, of which no more than those that count may cost anything. */
  readonly findings: number
  /** What to do to earn the points back. */
  readonly fix: string
}

export interface Grade {
  /** 0 to 100. */
  readonly score: number
  readonly letter: Letter
  /** Something that is graded could not be learnt: the letter is B at most, and may be worse. */
  readonly provisional: boolean
  /** The dearest first. */
  readonly deductions: readonly Deduction[]
}

/** The parts of a report that are graded. */
export interface Graded {
  readonly findings: readonly {
    readonly rule: string
    readonly severity: Severity
    readonly fix: string
    /** The rule about vulnerabilities tells several of one package in one finding, each under a label that says how bad it is. */
    readonly evidence?: readonly { readonly label: string }[]
    readonly accepted?: unknown
  }[]
  readonly gaps: readonly { readonly code: GapCode; readonly matters: boolean; readonly accepted?: unknown }[]
  readonly coverage: Judged['coverage']
}

const bySeverity = { critical: 20, high: 10, medium: 5, low: 1 } as const satisfies Record<Severity, number>

/** Of one rule, beside advisories: who has a thousand of one kind has one thing to mend. */
const mostCounted = 3

/** What the reference article deducts, once for a repository, whatever the severity. */
const flat: ReadonlyMap<string, number> = new Map([
  ['lockfile-missing', 20],
  ['install-unlocked', 15],
  ['audit-missing', 8],
  ['sbom-missing', 5],
])

const advisoryRules: ReadonlySet<string> = new Set(['advisory-known', 'advisory-malicious'])
const perAdvisory = 15

/** Gaps that hide no finding of an audit: there is no version before, and what is not opened is a finding, or no package of npm's. */
const ungraded: ReadonlySet<GapCode> = new Set<GapCode>([
  'previous-unavailable',
  'git-source-unread',
  'ecosystem-unsupported',
  'namesake-unavailable',
  'server-unresolved',
])

const letters: readonly (readonly [from: number, letter: Letter])[] = [
  [90, 'A'],
  [80, 'B'],
  [70, 'C'],
  [60, 'D'],
]

/** The repository in points: 100, less what its open findings cost. Accepted ones cost nothing. */
export function gradeOf({ findings, gaps, coverage }: Graded): Grade {
  const open = new Map<string, Graded['findings'][number][]>()
  for (const finding of findings) {
    if (finding.accepted !== undefined) continue
    const group = open.get(finding.rule)
    if (group) group.push(finding)
    else open.set(finding.rule, [finding])
  }
  const deductions = [...open]
    .map(([rule, group]) => ({
      rule,
      points: pointsOf(rule, group),
      findings: group.length,
      fix: worst(group)?.fix ?? '',
    }))
    .sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1))
  const score = Math.max(0, 100 - deductions.reduce((sum, { points }) => sum + points, 0))
  const provisional = coverage.unverified > 0 || gaps.some(isGraded)
  return { score, letter: letterOf(score, provisional), provisional, deductions }
}

function pointsOf(rule: string, findings: Graded['findings']): number {
  const once = flat.get(rule)
  if (once !== undefined) return once
  const isAdvisory = ({ severity }: { severity: Severity }): boolean =>
    advisoryRules.has(rule) && (severity === 'critical' || severity === 'high')
  const costs = findings.filter((finding) => !isAdvisory(finding)).map(({ severity }) => bySeverity[severity])
  const counted = costs.sort((a, b) => b - a).slice(0, mostCounted)
  const advisories = findings.filter(isAdvisory).reduce((sum, { evidence = [] }) => sum + countSevere(evidence), 0)
  return counted.reduce((sum, cost) => sum + cost, advisories * perAdvisory)
}

/** At least one, for the finding itself is severe. */
const countSevere = (evidence: readonly { readonly label: string }[]): number =>
  Math.max(1, evidence.filter(({ label }) => /^(?:critical|high) advisory$/.test(label)).length)

const worst = (findings: Graded['findings']): Graded['findings'][number] | undefined =>
  [...findings].sort((a, b) => bySeverity[b.severity] - bySeverity[a.severity])[0]

const isGraded = ({ code, matters, accepted }: Graded['gaps'][number]): boolean =>
  accepted === undefined && (matters || !ungraded.has(code))

function letterOf(score: number, provisional: boolean): Letter {
  const letter = letters.find(([from]) => score >= from)?.[1] ?? 'F'
  return provisional && letter === 'A' ? 'B' : letter
}
