import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'

export const lockfileMissing = defineRule({
  id: 'lockfile-missing',
  title: 'lockfile missing',
  severity: 'critical',
  confidence: 'high',
  fix: 'Commit the lockfile that the package manager writes next to the manifest, or turn this rule off in the policy for a library that has none on purpose.',
  on: ['project'],
  needs: [],

  inspect({ manifest, lockfileMissing: missing, lockfileRemoved }) {
    if (!missing) return []
    return [
      {
        message:
          lockfileRemoved === undefined
            ? 'declares dependencies and no lockfile says which versions are installed'
            : 'no longer has the lockfile that said which versions are installed',
        evidence: lockfileRemoved === undefined ? [] : [{ label: 'removed', value: foreign(lockfileRemoved) }],
        anchors: [{ kind: 'file', file: manifest ?? 'package.json' }],
      },
    ]
  },
})
