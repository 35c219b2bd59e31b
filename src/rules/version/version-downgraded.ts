import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isNamedFix } from '../shared/named-fix.js'

export const versionDowngraded = defineRule({
  id: 'version-downgraded',
  title: 'version downgraded',
  severity: 'medium',
  confidence: 'high',
  fix: 'Find out why an older version is wanted: it lacks every fix since. Where it is meant, say so in the pull request.',
  on: ['downgraded'],
  needs: [],
  wants: ['advisories'],

  inspect(change, { advisories }) {
    const { before, after, beforeStays } = change
    // A further, older copy beside the one that stays takes nothing away.
    if (before === undefined || after === undefined || beforeStays) return []
    if (advisories !== undefined && isNamedFix(advisories, after.version)) return []
    return [
      {
        message: 'is older than the version in base',
        evidence: [{ label: 'versions', value: foreign(`${before.version} → ${after.version}`) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
