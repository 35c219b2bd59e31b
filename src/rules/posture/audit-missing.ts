import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { hasAdvisoryGate } from '../shared/advisory-gates.js'
import { isWholeState } from '../shared/whole-state.js'

/** Workflows that are named: enough to see which were looked at. */
const shown = 5

export const auditMissing = defineRule({
  id: 'audit-missing',
  title: 'no advisory gate in CI',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Let a workflow fail on known advisories, for example by `npm audit --audit-level=high` and `npm audit signatures` after `npm ci`.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture, installed = [] } = repository
    const [first] = installed
    if (!isWholeState(repository) || posture === undefined || first === undefined) return []
    if (hasAdvisoryGate(posture.after)) return []
    return [
      {
        message: 'installs packages that no step of the workflows holds against known advisories',
        evidence: posture.after.workflows
          // A composite action starts for nothing by itself.
          .filter(({ triggers }) => triggers.length > 0)
          .slice(0, shown)
          .map(({ file }) => ({ label: 'workflow without one', value: foreign(file) })),
        anchors: [{ kind: 'file', file: first.lockfile }],
      },
    ]
  },
})
