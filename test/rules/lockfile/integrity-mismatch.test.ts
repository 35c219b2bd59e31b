import { foreign } from '../../../src/foreign.js'
import type { IntegrityFacts } from '../../../src/registry/registry-facts.js'
import { integrityMismatch } from '../../../src/rules/lockfile/integrity-mismatch.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { integrityOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const locked = integrityOf('locked')
const stated = integrityOf('stated')
const served = integrityOf('served')
const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'integrity' },
] as const

const added = aDependencyChange({ before: null })
const facts = (integrity: IntegrityFacts) => ({ integrity })

testRule(integrityMismatch, {
  clear: [
    {
      name: 'lockfile and registry agree',
      subject: aDependencyChange(),
      facts: facts({ locked, stated: locked, agreement: 'same' }),
    },
    {
      name: 'the two share no algorithm',
      subject: aDependencyChange(),
      facts: facts({ locked: integrityOf('x', 'sha1'), stated, agreement: 'no-shared-algorithm' }),
    },
    { name: 'nothing is locked', subject: added, facts: facts({ stated, agreement: 'nothing-locked' }) },
    { name: 'the package is gone', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'the registry states another integrity than the lockfile',
      subject: aDependencyChange(),
      facts: facts({ locked, stated, agreement: 'differs' }),
      observations: [
        {
          message: 'is locked to bytes that are not those that the registry states for this version',
          evidence: [
            { label: 'lockfile', value: foreign(locked) },
            { label: 'registry states', value: foreign(stated) },
          ],
          anchors,
        },
      ],
    },
    {
      name: 'the registry serves other bytes than it states and the lockfile holds',
      subject: added,
      facts: facts({ locked, stated: locked, servedInstead: served, agreement: 'differs' }),
      observations: [
        {
          message: 'is served with bytes that are not the expected ones',
          evidence: [
            { label: 'lockfile', value: foreign(locked) },
            { label: 'registry states', value: foreign(locked) },
            { label: 'registry serves', value: foreign(served) },
          ],
          anchors,
        },
      ],
    },
    {
      name: 'nothing is locked and the bytes are not those that the registry states',
      subject: aDependencyChange({ before: null, after: { integrity: undefined } }),
      facts: facts({ stated, servedInstead: served, agreement: 'nothing-locked' }),
      observations: [
        {
          message: 'is served with bytes that are not the expected ones',
          evidence: [
            { label: 'registry states', value: foreign(stated) },
            { label: 'registry serves', value: foreign(served) },
          ],
          anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad' }],
        },
      ],
    },
  ],
})
