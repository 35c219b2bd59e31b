import { major, prerelease, valid } from 'semver'
import { foreign } from '../../foreign.js'
import type { ProvenanceState } from '../../registry/provenance/provenance.js'
import type { Release, ReleaseHistory } from '../../registry/release-history.js'
import { defineRule, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { dayMs, dayOf } from '../shared/release-dates.js'

/** Enough to tell a habit from an exception. */
const habitReleases = 5

/** Whether releases are published so, the last one first: most of them, or since lately. One that stands alone is an experiment. */
function isHabit(proven: readonly boolean[]): boolean {
  const [last, ...others] = proven
  const share = proven.filter(Boolean).length * 2 - proven.length
  return share > 0 || (last === true && (share === 0 || others[0] === true))
}

/** Who takes a package over publishes again within days, the harmless ones first: such releases say nothing about how the project publishes. */
const sameHandMs = 7 * dayMs

export const provenanceLost = defineRule({
  id: 'provenance-lost',
  title: 'provenance lost',
  severity: 'high',
  confidence: 'medium',
  fix: 'Ask the maintainers whether they published this version by hand, and look for its tag and release in their repository; until then keep the version before.',
  on: ['added', 'upgraded', 'downgraded'],
  needs: ['packument', 'times', 'releasePolicy'],
  wants: ['reviewedAt', 'provenance', 'previousProvenance'],

  inspect(change, { packument: { releases }, times, releasePolicy, reviewedAt, provenance, previousProvenance }) {
    const version = change.after?.version ?? ''
    const release = releases.get(version)
    const published = times.get(version)
    if (valid(version) === null || release === undefined || published === undefined) return []
    const horizonMs = releasePolicy.provenanceHorizonDays * dayMs
    if (reviewedAt !== undefined && reviewedAt.getTime() - published.getTime() > horizonMs) return []
    const now: Dated = { release, published }
    const anchors = [entryField(change, 'version')] as const
    if (isProven(release) && !isEmpty(release, provenance)) {
      const all = [
        ...unbelieved(provenance, previousProvenance),
        ...unstated(release, releases.get(change.before?.version ?? '')),
      ]
      return all.map((observation) => ({ ...observation, anchors }))
    }
    const line = lineBefore(now, releases, times).filter(
      (one) => published.getTime() - one.published.getTime() <= horizonMs,
    )
    const habit = line
      .filter((one) => isProven(one.release) || published.getTime() - one.published.getTime() > sameHandMs)
      .slice(0, habitReleases)
    const proven = habit.filter((one) => isProven(one.release))
    const [last] = proven
    if (last === undefined || !isHabit(habit.map((one) => isProven(one.release)))) return []
    if (wasLostBefore(change.before?.version, last, releases, times)) return []
    return [
      {
        message: 'was published without the provenance that the releases before it in its major line have',
        evidence: [
          { label: 'without', value: foreign(`${version} on ${dayOf(published)}`) },
          {
            label: 'last one with',
            value: foreign(`${last.release.version} on ${dayOf(last.published)}, ${kindOf(last.release)}`),
          },
          { label: 'had it', value: foreign(`${proven.length} of the last ${habit.length}`) },
        ],
        anchors,
      },
    ]
  },
})

interface Dated {
  readonly release: Release
  readonly published: Date
}

/** By the registry's own record: a build, a build service that needs no token, or a person who approved what one had staged. */
const isProven = ({ attestations, trustedPublisher, approver }: Release): boolean =>
  attestations.length > 0 || trustedPublisher !== undefined || approver !== undefined

/** The record speaks of statements, and the registry has none that is about a build. */
const isEmpty = ({ trustedPublisher, approver }: Release, provenance: ProvenanceState | undefined): boolean =>
  provenance?.state === 'absent' && trustedPublisher === undefined && approver === undefined

function kindOf({ approver, trustedPublisher }: Release): string {
  if (approver !== undefined) return 'approved by a person'
  return trustedPublisher === undefined ? 'with provenance' : `by the trusted publisher ${trustedPublisher}`
}

/** Signed by keys that nobody knows, where the version before is signed by known ones: a newer root may tell, or a forger hopes that none does. */
function unbelieved(
  now: ProvenanceState | undefined,
  before: ProvenanceState | undefined,
): readonly Omit<Observation, 'anchors'>[] {
  if (now?.state !== 'unverifiable' || before?.state !== 'verified') return []
  return [
    {
      message: 'states a provenance that nobody here can verify, and the version before has one that holds',
      evidence: [{ label: 'why not', value: foreign(now.detail) }],
      severity: 'medium',
      confidence: 'low',
      fix: 'Look at the provenance that the public registry shows for this version; where Sigstore has new keys, give Lockwarden a newer trust root.',
    },
  ]
}

/**
 * A trusted publisher whose repository is private states nothing, so that nobody sees which one it is: whoever takes an account over can name
 * his own.
 */
function unstated(now: Release, before: Release | undefined): readonly Omit<Observation, 'anchors'>[] {
  const { trustedPublisher: publisher, approver, attestations } = now
  // A person who approved it has seen where it comes from.
  if (publisher === undefined || approver !== undefined || attestations.length > 0) return []
  if (before === undefined || before.attestations.length === 0) return []
  return [
    {
      message: 'was published by a trusted publisher without a statement about its build, which the version before had',
      evidence: [
        { label: 'now', value: foreign(`${now.version}, by the trusted publisher ${publisher}`) },
        { label: 'before', value: foreign(`${before.version}, with provenance`) },
      ],
      severity: 'medium',
      fix: 'Ask the maintainers from which repository this version was built: a private one states nothing, and only its owner knows what was built there.',
    },
  ]
}

/** The releases before one in its major line, the last one first; full ones for a full one, since canaries come by other ways. */
function lineBefore(
  { release, published }: Dated,
  releases: ReleaseHistory,
  times: ReadonlyMap<string, Date>,
): readonly Dated[] {
  const isFull = prerelease(release.version) === null
  const line: Dated[] = []
  for (const [other, date] of times) {
    const found = releases.get(other)
    if (found === undefined || date >= published || valid(other) === null) continue
    if (major(other) !== major(release.version) || (prerelease(other) === null) !== isFull) continue
    line.push({ release: found, published: date })
  }
  return line.sort((a, b) => b.published.getTime() - a.published.getTime())
}

/** Base has a later one without provenance already: whoever took that one has decided. */
function wasLostBefore(
  before: string | undefined,
  last: Dated,
  releases: ReleaseHistory,
  times: ReadonlyMap<string, Date>,
): boolean {
  if (before === undefined || valid(before) === null || major(before) !== major(last.release.version)) return false
  const [release, published] = [releases.get(before), times.get(before)]
  return release !== undefined && published !== undefined && !isProven(release) && published > last.published
}
