import semver from 'semver'
import { maxAdvisoryRangeCharacters } from '../../limits.js'

/** Versions from one on, up to another: the way in which every database of advisories says what it is about. */
export interface VersionSpan {
  /** Absent: from the first one. */
  readonly from?: { readonly version: string; readonly inclusive: boolean }
  /** Absent: all later ones too. Exclusive, it is the first that is free of it. */
  readonly to?: { readonly version: string; readonly inclusive: boolean }
}

export function isInSpan({ from, to }: VersionSpan, version: string): boolean {
  if (from && (from.inclusive ? semver.lt(version, from.version) : semver.lte(version, from.version))) return false
  return !(to && (to.inclusive ? semver.gt(version, to.version) : semver.gte(version, to.version)))
}

/** The versions that end a span and lie in no other: those are free of what the advisory is about. Lowest first. */
export function fixesOf(spans: readonly VersionSpan[], listed: ReadonlySet<string> = new Set()): string[] {
  const ends = spans.flatMap(({ to }) => (to && !to.inclusive ? [to.version] : []))
  return [...new Set(ends)]
    .filter((version) => !listed.has(version) && !spans.some((span) => isInSpan(span, version)))
    .sort(semver.compareBuild)
}

/** The lowest fixed version above this one, which is that of its own line wherever the line got one. */
export const fixFor = (version: string, fixes: readonly string[]): string | undefined =>
  fixes.find((fix) => semver.gt(fix, version))

/**
 * `>= 2.0.0, < 2.1.1 || 1.0.0`, with commas or without, as npm's registry and GitHub write it. Undefined where it is no range, or longer
 * than any that a person would write.
 */
export function parseSpans(range: string): VersionSpan[] | undefined {
  if (range.length > maxAdvisoryRangeCharacters) return undefined
  try {
    // An npm range without its rule about prereleases: an advisory about `<2.0.0` means 2.0.0-rc.1 too.
    const { set } = new semver.Range(range.replaceAll(',', ' '), { loose: true, includePrerelease: true })
    return set.map((comparators) => toSpan(comparators))
  } catch (error) {
    // semver throws this for what is no range.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function toSpan(comparators: readonly semver.Comparator[]): VersionSpan {
  let from: VersionSpan['from']
  let to: VersionSpan['to']
  for (const { operator, semver: bound } of comparators) {
    // What stands for any version has no bound of its own.
    if (!(bound instanceof semver.SemVer)) continue
    const { version } = bound
    if (operator !== '<' && operator !== '<=' && isTighter(from, version, operator === '>', semver.gt))
      from = { version, inclusive: operator !== '>' }
    if (operator !== '>' && operator !== '>=' && isTighter(to, version, operator === '<', semver.lt))
      to = { version, inclusive: operator !== '<' }
  }
  return { ...(from && { from }), ...(to && { to }) }
}

function isTighter(
  had: VersionSpan['from'],
  version: string,
  exclusive: boolean,
  beyond: (one: string, other: string) => boolean,
): boolean {
  if (had === undefined || beyond(version, had.version)) return true
  return exclusive && semver.eq(version, had.version)
}
