import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { advisoryEvidence } from '../shared/new-advisories.js'

export const advisoryMalicious = defineRule({
  id: 'advisory-malicious',
  title: 'version listed as malware',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not merge: stay on the version before, treat every machine that installed this one as compromised and replace the secrets that it could read.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['advisories'],

  inspect(change, { advisories: { after } }) {
    // Base may have it too: what is malware is no less so where it was already locked.
    const malware = after.filter(({ malicious }) => malicious)
    if (malware.length === 0) return []
    return [
      {
        message: 'is at a version that is listed as malware',
        evidence: malware.flatMap((one) => advisoryEvidence(one)),
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
