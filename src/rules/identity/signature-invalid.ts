import { foreign } from '../../foreign.js'
import { defineRule, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const signatureInvalid = defineRule({
  id: 'signature-invalid',
  title: "registry's signature does not hold",
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install it: what the registry states about this version is not what it signed. Ask the public registry from another network, and whoever runs the mirror or proxy in between.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['signature'],

  inspect(change, { signature }): readonly Observation[] {
    const anchors = [entryField(change, 'version')] as const
    if (signature.state === 'invalid') {
      const evidence = [{ label: 'key', value: foreign(signature.keyId) }]
      // Proxies give the date on which they took a version in, which may be after the key's last day.
      const late = signature.flaw === 'expired-key' ? ({ severity: 'medium', confidence: 'low' } as const) : {}
      return [{ message: flaws[signature.flaw], evidence, anchors, ...late }]
    }
    if (signature.state !== 'absent' || !signature.othersSigned) return []
    const version = change.after?.version ?? ''
    const message = 'has no signature of the registry, which has signed most of its versions'
    return [
      {
        message,
        evidence: [{ label: 'not signed', value: foreign(version) }],
        anchors,
        severity: 'medium',
        confidence: 'low',
      },
    ]
  },
})

const flaws = {
  'does-not-verify': 'is stated by the registry with a signature that does not fit',
  'expired-key': 'was signed with a key of the registry that had expired before it was published',
} as const
