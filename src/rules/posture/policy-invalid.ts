import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'

export const policyInvalid = defineRule({
  id: 'policy-invalid',
  title: 'invalid policy',
  severity: 'high',
  confidence: 'high',
  fix: 'Correct the policy before merging: once it is on the base branch, an invalid policy stops every review.',
  on: ['repository'],
  needs: [],

  inspect({ policyErrors }) {
    return policyErrors.map(({ file, line, path, seen, wanted }) => ({
      message: 'holds a setting that Lockwarden does not understand',
      evidence: [
        { label: 'setting', value: foreign(path) },
        { label: 'seen', value: foreign(seen) },
        { label: 'wanted', value: foreign(wanted) },
      ],
      anchors: [{ kind: 'line', file, line }],
    }))
  },
})
