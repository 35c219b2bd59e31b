import { foreign } from '../../foreign.js'
import type { Sbom } from '../../repository/posture/posture-state.js'
import { compareSbom, listsPackages } from '../../repository/sbom/compare-sbom.js'
import { defineRule, type Evidence } from '../rule.js'
import { isWholeState } from '../shared/whole-state.js'

export const sbomStale = defineRule({
  id: 'sbom-stale',
  title: 'bill of materials that disagrees with the lockfile',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Make it anew from the lockfile, and let the release do so by itself from then on.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture, installed = [] } = repository
    // Without a lockfile nothing says what is right.
    if (!isWholeState(repository) || posture === undefined || installed.length === 0) return []
    return posture.after.sboms.filter(listsPackages).flatMap((sbom: Sbom) => {
      const { gone, unlisted } = compareSbom(sbom, installed)
      if (gone.length === 0 && unlisted.length === 0) return []
      return [
        {
          message: 'is a bill of materials that does not say what the lockfiles install',
          evidence: [...some('listed, and not locked', gone), ...some('locked, and not listed', unlisted)],
          anchors: [{ kind: 'file', file: sbom.file }] as const,
        },
      ]
    })
  },
})

/** Packages that are named of each kind; who mends one sees the rest. */
const shown = 5

function some(label: string, packages: readonly string[]): readonly Evidence[] {
  if (packages.length === 0) return []
  const hidden = packages.length - shown
  const more = hidden > 0 ? ` and ${hidden} more` : ''
  return [{ label, value: foreign(`${packages.slice(0, shown).join(', ')}${more}`) }]
}
