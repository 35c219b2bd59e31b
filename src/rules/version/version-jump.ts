import { major, minor, valid } from 'semver'
import { trustedTimes } from '../../facts/publish-times.js'
import { foreign } from '../../foreign.js'
import type { Packument } from '../../registry/registry-facts.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

/** Of 250 popular packages, none left out this many majors but to agree with its siblings' numbers (jest 1 → 12). */
const farAbove = 10

/** Who takes an internal name chooses such a major, to win over every version that its owner publishes. */
const implausibleMajor = 99

/** Packages that came to such majors by releases have at least ten of the thirty below (chromedriver, googleapis). */
const led = { within: 30, majors: 10 }

/** Other versions above a hole, from which on it is the package that moved and not a visitor. */
const settledVersions = 5

/** Other versions at such majors, from which on it is how the package counts: pnpm's own parts went from 5 or 900 to 1000. */
const establishedVersions = 10

export const versionJump = defineRule({
  id: 'version-jump',
  title: 'version jump',
  severity: 'high',
  confidence: 'high',
  fix: "Look for this version in the project's own repository and changelog: a number that wins over every other one is how names are taken over.",
  on: ['added', 'upgraded'],
  needs: ['packument'],

  inspect(change, { packument }) {
    const { before, after } = change
    if (after === undefined || valid(after.version) === null) return []
    const from = before && valid(before.version) !== null ? before.version : undefined
    const others = packument.versions.filter((version) => valid(version) !== null && version !== after.version)
    const counted = calendarOf(after.version, from, packument)
    const jump = counted === 'plausible' ? null : describeJump(after.version, from, others)
    if (jump === null) return []
    const lower = others.reduce(
      (most, other) => (major(other) < major(after.version) ? Math.max(most, major(other)) : most),
      -1,
    )
    const evidence: Evidence[] = [
      ...(before ? [{ label: 'version in base', value: foreign(before.version) }] : []),
      { label: 'version', value: foreign(after.version) },
      { label: 'next lower major published', value: foreign(lower < 0 ? 'none' : `${lower}`) },
      ...missingMajors(from, after.version, others),
    ]
    const shown = counted === 'undated' ? undatedJump : jump
    return [{ ...shown, evidence, anchors: [entryField(change, 'version')] }]
  },
})

/** The majors between the two that no published version has, as `2, 4–9`: the registry may have lost them. */
function missingMajors(from: string | undefined, version: string, others: readonly string[]): Evidence[] {
  if (from === undefined) return []
  const [start, target] = [major(from), major(version)]
  const published = new Set(others.map((other) => major(other)).filter((known) => known > start && known < target))
  const steps = [start, ...[...published].sort((a, b) => a - b), target]
  const missing = steps.flatMap((step, index) => {
    const [first, last] = [(steps[index - 1] ?? step) + 1, step - 1]
    if (first > last) return []
    return [first === last ? `${first}` : `${first}–${last}`]
  })
  return missing.length === 0 ? [] : [{ label: 'majors not in the registry', value: foreign(missing.join(', ')) }]
}

type Jump = Pick<Observation, 'message' | 'severity' | 'confidence'>

const doubtful = { severity: 'medium', confidence: 'low' } as const satisfies Partial<Jump>

const undatedJump: Jump = {
  message: 'now has the year as its major version, and the registry has no dates to compare it with',
  ...doubtful,
}

function describeJump(version: string, from: string | undefined, others: readonly string[]): Jump | null {
  const target = major(version)
  const steps = stepsOf(others)
  const below = steps.filter((step) => step < target)
  // What base has already is not new, so a package that stands above may go on.
  if (
    target >= implausibleMajor &&
    !isLedUpTo(target, others) &&
    (from === undefined || major(from) < implausibleMajor)
  ) {
    const message = 'has a major version that no release led up to'
    const sameHeight = others.filter((other) => major(other) >= implausibleMajor).length
    return sameHeight >= establishedVersions ? { message, ...doubtful } : { message }
  }
  const isSettled = isSettledAbove(target, below, others)
  if (from === undefined) {
    // For a new name this change skipped nothing; only a version far above all others stands out.
    const isFar = longestHole([...below, target]) >= farAbove && !isSettled
    return isFar ? { message: 'has a version far above all others of the package' } : null
  }
  const start = stepOf(from)
  const skipped = longestHole([start, ...below.filter((step) => step > start), target])
  if (skipped >= farAbove) {
    const message = 'skips major versions that the registry does not have'
    return isSettled ? { message, ...doubtful } : { message }
  }
  // Careful projects left out a few: Angular has no 3, uuid went from 3 to 7. Those that often do are not news.
  const habit = longestHole(below.filter((step) => step <= start))
  return skipped > habit ? { message: 'skips a major version that the registry does not have', ...doubtful } : null
}

/** React counted its releases as 0.14 and went on as 15: below 1.0.0 the minor is the step. */
const stepOf = (version: string): number => (major(version) === 0 ? minor(version) : major(version))

/** The steps at which versions were published, in order. */
const stepsOf = (versions: readonly string[]): number[] => [...new Set(versions.map(stepOf))].sort((a, b) => a - b)

const isLedUpTo = (target: number, versions: readonly string[]): boolean => {
  const near = versions
    .map((version) => major(version))
    .filter((known) => known < target && known >= target - led.within)
  return new Set(near).size >= led.majors
}

/**
 * Whether the package lives above the hole: prop-types has had nothing but 15.x for years. The two or three versions that
 * someone publishes to take a name over do not settle it.
 */
function isSettledAbove(target: number, below: readonly number[], versions: readonly string[]): boolean {
  const steps = [...below, target]
  const lastBelow = steps.findLast((step, index) => (steps[index + 1] ?? step) - step - 1 >= farAbove) ?? -1
  return versions.filter((version) => major(version) > lastBelow).length >= settledVersions
}

/** The most majors that are missing between two neighbours. */
const longestHole = (steps: readonly number[]): number =>
  steps.reduce((longest, step, index) => Math.max(longest, step - (steps[index - 1] ?? step) - 1), 0)

type Calendar = 'no' | 'plausible' | 'undated'

/**
 * Whether the major is the year, or a date that begins with it, of the publication or next to it. Where the registry has
 * no dates that can be trusted, only other releases of that year and the one before can show that a package counts so;
 * that is proof where base does so too, and else merely makes it likely.
 */
function calendarOf(version: string, from: string | undefined, packument: Packument): Calendar {
  const year = calendarYear(version)
  if (year === null) return 'no'
  const published = trustedTimes(packument)?.get(version)
  if (published !== undefined) return Math.abs(published.getUTCFullYear() - year) <= 1 ? 'plausible' : 'no'
  const neighbours = packument.versions.filter((other) => {
    const known = other === version || valid(other) === null ? null : calendarYear(other)
    return known === year || known === year - 1
  })
  if (neighbours.length < 2) return 'no'
  return from === undefined || calendarYear(from) !== null ? 'plausible' : 'undated'
}

function calendarYear(version: string): number | null {
  const match = /^((?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?$/.exec(`${major(version)}`)
  return match ? Number(match[1]) : null
}
