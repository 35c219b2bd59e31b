import { prerelease } from 'semver'
import { foreign } from '../../foreign.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { dayMs, minuteOf } from '../shared/release-dates.js'

/** Names that were made for an attack are used within days; most that are reported live no longer than a month. */
const youngDays = 30

/** Whoever has published three times has come back to it. */
const fewVersions = 3

export const packageYoung = defineRule({
  id: 'package-young',
  title: 'young package',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Look at who made this package and where it is recommended; where a name was suggested by a model or a message, find the project that it should belong to.',
  on: ['added'],
  needs: ['times', 'packument', 'reviewedAt'],
  wants: ['manifest', 'internal'],

  inspect(change, { times, packument: { releases }, reviewedAt, manifest, internal }) {
    const first = [...times].reduce<readonly [string, Date] | null>(
      (earliest, one) => (earliest === null || one[1] < earliest[1] ? one : earliest),
      null,
    )
    if (first === null || internal === true) return []
    const isYoung = reviewedAt.getTime() - first[1].getTime() < youngDays * dayMs
    const full = [...times.keys()].filter((version) => prerelease(version) === null)
    const publisher = releases.get(change.after?.version ?? '')
    const isNobodys =
      full.length < fewVersions &&
      publisher?.publisher === undefined &&
      publisher?.trustedPublisher === undefined &&
      // A mirror that names nobody says nothing about anybody.
      [...releases.values()].some((release) => release.publisher !== undefined)
    if (!isYoung && !isNobodys) return []
    const claim: readonly Evidence[] =
      manifest?.description === undefined
        ? []
        : [{ label: 'what it claims to be', value: foreign(manifest.description) }]
    return [
      {
        message: isYoung
          ? `is less than ${youngDays} days old as a package`
          : 'has hardly any versions, and nobody is named as having published this one',
        evidence: [
          { label: 'first version', value: foreign(`${first[0]} at ${minuteOf(first[1])}`) },
          { label: 'versions so far', value: foreign(String(times.size)) },
          ...claim,
        ],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
