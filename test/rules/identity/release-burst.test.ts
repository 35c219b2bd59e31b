import { type BroughtRelease, type DatedVersion, togetherOf } from '../../../src/facts/identity/brought-release.js'
import { foreign } from '../../../src/foreign.js'
import { releaseBurst } from '../../../src/rules/identity/release-burst.js'
import type { Evidence, Severity } from '../../../src/rules/rule.js'
import { anAdvisory } from '../../builders/advisory.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const reviewedAt = new Date('2026-04-01T00:00:00Z')
const at = (time: string): Date => new Date(`2026-03-31T${time}:00Z`)
const versions = (times: Readonly<Record<string, Date | string>>): readonly DatedVersion[] =>
  Object.entries(times).map(([version, time]) => ({
    version,
    published: typeof time === 'string' ? new Date(`${time}:00Z`) : time,
  }))
const before = versions({ '1.0.0': '2026-02-01T12:00', '0.30.3': '2026-01-01T12:00' })
const release = (name: string, overrides: Partial<BroughtRelease> = {}): BroughtRelease => ({
  name,
  version: '1.0.1',
  published: at('12:00'),
  near: [],
  earlier: before,
  ...overrides,
})
const upgradeOf = (name: string, version = '1.0.1') => aDependencyChange({ name, after: { version } })
/** As the engine hands them over. */
function among(name: string, ...all: readonly BroughtRelease[]) {
  const own = all.find((one) => one.name === name) ?? release(name)
  return { together: togetherOf(all)(own), reviewedAt }
}
const own = (overrides: Partial<BroughtRelease>) => among('left-pad', release('left-pad', overrides))

const seen = (...evidence: readonly (readonly [string, string])[]): readonly Evidence[] =>
  [['published', '2026-03-31 12:00 UTC'] as const, ...evidence].map(([label, value]) => ({
    label,
    value: foreign(value),
  }))
const observation = (name: string, message: string, severity: Severity, evidence: readonly Evidence[]) => ({
  message,
  evidence,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: `node_modules/${name}`, field: 'version' }] as const,
  severity,
})

const lines = 'came out within an hour of releases on other lines of the package'
const quick = 'is one of several releases of the package within a quarter of an hour'
const otherLine = { near: versions({ '0.30.4': at('12:39') }) }
const threeQuick = { near: versions({ '1.0.2': at('12:04'), '1.0.3': at('12:08') }) }

/** Packages of one scope, each released at `minutes` past noon of its days. */
const scope = (days: readonly (readonly [string, readonly string[]])[]) =>
  days.map(([name, past], index) =>
    release(`@acme/${name}`, {
      published: at(`12:0${index}`),
      earlier: past.map((day, n) => ({ version: `0.${n}.9`, published: new Date(`${day}T12:0${index}:00Z`) })),
    }),
  )
const apart = scope([
  ['a', ['2026-01-01', '2025-11-01']],
  ['b', ['2026-01-11', '2025-11-11']],
  ['c', ['2026-01-21', '2025-10-21']],
])
const sometimes = scope([
  ['a', ['2026-01-01', '2025-12-01', '2025-11-01']],
  ['b', ['2026-01-11', '2025-12-11', '2025-11-01']],
  ['c', ['2026-01-21', '2025-12-21', '2025-10-01']],
])
const always = scope([
  ['a', ['2026-01-01', '2025-12-01', '2025-11-01']],
  ['b', ['2026-01-01', '2025-10-05']],
  ['c', []],
])
const siblings = (names: readonly (readonly [string, string])[]) =>
  names.map(([name, time]) => ['of its scope', `@acme/${name}@1.0.1 at 2026-03-31 ${time} UTC`] as const)
const onesApart = 'came out within minutes of other packages of its scope, which never came out together before'
const onesAlways = 'came out within minutes of other packages of its scope, as these always do'
const byOne = ['leo-auth', 'leo-logger', 'leo-sdk'].map((name, index) =>
  release(name, {
    publisher: 'leo',
    earlier: [{ version: '1.0.0', published: new Date(`2025-0${index + 1}-01T12:00:00Z`) }],
  }),
)

testRule(releaseBurst, {
  clear: [
    { name: 'one release alone', subject: upgradeOf('left-pad'), facts: own({}) },
    {
      name: 'a release that was mended at once',
      subject: upgradeOf('left-pad'),
      facts: own({ near: versions({ '1.0.2': at('12:04') }) }),
    },
    {
      name: 'three releases within an hour and not within minutes',
      subject: upgradeOf('left-pad'),
      facts: own({ near: versions({ '1.0.2': at('12:20'), '1.0.3': at('12:40') }) }),
    },
    {
      name: 'the end of a line beside the beginning of the next',
      subject: upgradeOf('left-pad'),
      facts: own({ near: versions({ '2.0.0': at('12:30') }) }),
    },
    {
      name: 'the beginning of a line beside fixes of two others',
      subject: upgradeOf('left-pad', '2.0.0'),
      facts: own({ version: '2.0.0', near: versions({ '0.30.4': at('12:20'), '1.0.1': at('12:40') }) }),
    },
    {
      name: 'the end of a line beside the next one, which is mended at once',
      subject: upgradeOf('left-pad'),
      facts: own({ near: versions({ '2.0.0': at('12:20'), '2.0.1': at('12:50') }) }),
    },
    {
      name: 'the mending of a line that began within the hour',
      subject: upgradeOf('left-pad', '2.0.1'),
      facts: own({ version: '2.0.1', near: versions({ '1.0.1': at('11:30'), '2.0.0': at('11:40') }) }),
    },
    {
      name: 'a canary among its like',
      subject: upgradeOf('left-pad', '1.0.1-canary.1'),
      facts: own({ version: '1.0.1-canary.1', ...threeQuick }),
    },
    {
      name: 'a new package that is mended in its first hour',
      subject: upgradeOf('left-pad'),
      facts: own({ ...threeQuick, earlier: [] }),
    },
    {
      name: 'two packages of a scope',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...apart.slice(0, 2)),
    },
    {
      name: 'packages of a scope that came hours apart',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...apart.map((one, index) => ({ ...one, published: at(`1${index}:00`) }))),
    },
    {
      name: 'packages of a scope that is new as a whole',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...apart.map((one) => ({ ...one, earlier: [] }))),
    },
    {
      name: 'packages of a scope of which only one was there before',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...apart.map((one) => (one.name === '@acme/a' ? one : { ...one, earlier: [] }))),
    },
    {
      name: 'the second of siblings that always come together, because it is told once',
      subject: upgradeOf('@acme/b'),
      facts: among('@acme/b', ...always),
    },
    {
      name: 'the second of those that come together once in a while',
      subject: upgradeOf('@acme/b'),
      facts: among('@acme/b', ...sometimes),
    },
    {
      name: 'type packages, which one account publishes for everybody',
      subject: upgradeOf('@types/a'),
      facts: among('@types/a', ...apart.map((one) => ({ ...one, name: one.name.replace('@acme', '@types') }))),
    },
    {
      name: 'unscoped packages of one account that always come together',
      subject: upgradeOf('leo-auth'),
      facts: among('leo-auth', ...byOne.map((one) => ({ ...one, earlier: before }))),
    },
    {
      name: 'unscoped packages of different accounts',
      subject: upgradeOf('leo-auth'),
      facts: among('leo-auth', ...byOne.map((one) => ({ ...one, publisher: one.name }))),
    },
    {
      name: 'unscoped packages of nobody in particular',
      subject: upgradeOf('leo-auth'),
      facts: among('leo-auth', ...byOne.map(({ publisher: _, ...one }) => one)),
    },
  ],
  flagged: [
    {
      name: 'two lines within the hour',
      subject: upgradeOf('left-pad'),
      facts: own(otherLine),
      observations: [
        observation('left-pad', lines, 'high', seen(['the same package', '0.30.4 at 2026-03-31 12:39 UTC'])),
      ],
    },
    {
      name: 'two lines within the hour in which a third one began',
      subject: upgradeOf('left-pad'),
      facts: own({ near: versions({ '2.0.0': at('12:20'), '0.30.4': at('12:39') }) }),
      observations: [
        observation(
          'left-pad',
          lines,
          'high',
          seen(
            ['the same package', '2.0.0 at 2026-03-31 12:20 UTC'],
            ['the same package', '0.30.4 at 2026-03-31 12:39 UTC'],
          ),
        ),
      ],
    },
    {
      name: 'three releases of one line within minutes',
      subject: aDependencyChange({ before: null }),
      facts: own(threeQuick),
      observations: [
        observation(
          'left-pad',
          quick,
          'high',
          seen(
            ['the same package', '1.0.2 at 2026-03-31 12:04 UTC'],
            ['the same package', '1.0.3 at 2026-03-31 12:08 UTC'],
          ),
        ),
      ],
    },
    {
      name: 'lines that have come together before, low',
      subject: upgradeOf('left-pad'),
      facts: own({
        ...otherLine,
        earlier: versions({ '1.0.0': '2026-03-01T12:00', '0.30.3': '2026-02-01T12:10', '0.29.5': '2026-02-01T12:00' }),
      }),
      observations: [
        observation(
          'left-pad',
          `${lines}, as such releases have before`,
          'low',
          seen(['the same package', '0.30.4 at 2026-03-31 12:39 UTC']),
        ),
      ],
    },
    {
      name: 'lines of which an advisory names this one as the fix, low',
      subject: upgradeOf('left-pad'),
      facts: { ...own(otherLine), advisories: { before: [anAdvisory()], after: [] } },
      observations: [
        observation(
          'left-pad',
          `${lines}, and an advisory names it as a fix`,
          'low',
          seen(['the same package', '0.30.4 at 2026-03-31 12:39 UTC']),
        ),
      ],
    },
    {
      name: 'lines of last month, taken late, medium',
      subject: upgradeOf('left-pad'),
      facts: { ...own(otherLine), reviewedAt: new Date('2026-05-02T00:00:00Z') },
      observations: [
        observation(
          'left-pad',
          `${lines}, more than a month before this review`,
          'medium',
          seen(['the same package', '0.30.4 at 2026-03-31 12:39 UTC']),
        ),
      ],
    },
    {
      name: 'lines of long ago, newly taken, low',
      subject: aDependencyChange({ before: null }),
      facts: { ...own(otherLine), reviewedAt: new Date('2027-04-01T00:00:00Z') },
      observations: [
        observation(
          'left-pad',
          `${lines}, more than a year before this review`,
          'low',
          seen(['the same package', '0.30.4 at 2026-03-31 12:39 UTC']),
        ),
      ],
    },
    {
      name: 'packages of a scope that came apart before',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...apart),
      observations: [
        observation(
          '@acme/a',
          onesApart,
          'high',
          seen(
            ...siblings([
              ['b', '12:01'],
              ['c', '12:02'],
            ]),
          ),
        ),
      ],
    },
    {
      name: 'packages of a scope that came out together once in a while, medium',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...sometimes),
      observations: [
        observation(
          '@acme/a',
          'came out within minutes of other packages of its scope, as some of them do now and then',
          'medium',
          seen(
            ...siblings([
              ['b', '12:01'],
              ['c', '12:02'],
            ]),
          ),
        ),
      ],
    },
    {
      name: 'packages of a scope that always come together, low',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...always),
      observations: [
        observation(
          '@acme/a',
          onesAlways,
          'low',
          seen(
            ...siblings([
              ['b', '12:01'],
              ['c', '12:02'],
            ]),
          ),
        ),
      ],
    },
    {
      name: 'unscoped packages of one account that came apart before, medium',
      subject: upgradeOf('leo-sdk'),
      facts: among('leo-sdk', ...byOne),
      observations: [
        observation(
          'leo-sdk',
          'came out within minutes of other packages of the same account, which never came out together before',
          'medium',
          seen(
            ['of the same account', 'leo-auth@1.0.1 at 2026-03-31 12:00 UTC'],
            ['of the same account', 'leo-logger@1.0.1 at 2026-03-31 12:00 UTC'],
          ),
        ),
      ],
    },
    {
      name: 'siblings that always come together, on two lines of this one',
      subject: upgradeOf('@acme/a'),
      facts: among('@acme/a', ...always.map((one) => (one.name === '@acme/a' ? { ...one, ...otherLine } : one))),
      observations: [
        observation(
          '@acme/a',
          `${lines}, and ${onesAlways}`,
          'high',
          seen(
            ['the same package', '0.30.4 at 2026-03-31 12:39 UTC'],
            ...siblings([
              ['b', '12:01'],
              ['c', '12:02'],
            ]),
          ),
        ),
      ],
    },
  ],
})
