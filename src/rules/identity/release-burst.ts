import { prerelease, valid } from 'semver'
import { type BroughtRelease, type DatedVersion, nearMs, type Together } from '../../facts/identity/brought-release.js'
import { foreign } from '../../foreign.js'
import { defineRule, type Evidence, type Severity, severities } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isNamedFix } from '../shared/named-fix.js'
import { dayMs, isHistory, lineOf, minuteOf } from '../shared/release-dates.js'
import { type Habit, habitOf, siblingsOf } from '../shared/released-together.js'
import { shownEvidence } from '../shared/shown-evidence.js'

/** Of one line: whoever mends a release at once does so once; three within these minutes are somebody trying, or a program. */
const quickMs = 15 * 60_000
const quickReleases = 3

/** What a stolen token has published is found and taken down within days, seldom weeks: what is still there was most likely meant to be. */
const settledDays = 30

export const releaseBurst = defineRule({
  id: 'release-burst',
  title: 'burst of releases',
  severity: 'high',
  confidence: 'medium',
  fix: 'Look for these releases in the project’s own repository, each with its tag; where they are not there, somebody else published them. Keep the version before until you know.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['together', 'reviewedAt'],
  wants: ['advisories'],

  inspect(change, { together, reviewedAt, advisories }) {
    const { own } = together
    // Canaries and nightly builds come in bursts by their nature.
    if (valid(own.version) === null || prerelease(own.version) !== null) return []
    const isFix = advisories !== undefined && isNamedFix(advisories, own.version)
    const longAgo = isHistory(change, own.published, reviewedAt)
    const settled = reviewedAt.getTime() - own.published.getTime() > settledDays * dayMs
    const found = [ownBurst(own), burstOfSiblings(together, longAgo)].filter((one) => one !== undefined)
    if (found.length === 0) return []
    const most: Severity = isFix || longAgo ? 'low' : settled ? 'medium' : 'high'
    const weighed = found.map((one) => ({ ...one, severity: leastOf(one.severity, most) }))
    const reason = reasonOf({ isFix, longAgo, settled })
    return [
      {
        message: `${weighed.map(({ message }) => message).join(', and ')}${reason}`,
        evidence: [
          { label: 'published', value: foreign(minuteOf(own.published)) },
          ...shownEvidence(weighed.flatMap(({ evidence }) => evidence)),
        ],
        anchors: [entryField(change, 'version')],
        severity: worstOf(weighed.map(({ severity }) => severity)),
      },
    ]
  },
})

function reasonOf(why: Readonly<Record<'isFix' | 'longAgo' | 'settled', boolean>>): string {
  if (why.isFix) return ', and an advisory names it as a fix'
  if (why.longAgo) return ', more than a year before this review'
  return why.settled ? ', more than a month before this review' : ''
}

interface Burst {
  readonly message: string
  readonly severity: Severity
  readonly evidence: readonly Evidence[]
}

const worstOf = (found: readonly Severity[]): Severity =>
  found.reduce((worst, one) => (severities.indexOf(one) > severities.indexOf(worst) ? one : worst), 'low')

const leastOf = (one: Severity, other: Severity): Severity =>
  severities.indexOf(one) < severities.indexOf(other) ? one : other

/** What begins a line is the next step of the package; what comes out on a line that was there is meant for those who stand on it. */
const beginsLine = (version: string): boolean => /^\d+\.0\.0$|^0\.\d+\.0$/.test(version)

const gapMs = (one: DatedVersion, other: DatedVersion): number =>
  Math.abs(one.published.getTime() - other.published.getTime())

/** Releases that make one of them part of a burst of its own package, by the way in which they do. */
function burstAround(one: DatedVersion, others: readonly DatedVersion[]): 'lines' | 'quick' | undefined {
  const near = others.filter((other) => gapMs(one, other) <= nearMs)
  const all = [one, ...near].map(({ version }) => version)
  // A line that begins now is mended in its first hour, and the one before it ended.
  const begun = new Set(all.filter(beginsLine).map(lineOf))
  const lines = new Set(all.map(lineOf).filter((line) => !begun.has(line)))
  if (lines.size > 1 && !begun.has(lineOf(one.version))) return 'lines'
  return near.filter((other) => gapMs(one, other) <= quickMs).length + 1 >= quickReleases ? 'quick' : undefined
}

const messages = {
  lines: 'came out within an hour of releases on other lines of the package',
  quick: 'is one of several releases of the package within a quarter of an hour',
} as const

function ownBurst(own: BroughtRelease): Burst | undefined {
  // The first release of a package is mended in its first hour as often as not; package-young tells of it.
  if (own.earlier.length === 0) return undefined
  const kind = burstAround(own, own.near)
  if (kind === undefined) return undefined
  const isHabit = own.earlier.some(
    (one) =>
      burstAround(
        one,
        own.earlier.filter((other) => other !== one),
      ) !== undefined,
  )
  return {
    message: `${messages[kind]}${isHabit ? ', as such releases have before' : ''}`,
    severity: isHabit ? 'low' : 'high',
    evidence: own.near.map(({ version, published }) => ({
      label: 'the same package',
      value: foreign(`${version} at ${minuteOf(published)}`),
    })),
  }
}

function burstOfSiblings(together: Together, longAgo: boolean): Burst | undefined {
  const { own } = together
  const group = siblingsOf(together)
  if (group === undefined) return undefined
  const habit = habitOf([own, ...group.siblings])
  // How they came out before is not known, because they are new, which is told elsewhere.
  if (habit === 'unknown' || (habit === 'always' && group.by === 'account')) return undefined
  // One line for all of them is enough where it may well be how they always come out.
  if ((habit !== 'never' || longAgo) && group.siblings.some(({ name }) => name < own.name)) return undefined
  const whose = group.by === 'scope' ? 'its scope' : 'the same account'
  return {
    message: `came out within minutes of other packages of ${whose}, ${habits[habit]}`,
    severity: group.by === 'account' && habit === 'never' ? 'medium' : severityOf[habit],
    evidence: group.siblings.map(({ name, version, published }) => ({
      label: `of ${whose}`,
      value: foreign(`${name}@${version} at ${minuteOf(published)}`),
    })),
  }
}

const habits = {
  always: 'as these always do',
  sometimes: 'as some of them do now and then',
  never: 'which never came out together before',
} as const satisfies Record<Exclude<Habit, 'unknown'>, string>

const severityOf = { always: 'low', sometimes: 'medium', never: 'high' } as const satisfies Record<
  keyof typeof habits,
  Severity
>
