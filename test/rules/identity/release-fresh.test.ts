import { foreign } from '../../../src/foreign.js'
import { releaseFresh } from '../../../src/rules/identity/release-fresh.js'
import { anAdvisory } from '../../builders/advisory.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const times = timesOf({ '1.0.0': '2025-01-01', '1.0.1': '2026-11-18T08:30:00Z' })
const releasePolicy = { freshDays: 3, provenanceHorizonDays: 365 }
const at = (time: string, freshDays = 3) => ({
  times,
  reviewedAt: new Date(time),
  releasePolicy: { ...releasePolicy, freshDays },
})

const observation = (days: string, clears: string) => ({
  message: `was published less than ${days} before this review; this clears at ${clears}`,
  evidence: [{ label: 'published', value: foreign('2026-11-18T08:30:00.000Z') }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

testRule(releaseFresh, {
  clear: [
    { name: 'a release that is three days old', subject: upgrade, facts: at('2026-11-21T08:30:00Z') },
    { name: 'a policy that calls nothing fresh', subject: upgrade, facts: at('2026-11-18T08:31:00Z', 0) },
    {
      name: 'a version without a date',
      subject: aDependencyChange({ after: { version: '1.0.2' } }),
      facts: at('2026-11-18T09:00:00Z'),
    },
    {
      name: 'a fix that an advisory about the version in base names',
      subject: upgrade,
      facts: { ...at('2026-11-18T09:00:00Z'), advisories: { before: [anAdvisory()], after: [] } },
    },
    {
      name: 'what leaves a version behind that is malware',
      subject: upgrade,
      facts: {
        ...at('2026-11-18T09:00:00Z'),
        advisories: { before: [anAdvisory({ malicious: true, fixes: [] })], after: [] },
      },
    },
    {
      name: 'a package that leaves',
      subject: aDependencyChange({ after: null }),
      facts: at('2026-11-18T09:00:00Z'),
    },
  ],
  flagged: [
    {
      name: 'a release of two days before',
      subject: upgrade,
      facts: at('2026-11-20T12:00:00Z'),
      observations: [observation('3 days', '2026-11-21 08:30 UTC')],
    },
    {
      name: 'a release that is a second short of its days',
      subject: aDependencyChange({ before: null }),
      facts: at('2026-11-21T08:29:59Z'),
      observations: [observation('3 days', '2026-11-21 08:30 UTC')],
    },
    {
      name: 'a release of an hour before, under a policy of one day',
      subject: upgrade,
      facts: at('2026-11-18T09:30:00Z', 1),
      observations: [observation('a day', '2026-11-19 08:30 UTC')],
    },
    {
      name: 'a release while advisories name another fix',
      subject: upgrade,
      facts: { ...at('2026-11-20T12:00:00Z'), advisories: { before: [anAdvisory({ fixes: ['1.0.2'] })], after: [] } },
      observations: [observation('3 days', '2026-11-21 08:30 UTC')],
    },
  ],
})
