import { compare } from 'semver'
import type { PublishTimes } from '../../facts/publish-times.js'
import { foreign } from '../../foreign.js'
import type { Account, Release, ReleaseHistory } from '../../registry/release-history.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { dayMs, isHistory } from '../shared/release-dates.js'

export const publisherChanged = defineRule({
  id: 'publisher-changed',
  title: 'publisher changed',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Ask the project whether this account publishes for it now, in a place that the account cannot write to; until then keep the version before.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['release', 'packument'],
  wants: ['times', 'reviewedAt'],

  inspect(change, { release, packument: { releases }, times, reviewedAt }) {
    const { publisher } = release
    // A build service stands for the repository that it is set up for: what changes there is provenance-changed.
    if (publisher === undefined || release.trustedPublisher !== undefined) return []
    const earlier = earlierReleases({ release, publisher, base: change.before?.version, releases, times })
    const named = earlier.filter((one) => one.publisher !== undefined || one.maintainers.length > 0)
    if (named.length === 0) return []
    if (!named.some((one) => isBy(one, publisher))) {
      const published = times?.get(release.version)
      const longAgo = published !== undefined && isHistory(change, published, reviewedAt)
      return [
        {
          message: `was published by an account that never published it before and was none of its maintainers${longAgo ? ', more than a year before this review' : ''}`,
          evidence: [...publisherEvidence(publisher), ...previousPublishers(earlier)],
          anchors: [entryField(change, 'version')],
          ...(longAgo && { severity: 'low' as const }),
        },
      ]
    }
    const addresses = addressesOf(earlier, publisher)
    if (publisher.email === undefined || addresses.length === 0 || addresses.includes(lower(publisher.email))) return []
    return [
      {
        message: 'was published by a known account under an e-mail address that it did not have before',
        evidence: [
          ...publisherEvidence(publisher),
          { label: 'its addresses before', value: foreign(addresses.join(', ')) },
        ],
        anchors: [entryField(change, 'version')],
        // People change theirs, and so does whoever took an account over, first of all.
        severity: 'low',
        confidence: 'low',
      },
    ]
  },
})

const lower = (text: string): string => text.toLowerCase()

/**
 * Versions of a week are one appearance: whoever comes to publish for an attack mends the first one at once, or has a harmless one go before it,
 * as event-stream had. What base has is known to those who took it, unless it is of the same day.
 */
const appearanceMs = 7 * dayMs

interface History {
  readonly release: Release
  readonly publisher: Account
  readonly base: string | undefined
  readonly releases: ReleaseHistory
  readonly times: PublishTimes | undefined
}

/** By date, where there are dates; else by number, since later numbers come later. Without those by which an account would vouch for itself. */
function earlierReleases({ release, publisher, base, releases, times }: History): readonly Release[] {
  const published = times?.get(release.version)?.getTime()
  const inBase = times?.get(base ?? '')?.getTime() ?? Number.NEGATIVE_INFINITY
  return [...releases.values()].filter((one) => {
    const other = times?.get(one.version)?.getTime()
    if (published === undefined || other === undefined) return compare(one.version, release.version) < 0
    const age = published - other
    return age > 0 && (age >= (other <= inBase ? dayMs : appearanceMs) || !isBy(one, publisher))
  })
}

const isBy = ({ publisher, maintainers }: Release, { name }: Account): boolean =>
  [publisher?.name, ...maintainers].some((known) => known !== undefined && lower(known) === lower(name))

const addressesOf = (releases: readonly Release[], { name }: Account): readonly string[] => [
  ...new Set(
    releases.flatMap(({ publisher }) =>
      publisher?.email !== undefined && lower(publisher.name) === lower(name) ? [lower(publisher.email)] : [],
    ),
  ),
]

const publisherEvidence = ({ name, email }: Account): readonly Evidence[] => [
  { label: 'published by', value: foreign(email === undefined ? name : `${name} <${email}>`) },
]

/** Those with most versions first: of many hands a reader wants the usual ones. */
const shownPublishers = 5

function previousPublishers(earlier: readonly Release[]): readonly Evidence[] {
  const counts = new Map<string, number>()
  for (const { publisher, trustedPublisher } of earlier) {
    const name = trustedPublisher === undefined ? publisher?.name : `a build service (${trustedPublisher})`
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, shownPublishers)
    .map(([name, count]) => ({
      label: 'published before by',
      value: foreign(`${name}, ${count} ${count === 1 ? 'version' : 'versions'}`),
    }))
}
