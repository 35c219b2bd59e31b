import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const provenanceAbsent = defineRule({
  id: 'provenance-absent',
  title: 'no provenance',
  severity: 'low',
  confidence: 'high',
  fix: 'Nothing shows from which source these were built: where one matters, compare its tarball with its repository, or ask the maintainers to publish with provenance.',
  on: ['added'],
  needs: ['unproven'],

  inspect(change, { unproven }) {
    const [first, ...others] = unproven
    // Most packages have none: one line tells it of all of them, at the first.
    if (first !== `${change.name}@${change.after?.version ?? ''}`) return []
    const more =
      others.length === 1 ? 'does one more new direct dependency' : `do ${others.length} more new direct dependencies`
    return [
      {
        message: others.length === 0 ? 'has no provenance' : `has no provenance, and neither ${more}`,
        evidence: [{ label: 'without provenance', value: foreign(unproven.join(', ')) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
