import type { ReportedFinding, ReportedGap } from './report.js'

/** As many are told one by one; from there on what they have in common is told once, and they are a list. */
const toldOneByOne = 3

/** Findings that say the same of several packages, or of several places in one file. Never empty. */
export type AlikeFindings = readonly [ReportedFinding, ...ReportedFinding[]]

/** In the order of the first of each group. A few alike stay groups of one. */
export function groupFindings(findings: readonly ReportedFinding[]): AlikeFindings[] {
  const groups = groupBy(findings, ({ severity, confidence, rule, message, fix, package: of, location }) =>
    JSON.stringify([severity, confidence, rule, message, fix, of ? null : (location?.file ?? '')]),
  )
  return groups.flatMap((group) =>
    group.length > toldOneByOne ? [group] : group.map((finding): AlikeFindings => [finding]),
  )
}

/** Gaps with one code and one reason: a registry that is down hides every package for that one reason. */
export const groupGaps = (gaps: readonly ReportedGap[]): (readonly [ReportedGap, ...ReportedGap[]])[] =>
  groupBy(gaps, ({ code, detail }) => JSON.stringify([code, detail]))

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}
