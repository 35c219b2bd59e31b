import { foreign } from '../../../src/foreign.js'
import { integrityWeak } from '../../../src/rules/lockfile/integrity-weak.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { integrityOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const sha1 = integrityOf('a', 'sha1')
const sha512 = integrityOf('a')
const statesStrong = { integrity: { stated: sha512, agreement: 'no-shared-algorithm' } } as const
const statesWeak = { integrity: { stated: sha1, agreement: 'same' } } as const

const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'integrity' },
] as const
const evidenceOf = (integrity: string) => [{ label: 'integrity', value: foreign(integrity) }]

const isWeak = (integrity: string) => [
  { message: 'is locked by a hash for which other bytes can be made', evidence: evidenceOf(integrity), anchors },
]
const becameWeak = (integrity: string) => [
  {
    message: 'went from a strong hash to one for which other bytes can be made',
    evidence: evidenceOf(integrity),
    anchors,
  },
]
const url = { source: 'url', resolved: 'https://cdn.example/left-pad.tgz', integrity: sha1 } as const

testRule(integrityWeak, {
  clear: [
    { name: 'an added package locked by sha512', subject: aDependencyChange({ before: null }), facts: statesStrong },
    {
      name: 'an added package whose registry states nothing stronger',
      subject: aDependencyChange({ before: null, after: { integrity: sha1 } }),
      facts: statesWeak,
    },
    {
      name: 'an added package of which nobody knows what the registry states',
      subject: aDependencyChange({ before: null, after: { integrity: sha1 } }),
    },
    {
      name: 'an upgrade to sha1 in a registry that states nothing stronger',
      subject: aDependencyChange({ after: { integrity: sha1 } }),
      facts: statesWeak,
    },
    {
      name: 'sha1 that base had for this package as well',
      subject: aDependencyChange({ before: { integrity: sha1 }, after: { integrity: sha1 } }),
      facts: statesStrong,
    },
    {
      name: 'sha1 where base had no hash at all',
      subject: aDependencyChange({ before: { integrity: undefined }, after: { integrity: sha1 } }),
      facts: statesStrong,
    },
    {
      name: 'sha1 beside sha512',
      subject: aDependencyChange({ after: { integrity: `${sha1} ${sha512}` } }),
      facts: statesStrong,
    },
    {
      name: 'no hash, which is integrity-missing',
      subject: aDependencyChange({ after: { integrity: undefined } }),
      facts: { integrity: { stated: sha512, agreement: 'nothing-locked' } },
    },
  ],
  flagged: [
    {
      name: 'an added package locked by sha1 alone',
      subject: aDependencyChange({ before: null, after: { integrity: sha1 } }),
      facts: statesStrong,
      observations: isWeak(sha1),
    },
    {
      name: 'an upgrade from sha512 to sha1',
      subject: aDependencyChange({ after: { integrity: sha1 } }),
      facts: statesStrong,
      observations: becameWeak(sha1),
    },
    {
      name: 'an upgrade from sha512 to sha1 of which nobody knows what the registry states',
      subject: aDependencyChange({ after: { integrity: sha1 } }),
      observations: becameWeak(sha1),
    },
    {
      name: 'the same version going from sha512 to md5',
      subject: aDependencyChange({
        kind: 'replaced',
        before: { version: '1.0.0' },
        after: { version: '1.0.0', integrity: 'md5-AAAA' },
      }),
      facts: statesStrong,
      observations: becameWeak('md5-AAAA'),
    },
    {
      name: 'a git source that becomes a package locked by sha1',
      subject: aDependencyChange({
        kind: 'resourced',
        before: { source: 'git', integrity: undefined },
        after: { integrity: sha1 },
      }),
      facts: statesStrong,
      observations: isWeak(sha1),
    },
    {
      name: 'a further version by sha1 beside one by sha512 that stays, which lost nothing',
      subject: aDependencyChange({ after: { integrity: sha1 }, beforeStays: true }),
      facts: statesStrong,
      observations: isWeak(sha1),
    },
    {
      name: 'a URL outside the registry locked by sha1',
      subject: aDependencyChange({ before: null, after: url }),
      observations: isWeak(sha1),
    },
  ],
})
