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
  needs: [],
  wants: ['integrity'],

  inspect(change, { integrity }) {
    const { before, after } = change
    const now = strongestOf(after?.integrity)
    if (after?.integrity === undefined || now === null || !isWeak(now)) return []
    const was = strongestOf(before?.integrity)
    // As weak in base, or without any hash there: the change made nothing worse.
    if (before !== undefined && carriesIntegrity(change, before) && (was === null || isWeak(was))) return []
    const weakened = was !== null && !isWeak(was)
    const stated = strongestOf(integrity?.stated)
    // A registry that states nothing stronger leaves the package manager no choice; a URL outside has no such statement.
    const stronger =
      integrity === undefined ? weakened || after.source !== 'registry' : stated !== null && !isWeak(stated)
    if (!stronger) return []
    return [
      {
        // Beside a version that stays, this is another entry, which never had a hash.
        message:
          weakened && !change.beforeStays
            ? 'went from a strong hash to one for which other bytes can be made'
            : 'is locked by a hash for which other bytes can be made',
        evidence: [{ label: 'integrity', value: foreign(after.integrity) }],
        anchors: [entryField(change, 'integrity')],
      },
    ]
  },
})
