import { foreign } from '../../../src/foreign.js'
import { signatureInvalid } from '../../../src/rules/identity/signature-invalid.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const anchors = [
  { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
] as const

testRule(signatureInvalid, {
  clear: [
    { name: 'a signature that holds', subject: aDependencyChange(), facts: { signature: { state: 'verified' } } },
    {
      name: 'a registry that signs nothing',
      subject: aDependencyChange(),
      facts: { signature: { state: 'absent', othersSigned: false } },
    },
    {
      name: 'a package that leaves',
      subject: aDependencyChange({ after: null }),
      facts: { signature: { state: 'absent', othersSigned: true } },
    },
  ],
  flagged: [
    {
      name: 'a signature over something else',
      subject: aDependencyChange(),
      facts: { signature: { state: 'invalid', flaw: 'does-not-verify', keyId: 'SHA256:first' } },
      observations: [
        {
          message: 'is stated by the registry with a signature that does not fit',
          evidence: [{ label: 'key', value: foreign('SHA256:first') }],
          anchors,
        },
      ],
    },
    {
      name: 'a signature of a key that had expired, medium',
      subject: aDependencyChange({ before: null }),
      facts: { signature: { state: 'invalid', flaw: 'expired-key', keyId: 'SHA256:old' } },
      observations: [
        {
          message: 'was signed with a key of the registry that had expired before it was published',
          evidence: [{ label: 'key', value: foreign('SHA256:old') }],
          anchors,
          severity: 'medium',
          confidence: 'low',
        },
      ],
    },
    {
      name: 'the one version that the registry has not signed, medium',
      subject: aDependencyChange(),
      facts: { signature: { state: 'absent', othersSigned: true } },
      observations: [
        {
          message: 'has no signature of the registry, which has signed most of its versions',
          evidence: [{ label: 'not signed', value: foreign('1.0.1') }],
          anchors,
          severity: 'medium',
          confidence: 'low',
        },
      ],
    },
  ],
})
