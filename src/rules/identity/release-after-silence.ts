import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isNamedFix } from '../shared/named-fix.js'
import { dayMs, dayOf, isHistory } from '../shared/release-dates.js'

const silenceDays = 365

/** Whoever took a package over mends the first version within days: those that follow are one revival with it. */
const revivalDays = 7

export const releaseAfterSilence = defineRule({
  id: 'release-after-silence',
  title: 'release after a long silence',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Look in the project’s own repository for this release and for who made it: a package that rested for so long may have found a new owner.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['times'],
  wants: ['reviewedAt', 'advisories'],

  inspect(change, { times, reviewedAt, advisories }) {
    const version = change.after?.version ?? ''
    const published = times.get(version)
    const silence = published && silenceBefore(published, [...times])
    if (published === undefined || silence === undefined) return []
    const longAgo = isHistory(change, published, reviewedAt)
    const isFix = advisories !== undefined && isNamedFix(advisories, version)
    const why = reasonOf({ isFix, hadOneAsLong: silence.hadOneAsLong, longAgo })
    return [
      {
        message: `comes after a year or more without any release of the package${why ?? ''}`,
        evidence: [
          { label: 'published', value: foreign(`${version} on ${dayOf(published)}`) },
          { label: 'last one before', value: foreign(`${silence.last[0]} on ${dayOf(silence.last[1])}`) },
        ],
        anchors: [entryField(change, 'version')],
        ...(why !== undefined && { severity: 'low' as const }),
      },
    ]
  },
})

/** Why it says little; undefined where it does not. */
function reasonOf(why: Readonly<Record<'isFix' | 'hadOneAsLong' | 'longAgo', boolean>>): string | undefined {
  if (why.isFix) return ', and an advisory names it as a fix'
  if (why.hadOneAsLong) return ', as it has done before'
  return why.longAgo ? ', more than a year before this review' : undefined
}

type Dated = readonly [version: string, published: Date]

interface Silence {
  readonly last: Dated
  /** Earlier silences were as long: finished packages rest, and come out with something once in a while. */
  readonly hadOneAsLong: boolean
}

/** The silence that ended with a release, or with one in the days before it; undefined where there was none. */
function silenceBefore(published: Date, times: readonly Dated[]): Silence | undefined {
  const daysBefore = (date: Date): number => (published.getTime() - date.getTime()) / dayMs
  const isBetween = (days: number): boolean => days > revivalDays && days < silenceDays
  // Such a release leaves no room for a silence, and most packages have one.
  if (times.some(([, date]) => isBetween(daysBefore(date)))) return undefined
  const releases = times
    .filter(([, date]) => daysBefore(date) >= 0)
    .sort(([, one], [, other]) => one.getTime() - other.getTime())
  let longest = 0
  for (const [at, release] of releases.entries()) {
    const next = releases[at + 1]
    if (next === undefined) return undefined
    const days = (next[1].getTime() - release[1].getTime()) / dayMs
    const endsNow = daysBefore(next[1]) <= revivalDays
    if (endsNow && days >= silenceDays) return { last: release, hadOneAsLong: longest >= days }
    longest = Math.max(longest, days)
  }
  return undefined
}
