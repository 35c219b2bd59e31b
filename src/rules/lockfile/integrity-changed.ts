import { foreign } from '../../foreign.js'
import { checksumsContradict } from '../../lockfile/checksum.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
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
    const field = changedField(change)
    if (field === null) return []
    return [
      {
        message: 'is locked to other bytes although its name, version and source stayed the same',
        evidence: [
          { label: `${field} before`, value: foreign(change.before?.[field] ?? '') },
          { label: `${field} now`, value: foreign(change.after?.[field] ?? '') },
        ],
        anchors: [entryField(change, field)],
      },
    ]
  },
})

function changedField({ before, after }: DependencyChange): 'integrity' | 'checksum' | null {
  if (before === undefined || after === undefined) return null
  if (
    before.integrity !== undefined &&
    after.integrity !== undefined &&
    contradict(before.integrity, after.integrity)
  ) {
    return 'integrity'
  }
  return checksumsContradict(before, after) ? 'checksum' : null
}

// An installer accepts any of several hashes of one algorithm, so an additional one contradicts as well.
function contradict(before: string, after: string): boolean {
  const now = digestsOf(after)
  return [...digestsOf(before)].some(([algorithm, digests]) => {
    const others = now.get(algorithm)
    return others !== undefined && !(others.size === digests.size && [...others].every((digest) => digests.has(digest)))
  })
}
