import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isNamedFix } from '../shared/named-fix.js'
import { dayMs, minuteOf } from '../shared/release-dates.js'

export const releaseFresh = defineRule({
  id: 'release-fresh',
  title: 'fresh release',
  severity: 'medium',
  confidence: 'high',
  fix: 'Wait until the time named here and review again, unless this release is needed at once: attacks by way of a stolen account are mostly found within days.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['times', 'reviewedAt', 'releasePolicy'],
  wants: ['advisories'],

  inspect(change, { times, reviewedAt, releasePolicy: { freshDays }, advisories }) {
    const version = change.after?.version ?? ''
    const published = times.get(version)
    if (published === undefined) return []
    const clears = new Date(published.getTime() + freshDays * dayMs)
    if (clears <= reviewedAt) return []
    // Whoever waits with a fix stays open for what it mends.
    if (advisories !== undefined && isNamedFix(advisories, version)) return []
    return [
      {
        message: `was published less than ${freshDays === 1 ? 'a day' : `${freshDays} days`} before this review; this clears at ${minuteOf(clears)}`,
        evidence: [{ label: 'published', value: foreign(published.toISOString()) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
