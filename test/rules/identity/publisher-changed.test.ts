import { foreign } from '../../../src/foreign.js'
import type { Release } from '../../../src/registry/release-history.js'
import { publisherChanged } from '../../../src/rules/identity/publisher-changed.js'
import type { Evidence } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aPackumentOf, aRelease } from '../../builders/packument.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

const by = (version: string, name: string, overrides: Partial<Release> = {}): Release =>
  aRelease(version, { publisher: { name }, maintainers: ['ann'], ...overrides })
const nameless = (version: string): Release => ({ version, maintainers: [], attestations: [], signatures: [] })
const upgrade = (version: string) => aDependencyChange({ after: { version } })
const of = (version: string, releases: readonly Release[]) => ({
  release: releases.find((one) => one.version === version) ?? nameless(version),
  packument: aPackumentOf(releases),
})

const observation = (message: string, evidence: readonly (readonly [string, string])[]) => ({
  message,
  evidence: evidence.map(([label, value]): Evidence => ({ label, value: foreign(value) })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})
const stranger = 'was published by an account that never published it before and was none of its maintainers'
const moved = 'was published by a known account under an e-mail address that it did not have before'

const byAnn = ['1.0.0', '1.1.0'].map((version) => by(version, 'ann'))
const mailed = (version: string, email: string) =>
  by(version, 'ann', { publisher: { name: 'ann', email: `${email}@mail.example` } })

testRule(publisherChanged, {
  clear: [
    { name: 'the same account', subject: upgrade('1.2.0'), facts: of('1.2.0', [...byAnn, by('1.2.0', 'Ann')]) },
    {
      name: 'an account that published before, with another in between',
      subject: upgrade('1.3.0'),
      facts: of('1.3.0', [...byAnn, by('1.2.0', 'bob'), by('1.3.0', 'ann')]),
    },
    {
      name: 'a maintainer of an earlier version who publishes for the first time',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [...byAnn, by('1.1.1', 'ann', { maintainers: ['ann', 'bob'] }), by('1.2.0', 'bob')]),
    },
    {
      name: 'the second version of a new account, a week after its first',
      subject: upgrade('1.3.0'),
      facts: {
        ...of('1.3.0', [...byAnn, by('1.2.0', 'bob'), by('1.3.0', 'bob')]),
        times: timesOf({ '1.0.0': '2025-01-01', '1.1.0': '2025-01-02', '1.2.0': '2025-05-01', '1.3.0': '2025-05-08' }),
      },
    },
    {
      name: 'the second version of a new account, a day after its first, which base has',
      subject: aDependencyChange({ before: { version: '1.2.0' }, after: { version: '1.3.0' } }),
      facts: {
        ...of('1.3.0', [...byAnn, by('1.2.0', 'bob'), by('1.3.0', 'bob')]),
        times: timesOf({ '1.0.0': '2025-01-01', '1.1.0': '2025-01-02', '1.2.0': '2025-05-01', '1.3.0': '2025-05-02' }),
      },
    },
    {
      name: 'the second version of a package that is days old',
      subject: aDependencyChange({ before: null, after: { version: '1.1.0' } }),
      facts: { ...of('1.1.0', byAnn), times: timesOf({ '1.0.0': '2025-01-01', '1.1.0': '2025-01-02' }) },
    },
    {
      name: 'trusted publishing, under whatever name the registry gives it',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [...byAnn, by('1.2.0', 'GitHub Actions', { trustedPublisher: 'github' })]),
    },
    {
      name: 'a first version',
      subject: aDependencyChange({ before: null, after: { version: '1.0.0' } }),
      facts: of('1.0.0', byAnn),
    },
    {
      name: 'earlier versions of which nobody knows who published them',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [nameless('1.0.0'), nameless('1.1.0'), by('1.2.0', 'bob')]),
    },
    {
      name: 'an address that the account had two versions before',
      subject: upgrade('1.3.0'),
      facts: of('1.3.0', [mailed('1.1.0', 'old'), mailed('1.2.0', 'new'), mailed('1.3.0', 'OLD')]),
    },
    {
      name: 'an address where none was known before',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [...byAnn, mailed('1.2.0', 'new')]),
    },
  ],
  flagged: [
    {
      name: 'an account that nobody knows here',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [
        ...byAnn,
        by('1.1.1', 'cat'),
        by('1.2.0', 'bob', { publisher: { name: 'bob', email: 'bob@mail.example' }, maintainers: ['ann', 'bob'] }),
      ]),
      observations: [
        observation(stranger, [
          ['published by', 'bob <bob@mail.example>'],
          ['published before by', 'ann, 2 versions'],
          ['published before by', 'cat, 1 version'],
        ]),
      ],
    },
    {
      name: 'an account in place of a build service',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [by('1.1.0', 'GitHub Actions', { trustedPublisher: 'github' }), by('1.2.0', 'bob')]),
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'a build service (github), 1 version'],
        ]),
      ],
    },
    {
      name: 'the second version of a new account, four days after a harmless first one, where base has neither',
      subject: upgrade('1.3.0'),
      facts: {
        ...of('1.3.0', [...byAnn, by('1.2.0', 'bob'), by('1.3.0', 'bob')]),
        times: timesOf({ '1.0.0': '2025-01-01', '1.1.0': '2025-01-02', '1.2.0': '2025-05-01', '1.3.0': '2025-05-05' }),
      },
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'ann, 2 versions'],
        ]),
      ],
    },
    {
      name: 'somebody else in a package that is days old',
      subject: aDependencyChange({ before: null, after: { version: '1.1.0' } }),
      facts: {
        ...of('1.1.0', [by('1.0.0', 'ann'), by('1.1.0', 'bob')]),
        times: timesOf({ '1.0.0': '2025-01-01', '1.1.0': '2025-01-03' }),
      },
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'ann, 1 version'],
        ]),
      ],
    },
    {
      name: 'the second version of a new account within a day, though base has the first',
      subject: aDependencyChange({ before: { version: '1.2.0' }, after: { version: '1.3.0' } }),
      facts: {
        ...of('1.3.0', [...byAnn, by('1.2.0', 'bob'), by('1.3.0', 'bob')]),
        times: timesOf({
          '1.0.0': '2025-01-01',
          '1.1.0': '2025-01-02',
          '1.2.0': '2025-05-01T10:00:00Z',
          '1.3.0': '2025-05-01T11:00:00Z',
        }),
      },
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'ann, 2 versions'],
        ]),
      ],
    },
    {
      name: 'a fix of an old line, later than what its account did on the new one, by the dates',
      subject: aDependencyChange({ before: null, after: { version: '0.9.1' } }),
      facts: {
        ...of('0.9.1', [by('0.9.0', 'ann'), by('1.0.0', 'ann'), by('0.9.1', 'bob')]),
        times: timesOf({ '0.9.0': '2025-01-01', '1.0.0': '2025-02-01', '0.9.1': '2025-05-01' }),
      },
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'ann, 2 versions'],
        ]),
      ],
    },
    {
      name: 'an account that nobody knew, of a package that is new here, long ago, low',
      subject: aDependencyChange({ before: null, after: { version: '1.2.0' } }),
      facts: {
        ...of('1.2.0', [...byAnn, by('1.2.0', 'bob')]),
        times: timesOf({ '1.0.0': '2020-01-01', '1.1.0': '2020-01-02', '1.2.0': '2020-05-01' }),
        reviewedAt: new Date('2021-05-02T12:00:00Z'),
      },
      observations: [
        {
          ...observation(`${stranger}, more than a year before this review`, [
            ['published by', 'bob'],
            ['published before by', 'ann, 2 versions'],
          ]),
          severity: 'low',
        },
      ],
    },
    {
      name: 'an account that nobody knew, after the version in base, however long ago',
      subject: upgrade('1.2.0'),
      facts: {
        ...of('1.2.0', [...byAnn, by('1.2.0', 'bob')]),
        times: timesOf({ '1.0.0': '2020-01-01', '1.1.0': '2020-01-02', '1.2.0': '2020-05-01' }),
        reviewedAt: new Date('2021-05-02T12:00:00Z'),
      },
      observations: [
        observation(stranger, [
          ['published by', 'bob'],
          ['published before by', 'ann, 2 versions'],
        ]),
      ],
    },
    {
      name: 'the known account under a new address, low',
      subject: upgrade('1.2.0'),
      facts: of('1.2.0', [mailed('1.1.0', 'ann'), mailed('1.2.0', 'elsewhere')]),
      observations: [
        {
          ...observation(moved, [
            ['published by', 'ann <elsewhere@mail.example>'],
            ['its addresses before', 'ann@mail.example'],
          ]),
          severity: 'low',
          confidence: 'low',
        },
      ],
    },
  ],
})
