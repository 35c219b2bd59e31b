import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { digestsOf } from '../shared/integrity.js'

export const integrityChanged = defineRule({
  id: 'integrity-changed',
  title: 'integrity changed',
  severity: 'critical',
  confidence: 'high',
  fix: 'Restore the integrity that base has and install again from a clean cache; if that fails, ask the publisher before merging.',
  on: ['replaced'],
  needs: [],

  inspect(change) {
    const before = change.before?.integrity
    const after = change.after?.integrity
    if (before === undefined || after === undefined || !contradict(before, after)) return []
    return [
      {
        message: 'is locked to other bytes although its name, version and source stayed the same',
        evidence: [
          { label: 'integrity before', value: foreign(before) },
          { label: 'integrity now', value: foreign(after) },
        ],
        anchors: [entryField(change, 'integrity')],
      },
    ]
  },
})

// An installer accepts any of several hashes of one algorithm, so an additional one contradicts as well.
function contradict(before: string, after: string): boolean {
  const now = digestsOf(after)
  return [...digestsOf(before)].some(([algorithm, digests]) => {
    const others = now.get(algorithm)
    return others !== undefined && !(others.size === digests.size && [...others].every((digest) => digests.has(digest)))
  })
}
