import { plural } from './plural.js'
import type { ReportedFinding, ReportedGap } from './report.js'

/** As many are told one by one; from there on what they have in common is told once, and they are a list. */
const toldOneByOne = 3

/** Findings that say the same of several packages, or of several places in one file. Never empty. */
export type AlikeFindings = readonly [ReportedFinding, ...ReportedFinding[]]

/** In the order of the first of each group. A few alike stay groups of one; what is alike in one file is told before what is in several. */
export function groupFindings(findings: readonly ReportedFinding[]): AlikeFindings[] {
  const byFile = new Map(groupBy(findings, keyInFile).map((group) => [keyInFile(group[0]), group.length]))
  const groups = groupBy(findings, (finding) =>
    (byFile.get(keyInFile(finding)) ?? 0) > toldOneByOne ? keyInFile(finding) : keyOf(finding, null),
  )
  return groups.flatMap((group) =>
    group.length > toldOneByOne ? [group] : group.map((finding): AlikeFindings => [finding]),
  )
}

const keyOf = (
  { severity, confidence, rule, message, fix, package: of }: ReportedFinding,
  file: string | null,
): string => JSON.stringify([severity, confidence, rule, message, fix, of !== undefined, file])

const keyInFile = (finding: ReportedFinding): string =>
  keyOf(finding, finding.package ? null : (finding.location?.file ?? ''))

/** What a group is about, in our words but for the name of a file. */
export interface GroupSubject {
  /** `6 packages`, `package.json`, `4 places`. */
  readonly heading: string
  /** `6 packages`, `4 places`. */
  readonly count: string
  /** What the message reads on from, where it is not a file's name: `each`. */
  readonly each: boolean
  /** The one file in which all are. */
  readonly file?: string
}

export function subjectOfGroup(group: AlikeFindings): GroupSubject {
  const count = plural(group.length, group[0].package ? 'package' : 'place')
  const file = group[0].location?.file ?? 'the repository'
  if (group[0].package || group.some(({ location }) => (location?.file ?? 'the repository') !== file)) {
    return { heading: count, count, each: true }
  }
  return { heading: file, count, each: false, file }
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
