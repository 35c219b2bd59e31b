import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const lockfileEntryOrphaned = defineRule({
  id: 'lockfile-entry-orphaned',
  title: 'orphaned lockfile entry',
  severity: 'medium',
  confidence: 'high',
  fix: 'Run the package manager’s install and commit what it writes: an entry that nothing asks for does not survive that.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: [],

  inspect(change) {
    if (change.orphaned !== true || change.after === undefined) return []
    return [
      {
        message: 'is locked although nothing in the lockfile and no manifest asks for it',
        evidence: [{ label: 'entry', value: foreign(change.after.key) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
