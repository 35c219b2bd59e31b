import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'

export const lockfileOutOfSync = defineRule({
  id: 'lockfile-out-of-sync',
  title: 'lockfile out of sync',
  severity: 'high',
  confidence: 'high',
  fix: 'Run the package manager’s install and commit the lockfile that it writes.',
  on: ['project'],
  needs: [],

  inspect({ unmet, lockfile }) {
    return unmet.map(({ manifest, name, range, locked }) => ({
      message:
        locked === undefined
          ? 'asks for a dependency that the lockfile does not hold'
          : 'asks for a range that the locked version is not in',
      evidence: [
        { label: 'dependency', value: foreign(name) },
        { label: 'manifest asks for', value: foreign(range) },
        ...(locked === undefined ? [] : [{ label: 'lockfile holds', value: foreign(locked) }]),
        // A workspace may have a lockfile of its own beside it, which nobody reads.
        ...(lockfile === undefined ? [] : [{ label: 'lockfile', value: foreign(lockfile.file) }]),
      ],
      anchors: [{ kind: 'dependency', manifest, name }],
    }))
  },
})
