import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { carriesIntegrity, isWeak, strongestOf } from '../shared/integrity.js'

export const integrityWeak = defineRule({
  id: 'integrity-weak',
  title: 'integrity weak',
  severity: 'medium',
  confidence: 'high',
  fix: 'Delete the entry from the lockfile and run the install again with a current package manager, which locks by sha512.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['integrity'],

  inspect(change, { integrity: { stated } }) {
    const { before, after } = change
    const now = strongestOf(after?.integrity)
    if (after?.integrity === undefined || now === null || !isWeak(now)) return []
    const was = strongestOf(before?.integrity)
    // As weak in base, or without any hash there: the change made nothing worse.
    if (before !== undefined && carriesIntegrity(change, before) && (was === null || isWeak(was))) return []
    const strongest = strongestOf(stated)
    // A registry that states nothing stronger leaves the package manager no choice.
    if (strongest === null || isWeak(strongest)) return []
    return [
      {
        message: 'is locked by a hash for which other bytes can be made, while the registry states a strong one',
        evidence: [{ label: 'integrity', value: foreign(after.integrity) }],
        anchors: [entryField(change, 'integrity')],
      },
    ]
  },
})
