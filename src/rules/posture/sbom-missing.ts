import { posix } from 'node:path'
import { listsPackages } from '../../repository/sbom/compare-sbom.js'
import { defineRule } from '../rule.js'
import { makesSbom } from '../shared/sbom-makers.js'
import { isWholeState } from '../shared/whole-state.js'

/** `npm sbom` reads npm's own lockfiles only. */
const npmLockfiles: ReadonlySet<string> = new Set(['package-lock.json', 'npm-shrinkwrap.json'])

const withoutNpm =
  'Make one with each release, for example by `lockwarden audit --sbom cyclonedx`, and publish it beside what you ship.'

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
        ...(npmLockfiles.has(posix.basename(first.lockfile)) ? {} : { fix: withoutNpm }),
      },
    ]
  },
})
