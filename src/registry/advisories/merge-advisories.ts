import semver from 'semver'
import type { Advisory, AdvisorySeverity } from './advisory.js'

/** One vulnerability is listed by several databases, under ids that are each other's aliases: here it is one advisory. Sorted by id. */
export function mergeAdvisories(advisories: readonly Advisory[]): readonly Advisory[] {
  const groups: { ids: Set<string>; members: Advisory[] }[] = []
  for (const advisory of advisories) {
    const ids = [advisory.id, ...advisory.aliases]
    const same = groups.filter((group) => ids.some((id) => group.ids.has(id)))
    const merged = {
      ids: new Set([...ids, ...same.flatMap((group) => [...group.ids])]),
      members: [...same.flatMap(({ members }) => members), advisory],
    }
    for (const group of same) groups.splice(groups.indexOf(group), 1)
    groups.push(merged)
  }
  return groups
    .map(({ ids, members }) => mergeOne(ids, members))
    .filter((merged) => merged !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What each of them says counts: the worst severity, and what is free of it by every one of them. */
function mergeOne(ids: ReadonlySet<string>, members: readonly Advisory[]): Advisory | undefined {
  const [first, ...rest] = [...members].sort((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1))
  if (first === undefined || rest.length === 0) return first
  const fixed = members.flatMap((one) => one.fixed ?? []).sort(semver.compareBuild)
  const highest = fixed.at(-1)
  const { fixed: _, ...own } = first
  return {
    ...own,
    aliases: [...ids].filter((id) => id !== first.id).sort(),
    summary: [first, ...rest].find(({ summary }) => summary !== '')?.summary ?? '',
    severity: worstOf(members.map(({ severity }) => severity)),
    malicious: members.some(({ malicious }) => malicious),
    ...(highest !== undefined && { fixed: highest }),
    fixes: [...new Set(members.flatMap(({ fixes }) => fixes))].sort(semver.compareBuild),
  }
}

/** Whose words are shown: who says that it is malware first, then GitHub's, which people know. */
const rankOf = ({ id, malicious }: Advisory): number => (malicious ? 0 : id.startsWith('GHSA-') ? 1 : 2)

const scale: readonly AdvisorySeverity[] = ['unknown', 'low', 'moderate', 'high', 'critical']

export const worstOf = (severities: readonly AdvisorySeverity[]): AdvisorySeverity =>
  scale[Math.max(0, ...severities.map((severity) => scale.indexOf(severity)))] ?? 'unknown'
