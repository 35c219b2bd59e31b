import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { type BuildDifference, buildDifferences } from '../shared/build-differences.js'
import { entryField } from '../shared/entry-field.js'

export const provenanceChanged = defineRule({
  id: 'provenance-changed',
  title: 'provenance changed',
  severity: 'high',
  confidence: 'medium',
  fix: 'Look in the project’s repository for the run that made this version: whether its branch, workflow and commit are the maintainers’ own, and why they publish otherwise than before.',
  on: ['upgraded', 'downgraded'],
  needs: ['provenance', 'previousProvenance'],
  wants: ['times'],

  inspect(change, { provenance, previousProvenance, times }) {
    if (provenance.state !== 'verified' || previousProvenance.state !== 'verified') return []
    const [before, now] = [change.before?.version ?? '', change.after?.version ?? '']
    // Somebody goes back to what was there first: it was built as things were then.
    if (isEarlier(times?.get(now), times?.get(before))) return []
    const differences = buildDifferences(
      { version: before, build: previousProvenance.build },
      { version: now, build: provenance.build },
    )
    const [worst] = differences
    if (worst === undefined) return []
    const { commit } = provenance.build
    return [
      {
        message: messages[worst.what],
        evidence: [
          ...differences.flatMap(({ what, before: was, now: is }) => [
            { label: `${what} before`, value: foreign(was) },
            { label: `${what} now`, value: foreign(is) },
          ]),
          ...(commit === undefined ? [] : [{ label: 'commit', value: foreign(commit) }]),
        ],
        anchors: [entryField(change, 'version')],
        ...(worst.severity !== 'high' && { severity: worst.severity }),
      },
    ]
  },
})

const messages = {
  repository: 'was built from another repository than the version before',
  owner: 'was built from the same repository, which has another owner now',
  workflow: 'was built by another workflow of its repository than the version before',
  builder: 'was built by a workflow of another repository than the version before',
  ref: 'was built from another branch or tag than the version before',
  trigger: 'was built by a run that a pull request or a comment can start, and the version before was not',
  runner: 'was built on a machine of its own, and the version before on one of the build service',
} as const satisfies Record<BuildDifference['what'], string>

const isEarlier = (one: Date | undefined, other: Date | undefined): boolean =>
  one !== undefined && other !== undefined && one < other
