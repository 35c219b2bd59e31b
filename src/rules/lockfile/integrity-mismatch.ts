import { foreign } from '../../foreign.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const integrityMismatch = defineRule({
  id: 'integrity-mismatch',
  title: 'integrity mismatch',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install this: find out on which machine and from which registry the lockfile was written, and lock the version anew from the registry that you trust.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['integrity'],

  inspect(change, { integrity: { locked, stated, servedInstead, agreement } }) {
    if (agreement !== 'differs' && servedInstead === undefined) return []
    const evidence = [
      ...evidenceOf('lockfile', locked),
      ...evidenceOf('registry states', stated),
      ...evidenceOf('registry serves', servedInstead),
    ]
    return [
      {
        message:
          servedInstead === undefined
            ? 'is locked to bytes that are not those that the registry states for this version'
            : 'is served with bytes that are not the expected ones',
        evidence,
        anchors: [entryField(change, 'integrity')],
      },
    ]
  },
})

const evidenceOf = (label: string, value: string | undefined): readonly Evidence[] =>
  value === undefined ? [] : [{ label, value: foreign(value) }]
