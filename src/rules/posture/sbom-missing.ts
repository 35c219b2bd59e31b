import { listsPackages } from '../../repository/sbom/compare-sbom.js'
import { defineRule } from '../rule.js'
import { makesSbom } from '../shared/sbom-makers.js'
import { isWholeState } from '../shared/whole-state.js'

export const sbomMissing = defineRule({
  id: 'sbom-missing',
  title: 'no bill of materials',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Make one with each release, for example by `lockwarden audit --sbom cyclonedx` or `npm sbom`, and publish it beside what you ship.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture, installed = [] } = repository
    const [first] = installed
    if (!isWholeState(repository) || posture === undefined || first === undefined) return []
    if (posture.after.sboms.some(listsPackages) || makesSbom(posture.after)) return []
    return [
      {
        message: 'installs packages of which the repository keeps, and its workflows make, no bill of materials',
        evidence: [],
        anchors: [{ kind: 'file', file: first.lockfile }],
      },
    ]
  },
})
