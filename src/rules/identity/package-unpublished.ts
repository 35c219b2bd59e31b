import { foreign } from '../../foreign.js'
import type { Publication } from '../../registry/registry-facts.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const packageUnpublished = defineRule({
  id: 'package-unpublished',
  title: 'package not in the registry',
  severity: 'high',
  confidence: 'high',
  fix: 'Find out why the registry does not have it: a version that was taken down is often malicious, and a name that nobody owns can be taken by anyone.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['publication', 'observed'],

  inspect(change, { publication: { state }, observed }) {
    if (state === 'published') return []
    // A name that nobody has taken yet is told once, by the rule that says what may come of it.
    if (state === 'name-absent' && observed.some(({ rule }) => rule === 'internal-name-unscoped')) return []
    const version = change.after?.version ?? ''
    return [
      {
        message: messages[state],
        evidence: [{ label: 'package', value: foreign(`${change.name}@${version}`) }],
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})

const messages = {
  'name-absent': 'has a name that the registry does not know',
  'version-absent': 'is locked to a version that the registry does not have',
  unpublished: 'was unpublished from the registry',
  'security-holding': 'was removed for security reasons, and a placeholder holds its name',
} as const satisfies Record<Exclude<Publication['state'], 'published'>, string>
