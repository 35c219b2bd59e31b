import { foreign } from '../../../src/foreign.js'
import type { Observation } from '../../../src/rules/rule.js'
import { versionJump } from '../../../src/rules/version/version-jump.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aDatedPackument, aPackument } from '../../builders/packument.js'
import { testRule } from '../../rule-tester.js'

const upgrade = (before: string, after: string) =>
  aDependencyChange({ kind: 'upgraded', before: { version: before }, after: { version: after } })
const add = (version: string) => aDependencyChange({ before: null, after: { version } })
const range = (first: number, last: number, step = 1): string[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => `${first + i * step}.0.0`)

const observation = (
  message: string,
  [base, version, lower, missing]: readonly [string | null, string, string, string?],
  more: Partial<Observation> = {},
): Observation => ({
  message,
  evidence: [
    ...(base === null ? [] : [{ label: 'version in base', value: foreign(base) }]),
    { label: 'version', value: foreign(version) },
    { label: 'next lower major published', value: foreign(lower) },
    ...(missing === undefined ? [] : [{ label: 'majors not in the registry', value: foreign(missing) }]),
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...more,
})

const doubtful = { severity: 'medium', confidence: 'low' } as const
const notLedUpTo = 'has a major version that no release led up to'
const skipsOne = 'skips a major version that the registry does not have'
const undated = 'now has the year as its major version, and the registry has no dates to compare it with'

testRule(versionJump, {
  clear: [
    {
      name: 'the next major',
      subject: upgrade('1.4.0', '2.0.0'),
      facts: { packument: aPackument(['1.4.0', '2.0.0']) },
    },
    {
      name: 'a major skipped by the repository that was published in between',
      subject: upgrade('3.0.0', '5.0.0'),
      facts: { packument: aPackument(['3.0.0', '4.0.0', '5.0.0']) },
    },
    {
      name: 'a major in between of which there were only prereleases',
      subject: upgrade('3.0.0', '5.0.0'),
      facts: { packument: aPackument(['3.0.0', '4.0.0-beta.1', '5.0.0']) },
    },
    {
      name: 'a new major above 99 of a package that came there by releases',
      subject: upgrade('139.0.0', '140.0.0'),
      facts: { packument: aPackument(range(73, 140)) },
    },
    {
      name: 'a first use of such a package, which leaves out every other major',
      subject: add('188.0.0'),
      facts: { packument: aPackument(range(100, 188, 2)) },
    },
    {
      name: 'one more left out by a package that has left out as many before',
      subject: upgrade('20.0.0', '22.0.0'),
      facts: { packument: aPackument(['16.0.0', '18.0.0', '20.0.0', '22.0.0']) },
    },
    {
      name: 'a package that went from 0.14 to 15',
      subject: upgrade('0.14.0', '15.0.0'),
      facts: { packument: aPackument(['0.13.0', '0.14.0', '15.0.0']) },
    },
    {
      name: 'a first use of a package that went from 0.14 to 15',
      subject: add('19.0.0'),
      facts: { packument: aPackument(['0.14.0', ...range(15, 19)]) },
    },
    {
      name: 'a first use of a package that has lived above a hole for long',
      subject: add('15.7.2'),
      facts: {
        packument: aPackument(['0.1.0', '15.5.0', '15.5.1', '15.6.0', '15.6.1', '15.6.2', '15.7.2']),
      },
    },
    {
      name: 'a first use of the first version above a hole, with its many successors',
      subject: add('12.0.0'),
      facts: { packument: aPackument(['0.1.0', ...range(12, 30)]) },
    },
    {
      name: 'the year as major, published in that year',
      subject: upgrade('2.0.1', '2025.8.21'),
      facts: { packument: aDatedPackument({ '2.0.1': '2025-01-10T00:00:00Z', '2025.8.21': '2025-08-21T00:00:00Z' }) },
    },
    {
      name: 'a date as major, published at that date',
      subject: add('20240317.0.0'),
      facts: { packument: aDatedPackument({ '20240317.0.0': '2024-03-18T00:00:00Z' }) },
    },
    {
      name: 'the next year of a package that counts by years, where the registry has no dates',
      subject: upgrade('2025.9.1', '2026.4.0'),
      facts: { packument: aPackument(['2025.8.0', '2025.9.1', '2026.4.0']) },
    },
    {
      name: 'a package above 99 in base that moves within its major',
      subject: upgrade('999.0.0', '999.0.1'),
      facts: { packument: aPackument(['1.0.0', '999.0.0', '999.0.1']) },
    },
    { name: 'a downgrade', subject: aDependencyChange({ before: { version: '2.0.0' }, after: { version: '1.0.0' } }) },
    {
      name: 'a version that is none',
      subject: upgrade('1.0.0', 'latest'),
      facts: { packument: aPackument(['1.0.0']) },
    },
  ],
  flagged: [
    {
      name: 'a jump from 1 to 99',
      subject: upgrade('1.2.0', '99.0.0'),
      facts: { packument: aPackument(['1.2.0', '99.0.0']) },
      observations: [observation(notLedUpTo, ['1.2.0', '99.0.0', '1', '2–98'])],
    },
    {
      name: 'a jump to 99 that a published 98 is to make plausible',
      subject: upgrade('1.2.0', '99.0.0'),
      facts: { packument: aPackument(['1.2.0', '98.0.0', '99.0.0']) },
      observations: [observation(notLedUpTo, ['1.2.0', '99.0.0', '98', '2–97'])],
    },
    {
      name: 'a new package that has counted in thousands for ten versions, in doubt',
      subject: add('1001.3.1'),
      facts: {
        packument: aPackument(['5.0.0', '900.0.0', ...Array.from({ length: 10 }, (_, i) => `1000.${i}.0`), '1001.3.1']),
      },
      observations: [observation(notLedUpTo, [null, '1001.3.1', '1000'], doubtful)],
    },
    {
      name: 'a new package that has counted in thousands for fewer',
      subject: add('1001.3.1'),
      facts: {
        packument: aPackument(['5.0.0', ...Array.from({ length: 9 }, (_, i) => `1000.${i}.0`), '1001.3.1']),
      },
      observations: [observation(notLedUpTo, [null, '1001.3.1', '1000'])],
    },
    {
      name: 'a new package that has nothing but 9999.0.0',
      subject: add('9999.0.0'),
      facts: { packument: aPackument(['9999.0.0']) },
      observations: [observation(notLedUpTo, [null, '9999.0.0', 'none'])],
    },
    {
      name: 'a new package far above all its other versions',
      subject: add('50.0.1'),
      facts: { packument: aPackument(['1.0.0', '2.0.0', '50.0.0', '50.0.1']) },
      observations: [observation('has a version far above all others of the package', [null, '50.0.1', '2'])],
    },
    {
      name: 'an upgrade over many majors that do not exist',
      subject: upgrade('7.0.0', '26.0.0'),
      facts: { packument: aPackument(['6.0.0', '7.0.0', '26.0.0']) },
      observations: [
        observation('skips major versions that the registry does not have', ['7.0.0', '26.0.0', '7', '8–25']),
      ],
    },
    {
      name: 'an upgrade over many majors that do not exist to where the package has lived since',
      subject: upgrade('2.9.0', '73.0.0'),
      facts: { packument: aPackument(['2.9.0', ...range(73, 90)]) },
      observations: [
        observation('skips major versions that the registry does not have', ['2.9.0', '73.0.0', '2', '3–72'], doubtful),
      ],
    },
    {
      name: 'an upgrade over a major that does not exist, in a package that never did so',
      subject: upgrade('3.0.0', '5.0.0'),
      facts: { packument: aPackument(['1.0.0', '2.0.0', '3.0.0', '5.0.0']) },
      observations: [observation(skipsOne, ['3.0.0', '5.0.0', '3', '4'], doubtful)],
    },
    {
      name: 'an upgrade over one major of several in between, which the evidence names',
      subject: upgrade('1.6.6', '5.0.3'),
      facts: { packument: aPackument(['1.6.6', '3.0.2', '4.0.0', '5.0.3']) },
      observations: [observation(skipsOne, ['1.6.6', '5.0.3', '4', '2'], doubtful)],
    },
    {
      name: 'a year that is not the one of its publication',
      subject: upgrade('1.0.0', '2099.0.0'),
      facts: { packument: aDatedPackument({ '1.0.0': '2026-01-01T00:00:00Z', '2099.0.0': '2026-11-01T00:00:00Z' }) },
      observations: [observation(notLedUpTo, ['1.0.0', '2099.0.0', '1', '2–2098'])],
    },
    {
      name: 'a change to years with dates that only say when a mirror took the versions in',
      subject: upgrade('1.0.0', '2026.1.0'),
      facts: {
        packument: aPackument(['1.0.0', '2026.1.0'], { time: { '2026.1.0': '2026-01-05T00:00:00Z' } }),
      },
      observations: [observation(notLedUpTo, ['1.0.0', '2026.1.0', '1', '2–2025'])],
    },
    {
      name: 'a change to years without dates in a package that has more such releases',
      subject: upgrade('2.0.1', '2025.8.21'),
      facts: { packument: aPackument(['2.0.1', '2025.1.14', '2025.3.28', '2025.8.21']) },
      observations: [observation(undated, ['2.0.1', '2025.8.21', '2', '3–2024'], doubtful)],
    },
    {
      name: 'years whose dates contradict the order of versions, and so prove nothing',
      subject: add('2026.0.2'),
      facts: {
        packument: aPackument(['2026.0.1', '2026.0.2'], {
          time: {
            created: '2020-01-01T00:00:00Z',
            '2026.0.1': '2026-06-01T00:00:00Z',
            '2026.0.2': '2026-01-01T00:00:00Z',
          },
        }),
      },
      observations: [observation(notLedUpTo, [null, '2026.0.2', 'none'])],
    },
  ],
})
