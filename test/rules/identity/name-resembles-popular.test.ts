import type { Lookalike, ResembledPackage } from '../../../src/facts/identity/lookalike.js'
import { foreign } from '../../../src/foreign.js'
import { nameResemblesPopular } from '../../../src/rules/identity/name-resembles-popular.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const reviewedAt = new Date('2026-11-20T12:00:00Z')
const daysAgo = (days: number): Date => new Date(reviewedAt.getTime() - days * 86_400_000)
const aged = (days: number) => ({ since: daysAgo(days), seen: daysAgo(days) })
const added = (name: string) => aDependencyChange({ name, before: null })

const swapped: ResembledPackage = {
  target: 'lodash',
  rank: 100,
  likeness: 'letters-swapped',
  closeness: 'close',
  publisher: 'other',
}
const changed: ResembledPackage = { ...swapped, target: 'yargs', likeness: 'letter-changed' }
const wordAdded: ResembledPackage = { ...swapped, target: 'crypto-js', likeness: 'word-added', closeness: 'loose' }

const facts = (lookalike: Lookalike, others: { readonly internal?: boolean } = {}) => ({
  lookalike,
  internal: false,
  reviewedAt,
  ...others,
})

const observation = (name: string, targets: readonly string[], rest: Partial<Observation>): Observation => ({
  message: 'has the name of a well-known package with two letters swapped',
  evidence: targets.map((target) => ({ label: 'well-known package', value: foreign(target) })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: `node_modules/${name}`, field: 'version' }],
  ...rest,
})

testRule(nameResemblesPopular, {
  clear: [
    { name: 'a name that resembles none', subject: added('left-pad'), facts: facts({ resembled: [] }) },
    {
      name: 'a package of those who publish the other one',
      subject: added('lodahs'),
      facts: facts({ resembled: [{ ...swapped, publisher: 'same' }], ...aged(2), versions: 1 }),
    },
    {
      name: "the organisation's own package",
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], ...aged(2), versions: 1 }, { internal: true }),
    },
    {
      name: 'a well-known name with a word added, three months old',
      subject: added('plain-crypto-js'),
      facts: facts({ resembled: [wordAdded], ...aged(90), versions: 2 }),
    },
    {
      name: 'a well-known name with a word added, of an age that the registry does not tell',
      subject: added('plain-crypto-js'),
      facts: facts({ resembled: [wordAdded], seen: daysAgo(1), versions: 2 }),
    },
    {
      name: 'a name that base has',
      subject: aDependencyChange({ name: 'lodahs' }),
      facts: facts({ resembled: [swapped], ...aged(2), versions: 1 }),
    },
  ],
  flagged: [
    {
      name: 'two letters swapped',
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], ...aged(2), versions: 1 }),
      observations: [observation('lodahs', ['lodash'], { confidence: 'high' })],
    },
    {
      name: 'two letters swapped, where the registry does not say who publishes',
      subject: added('lodahs'),
      facts: facts({ resembled: [{ ...swapped, publisher: 'unknown' }], versions: 1 }),
      observations: [observation('lodahs', ['lodash'], { confidence: 'medium' })],
    },
    {
      name: 'two letters swapped, where nobody knows what the time is',
      subject: added('lodahs'),
      facts: { lookalike: { resembled: [swapped, wordAdded], ...aged(2), versions: 1 }, internal: false },
      observations: [observation('lodahs', ['lodash'], { confidence: 'high' })],
    },
    {
      name: 'two letters swapped, where the registry cannot be asked',
      subject: added('lodahs'),
      facts: facts({ resembled: [{ ...swapped, publisher: 'unknown' }] }),
      observations: [observation('lodahs', ['lodash'], { confidence: 'medium' })],
    },
    {
      name: 'another letter, near to several, without the one of the same publisher',
      subject: added('pargs'),
      facts: facts({
        resembled: [
          { ...changed, publisher: 'same', target: 'args' },
          changed,
          { ...changed, target: 'dargs' },
          { ...changed, target: 'margs', closeness: 'loose' },
        ],
        ...aged(729),
        versions: 60,
      }),
      observations: [
        observation('pargs', ['yargs', 'dargs'], {
          message: 'has the name of a well-known package with another letter in it',
          confidence: 'medium',
        }),
      ],
    },
    {
      name: 'a package of two years (medium)',
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], ...aged(730), versions: 2 }),
      observations: [
        observation('lodahs', ['lodash'], {
          message: 'has the name of a well-known package with two letters swapped, but is no new one',
          severity: 'medium',
          confidence: 'low',
        }),
      ],
    },
    {
      name: 'a package that a mirror has had for a year (medium)',
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], seen: daysAgo(365), versions: 2 }),
      observations: [
        observation('lodahs', ['lodash'], {
          message: 'has the name of a well-known package with two letters swapped, but is no new one',
          severity: 'medium',
          confidence: 'low',
        }),
      ],
    },
    {
      name: 'a package of many versions that a mirror has had for less',
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], seen: daysAgo(300), versions: 60 }),
      observations: [observation('lodahs', ['lodash'], { confidence: 'high' })],
    },
    {
      name: 'a package of thirty versions at a registry without dates (medium)',
      subject: added('lodahs'),
      facts: facts({ resembled: [swapped], versions: 30 }),
      observations: [
        observation('lodahs', ['lodash'], {
          message: 'has the name of a well-known package with two letters swapped, but is no new one',
          severity: 'medium',
          confidence: 'low',
        }),
      ],
    },
    {
      name: 'a well-known name with a word added, new in the registry (medium)',
      subject: added('plain-crypto-js'),
      facts: facts({ resembled: [wordAdded], ...aged(1), versions: 2 }),
      observations: [
        observation('plain-crypto-js', ['crypto-js'], {
          message:
            'has the name of a well-known package with a word added that says nothing, and is new in the registry',
          severity: 'medium',
          confidence: 'low',
        }),
      ],
    },
  ],
})
