import { foreign } from '../../../src/foreign.js'
import { provenanceAbsent } from '../../../src/rules/identity/provenance-absent.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const added = aDependencyChange({ before: null })

const seen = (message: string, packages: string) => [
  {
    message,
    evidence: [{ label: 'without provenance', value: foreign(packages) }],
    anchors: [
      { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
    ] as const,
  },
]

testRule(provenanceAbsent, {
  clear: [
    {
      name: 'the second of several, which the first one names',
      subject: added,
      facts: { unproven: ['a-first@1.0.0', 'left-pad@1.0.1'] },
    },
    { name: 'an upgrade', subject: aDependencyChange(), facts: { unproven: ['left-pad@1.0.1'] } },
  ],
  flagged: [
    {
      name: 'one direct dependency without provenance',
      subject: added,
      facts: { unproven: ['left-pad@1.0.1'] },
      observations: seen('has no provenance', 'left-pad@1.0.1'),
    },
    {
      name: 'two, at the first',
      subject: added,
      facts: { unproven: ['left-pad@1.0.1', 'right-pad@2.0.0'] },
      observations: seen(
        'has no provenance, and neither does one more new direct dependency',
        'left-pad@1.0.1, right-pad@2.0.0',
      ),
    },
    {
      name: 'several, once',
      subject: added,
      facts: { unproven: ['left-pad@1.0.1', 'right-pad@2.0.0', 'top-pad@3.0.0'] },
      observations: seen(
        'has no provenance, and neither do 2 more new direct dependencies',
        'left-pad@1.0.1, right-pad@2.0.0, top-pad@3.0.0',
      ),
    },
  ],
})
