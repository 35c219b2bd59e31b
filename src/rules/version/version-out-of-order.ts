import { compare, prerelease, valid } from 'semver'
import type { PublishTimes } from '../../facts/publish-times.js'
import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isNamedFix } from '../shared/named-fix.js'
import { dayMs, dayOf, lineOf } from '../shared/release-dates.js'

/** Who maintains a line comes back at least once a year, if only with a fix; lines that were revived for an attack had been left for several. */
const quietDays = 365

export const versionOutOfOrder = defineRule({
  id: 'version-out-of-order',
  title: 'version out of order',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Look for this release in the project’s own repository, and ask who still maintains that old line; else take the newest line.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['times'],
  wants: ['advisories'],

  inspect(change, { times, advisories }) {
    const version = change.after?.version ?? ''
    const published = times.get(version)
    if (valid(version) === null || published === undefined) return []
    const higher = highestBefore(version, published, times)
    const quiet = quietBefore(version, published, times)
    if (higher === null || quiet === null) return []
    // Whoever mends a vulnerability does so where people still are.
    const isFix = advisories !== undefined && isNamedFix(advisories, version)
    return [
      {
        message: `revives an old line of versions after a long silence, when a higher one was out already${isFix ? ', and an advisory names it as a fix' : ''}`,
        evidence: [
          { label: 'published', value: foreign(`${version} on ${dayOf(published)}`) },
          { label: 'before it in its line', value: foreign(`${quiet.version} on ${dayOf(quiet.published)}`) },
          { label: 'higher version', value: foreign(`${higher.version} on ${dayOf(higher.published)}`) },
        ],
        anchors: [entryField(change, 'version')],
        ...(isFix && { severity: 'low' as const }),
      },
    ]
  },
})

interface Release {
  readonly version: string
  readonly published: Date
}

/** The highest release of a later line that was out when `version` was published. */
function highestBefore(version: string, published: Date, times: PublishTimes): Release | null {
  let highest: Release | null = null
  for (const [other, date] of times) {
    if (date >= published || prerelease(other) !== null || lineOf(other) === lineOf(version)) continue
    if (compare(other, version) > 0 && (highest === null || compare(other, highest.version) > 0)) {
      highest = { version: other, published: date }
    }
  }
  return highest
}

/**
 * The last release of the same line before a silence that ends with `version`: longer than any that the line has had
 * before, since lines that come back now and then are maintained so. Releases of the days before count as one with it.
 */
function quietBefore(version: string, published: Date, times: PublishTimes): Release | null {
  const line = [...times]
    .filter(([other, date]) => lineOf(other) === lineOf(version) && date <= published)
    .map(([other, date]) => ({ version: other, published: date }))
    .sort((a, b) => a.published.getTime() - b.published.getTime())
  let longest = 0
  let quiet: Release | null = null
  for (const [at, release] of line.entries()) {
    const next = line[at + 1]
    if (next === undefined) break
    const days = (next.published.getTime() - release.published.getTime()) / dayMs
    const endsNow = (published.getTime() - next.published.getTime()) / dayMs <= revivalDays
    if (endsNow && quiet === null) quiet = days > quietDays && days > longest ? release : null
    longest = Math.max(longest, days)
  }
  return quiet
}

/** Whoever took a package over publishes several versions at once, or mends the first one within days. */
const revivalDays = 30
