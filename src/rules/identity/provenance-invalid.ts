import { foreign } from '../../foreign.js'
import type { ProvenanceFlaw } from '../../registry/provenance/provenance.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const provenanceInvalid = defineRule({
  id: 'provenance-invalid',
  title: 'provenance that does not hold',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install it: somebody put the statement there that does not belong to these bytes. Compare with what the public registry hands out, and ask the maintainers and the registry.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['provenance'],

  inspect(change, { provenance }) {
    if (provenance.state !== 'invalid') return []
    return [
      {
        message: `comes with a statement about its build ${flaws[provenance.flaw]}`,
        evidence: [{ label: 'in the words of the verification', value: foreign(provenance.detail) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})

const flaws = {
  malformed: 'that cannot be read',
  certificate: 'whose certificate does not hold',
  log: 'that is not in the public log as it is here',
  timestamp: 'that no log and no clock has dated',
  signature: 'that its signature does not fit',
  signer: 'that no build service stands behind',
  'other-package': 'that is about another package or version',
  'other-bytes': 'that is about other bytes',
} as const satisfies Record<ProvenanceFlaw, string>
