import { foreign } from '../../../src/foreign.js'
import type { Release } from '../../../src/registry/release-history.js'
import { provenanceLost } from '../../../src/rules/identity/provenance-lost.js'
import { verifiedBuild } from '../../builders/build.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aPackument, aRelease } from '../../builders/packument.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

type Kind = 'none' | 'provenance' | 'trusted' | 'unstated' | 'approved'

const records = {
  none: {},
  provenance: { attestations: ['https://slsa.dev/provenance/v1'] },
  trusted: { trustedPublisher: 'github', attestations: ['https://slsa.dev/provenance/v1'] },
  unstated: { trustedPublisher: 'github' },
  approved: { approver: 'maintainer' },
} as const satisfies Record<Kind, Partial<Release>>

/** Version → how it was published, and the day or the time of it. */
type Line = Readonly<Record<string, readonly [Kind, string]>>

const history = (line: Line) => ({
  packument: aPackument(Object.keys(line), {
    releases: new Map(Object.entries(line).map(([version, [kind]]) => [version, aRelease(version, records[kind])])),
  }),
  times: timesOf(Object.fromEntries(Object.entries(line).map(([version, [, time]]) => [version, time]))),
  releasePolicy: { freshDays: 3, provenanceHorizonDays: 365 },
  reviewedAt: new Date('2026-04-01T12:00:00Z'),
})

const upgrade = (after: string, before = '1.13.0') =>
  aDependencyChange({ before: { version: before }, after: { version: after } })

const proven: Line = {
  '1.12.0': ['trusted', '2025-09-11'],
  '1.13.0': ['trusted', '2025-10-27'],
  '1.14.0': ['trusted', '2026-03-20'],
}

const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
] as const

const lost = (without: string, last: string, had: string) => [
  {
    message: 'was published without the provenance that the releases before it in its major line have',
    evidence: [
      { label: 'without', value: foreign(without) },
      { label: 'last one with', value: foreign(last) },
      { label: 'had it', value: foreign(had) },
    ],
    anchors,
  },
]

testRule(provenanceLost, {
  clear: [
    {
      name: 'a release with provenance like those before',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: history({ ...proven, '1.14.1': ['provenance', '2026-03-31'] }),
    },
    {
      name: 'a token that makes provenance after a trusted publisher, as in the old line of vite',
      subject: upgrade('6.4.1', '6.4.0'),
      facts: history({ '6.4.0': ['trusted', '2025-10-01'], '6.4.1': ['provenance', '2025-10-20'] }),
    },
    {
      name: 'a trusted publisher in a private repository, as the version before',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: history({ ...proven, '1.14.0': ['unstated', '2026-03-20'], '1.14.1': ['unstated', '2026-03-31'] }),
    },
    {
      name: 'a release that a person approved',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: history({ ...proven, '1.14.1': ['approved', '2026-03-31'] }),
    },
    {
      name: 'a fix in an old major line that never had any, as in semver 6',
      subject: upgrade('6.3.1', '6.3.0'),
      facts: history({
        '6.3.0': ['none', '2025-05-23'],
        '7.5.3': ['provenance', '2025-06-22'],
        '7.5.4': ['provenance', '2025-07-07'],
        '6.3.1': ['none', '2025-07-10'],
      }),
    },
    {
      name: 'a first release of a new major line',
      subject: upgrade('2.0.0', '1.14.0'),
      facts: history({ ...proven, '2.0.0': ['none', '2026-03-31'] }),
    },
    {
      name: 'a project that once made provenance and else does not',
      subject: upgrade('1.0.3', '1.0.2'),
      facts: history({
        '1.0.0': ['none', '2025-10-01'],
        '1.0.1': ['provenance', '2025-11-01'],
        '1.0.2': ['none', '2025-12-01'],
        '1.0.3': ['none', '2026-03-01'],
      }),
    },
    {
      name: 'one of two, the earlier one, which base has',
      subject: upgrade('1.0.2', '1.0.0'),
      facts: history({
        '1.0.0': ['provenance', '2025-10-01'],
        '1.0.1': ['none', '2025-11-01'],
        '1.0.2': ['none', '2026-03-01'],
      }),
    },
    {
      name: 'a base that has one without already',
      subject: upgrade('1.14.2', '1.14.1'),
      facts: history({ ...proven, '1.14.1': ['none', '2026-03-25'], '1.14.2': ['none', '2026-03-31'] }),
    },
    {
      name: 'provenance that is older than the horizon',
      subject: upgrade('1.13.0', '1.12.0'),
      facts: history({ '1.12.0': ['provenance', '2024-09-11'], '1.13.0': ['none', '2025-10-27'] }),
    },
    {
      name: 'a release that is older than the horizon itself',
      subject: upgrade('1.13.0', '1.12.0'),
      facts: history({ '1.12.0': ['provenance', '2024-09-11'], '1.13.0': ['none', '2025-01-27'] }),
    },
    {
      name: 'canaries that a build service makes beside releases by hand',
      subject: upgrade('1.13.0', '1.12.0'),
      facts: history({
        '1.12.0': ['none', '2025-09-11'],
        '1.13.0-canary.1': ['provenance', '2025-10-20'],
        '1.13.0-canary.2': ['provenance', '2025-10-21'],
        '1.13.0': ['none', '2025-10-27'],
      }),
    },
    {
      name: 'a registry that keeps no records',
      subject: upgrade('1.13.0', '1.12.0'),
      facts: history({ '1.12.0': ['none', '2025-09-11'], '1.13.0': ['none', '2025-10-27'] }),
    },
    {
      name: 'keys that nobody knows, where the version before has none either',
      subject: upgrade('1.14.0', '1.13.0'),
      facts: {
        ...history(proven),
        provenance: { state: 'unverifiable', detail: 'no key' },
        previousProvenance: { state: 'absent' },
      },
    },
    { name: 'a version without a date', subject: upgrade('1.99.0'), facts: history(proven) },
    { name: 'a package that leaves', subject: aDependencyChange({ after: null }), facts: history(proven) },
  ],
  flagged: [
    {
      name: 'a release with a token after releases of a trusted publisher',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: history({ ...proven, '1.14.1': ['none', '2026-03-31'] }),
      observations: lost(
        '1.14.1 on 2026-03-31',
        '1.14.0 on 2026-03-20, by the trusted publisher github',
        '3 of the last 3',
      ),
    },
    {
      name: 'the same in an old line of its own, and in a package that was not in base',
      subject: aDependencyChange({ before: null, after: { version: '0.30.4' } }),
      facts: history({
        '0.30.1': ['provenance', '2025-08-01'],
        ...proven,
        '0.30.3': ['provenance', '2025-12-01'],
        '0.30.4': ['none', '2026-03-31'],
      }),
      observations: lost('0.30.4 on 2026-03-31', '0.30.3 on 2025-12-01, with provenance', '2 of the last 2'),
    },
    {
      name: 'the fourth of a series within the hour, whose first ones do not make a habit',
      subject: upgrade('1.14.4', '1.14.0'),
      facts: history({
        '1.13.0': ['provenance', '2026-01-27'],
        '1.14.0': ['approved', '2026-03-20'],
        '1.14.1': ['none', '2026-03-31T10:00:00Z'],
        '1.14.2': ['none', '2026-03-31T10:10:00Z'],
        '1.14.3': ['none', '2026-03-31T10:20:00Z'],
        '1.14.4': ['none', '2026-03-31T10:30:00Z'],
      }),
      observations: lost('1.14.4 on 2026-03-31', '1.14.0 on 2026-03-20, approved by a person', '2 of the last 2'),
    },
    {
      name: 'the last of a series of days that was begun by harmless ones',
      subject: upgrade('1.14.6', '1.14.0'),
      facts: history({
        ...proven,
        '1.14.1': ['none', '2026-03-26'],
        '1.14.2': ['none', '2026-03-26T10:00:00Z'],
        '1.14.3': ['none', '2026-03-27'],
        '1.14.4': ['none', '2026-03-28'],
        '1.14.5': ['none', '2026-03-29'],
        '1.14.6': ['none', '2026-03-31'],
      }),
      observations: lost(
        '1.14.6 on 2026-03-31',
        '1.14.0 on 2026-03-20, by the trusted publisher github',
        '3 of the last 3',
      ),
    },
    {
      name: 'a trusted publisher of whose repository nothing is stated, after one that stated it',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: history({ ...proven, '1.14.1': ['unstated', '2026-03-31'] }),
      observations: [
        {
          message:
            'was published by a trusted publisher without a statement about its build, which the version before had',
          evidence: [
            { label: 'now', value: foreign('1.14.1, by the trusted publisher github') },
            { label: 'before', value: foreign('1.14.0, with provenance') },
          ],
          anchors,
          severity: 'medium',
          fix: 'Ask the maintainers from which repository this version was built: a private one states nothing, and only its owner knows what was built there.',
        },
      ],
    },
    {
      name: 'a habit with an exception, which base has',
      subject: upgrade('1.14.1', '1.12.1'),
      facts: history({ ...proven, '1.12.1': ['none', '2025-09-20'], '1.14.1': ['none', '2026-03-31'] }),
      observations: lost(
        '1.14.1 on 2026-03-31',
        '1.14.0 on 2026-03-20, by the trusted publisher github',
        '3 of the last 4',
      ),
    },
    {
      name: 'a project that came to its pipeline two releases ago',
      subject: upgrade('1.0.5', '1.0.4'),
      facts: history({
        '1.0.0': ['none', '2025-10-01'],
        '1.0.1': ['none', '2025-11-01'],
        '1.0.2': ['none', '2025-12-01'],
        '1.0.3': ['trusted', '2026-01-01'],
        '1.0.4': ['trusted', '2026-02-01'],
        '1.0.5': ['none', '2026-03-01'],
      }),
      observations: lost(
        '1.0.5 on 2026-03-01',
        '1.0.4 on 2026-02-01, by the trusted publisher github',
        '2 of the last 5',
      ),
    },
    {
      name: 'one of two, the later one',
      subject: upgrade('1.0.2', '1.0.1'),
      facts: history({
        '1.0.0': ['none', '2025-10-01'],
        '1.0.1': ['trusted', '2025-11-01'],
        '1.0.2': ['none', '2026-03-01'],
      }),
      observations: lost(
        '1.0.2 on 2026-03-01',
        '1.0.1 on 2025-11-01, by the trusted publisher github',
        '1 of the last 2',
      ),
    },
    {
      name: 'a record that speaks of a statement which is not there',
      subject: upgrade('1.14.1', '1.14.0'),
      facts: { ...history({ ...proven, '1.14.1': ['provenance', '2026-03-31'] }), provenance: { state: 'absent' } },
      observations: lost(
        '1.14.1 on 2026-03-31',
        '1.14.0 on 2026-03-20, by the trusted publisher github',
        '3 of the last 3',
      ),
    },
    {
      name: 'a statement by keys that nobody knows after one that holds, medium',
      subject: upgrade('1.14.0', '1.13.0'),
      facts: {
        ...history(proven),
        provenance: { state: 'unverifiable', detail: 'the trust root does not know the log that holds it' },
        previousProvenance: verifiedBuild(),
      },
      observations: [
        {
          message: 'states a provenance that nobody here can verify, and the version before has one that holds',
          evidence: [{ label: 'why not', value: foreign('the trust root does not know the log that holds it') }],
          severity: 'medium',
          confidence: 'low',
          fix: 'Look at the provenance that the public registry shows for this version; where Sigstore has new keys, give Lockwarden a newer trust root.',
          anchors,
        },
      ],
    },
  ],
})
