import { foreign } from '../../../src/foreign.js'
import type { ProvenanceFlaw, ProvenanceState } from '../../../src/registry/provenance/provenance.js'
import { provenanceInvalid } from '../../../src/rules/identity/provenance-invalid.js'
import { verifiedBuild } from '../../builders/build.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const invalid = (flaw: ProvenanceFlaw, detail: string): ProvenanceState => ({ state: 'invalid', flaw, detail })

const observation = (which: string, detail: string) => ({
  message: `comes with a statement about its build ${which}`,
  evidence: [{ label: 'in the words of the verification', value: foreign(detail) }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const flaws: readonly (readonly [ProvenanceFlaw, string])[] = [
  ['other-bytes', 'that is about other bytes'],
  ['other-package', 'that is about another package or version'],
  ['signer', 'that no build service stands behind'],
  ['certificate', 'whose certificate does not hold'],
  ['log', 'that is not in the public log as it is here'],
  ['timestamp', 'that no log and no clock has dated'],
  ['signature', 'that its signature does not fit'],
  ['malformed', 'that cannot be read'],
]

testRule(provenanceInvalid, {
  clear: [
    {
      name: 'a provenance that holds',
      subject: aDependencyChange(),
      facts: { provenance: verifiedBuild() },
    },
    { name: 'a package without any', subject: aDependencyChange(), facts: { provenance: { state: 'absent' } } },
    {
      name: 'keys that the trust root does not know, which is a gap',
      subject: aDependencyChange(),
      facts: { provenance: { state: 'unverifiable', detail: 'the trust root does not know the log that holds it' } },
    },
    {
      name: 'a package that leaves',
      subject: aDependencyChange({ after: null }),
      facts: { provenance: invalid('log', 'x') },
    },
  ],
  flagged: [
    ...flaws.map(([flaw, which]) => ({
      name: `a statement ${which}`,
      subject: aDependencyChange(),
      facts: { provenance: invalid(flaw, `seen as ${flaw}`) },
      observations: [observation(which, `seen as ${flaw}`)],
    })),
    {
      name: 'the same of a package that was not in base',
      subject: aDependencyChange({ before: null }),
      facts: { provenance: invalid('other-bytes', 'it is about the sha512 00') },
      observations: [observation('that is about other bytes', 'it is about the sha512 00')],
    },
  ],
})
