import { foreign } from '../../foreign.js'
import type { DirectRequirement } from '../../lockfile/direct-requirement.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const lockfileChangedAlone = defineRule({
  id: 'lockfile-changed-alone',
  title: 'lockfile changed alone',
  severity: 'low',
  confidence: 'medium',
  fix: 'Ask which command changed the lockfile: a direct dependency should move together with the manifest that asks for it.',
  on: ['added', 'upgraded', 'downgraded', 'replaced'],
  needs: [],

  inspect(change) {
    const { kind, after, asked, manifestsChanged } = change
    if (after === undefined || asked === undefined || manifestsChanged !== false) return []
    // Of what a registry serves, other bytes of the same version are integrity-changed.
    if (kind === 'replaced' && after.source !== 'git') return []
    if (asked.length === 0) {
      return [
        {
          message: 'is a direct dependency by the lockfile alone, and no manifest asks for it',
          evidence: [{ label: 'locked', value: foreign(after.version) }],
          anchors: [entryField(change, 'version')],
        },
      ]
    }
    const unexplained = asked.filter(({ fit }) => fit === 'outside' || fit === 'no-range')
    const [first] = unexplained
    if (first === undefined) return []
    return [
      {
        message: messages[first.fit === 'outside' ? 'outside' : 'no-range'],
        evidence: [
          { label: 'locked', value: foreign(after.version) },
          ...unexplained.map(({ range }) => ({ label: 'manifest asks for', value: foreign(range) })),
        ],
        anchors: [entryField(change, 'version'), ...unexplained.map(anchorOf)],
      },
    ]
  },
})

const messages = {
  outside: 'moves out of the range that its manifest asks for, and no manifest changed',
  'no-range': 'moves although no manifest changed, and its manifest names no range that would allow or forbid it',
} as const

const anchorOf = ({ manifest, name }: DirectRequirement) => ({ kind: 'dependency', manifest, name }) as const
