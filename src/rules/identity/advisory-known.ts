import semver from 'semver'
import type { Advisory } from '../../registry/advisories/advisory.js'
import { defineRule, type Severity, severities } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { advisoryEvidence, newAdvisories, severityOf } from '../shared/new-advisories.js'

export const advisoryKnown = defineRule({
  id: 'advisory-known',
  title: 'known vulnerability brought in',
  severity: 'medium',
  confidence: 'high',
  fix: 'Read the advisory, and take a version that it does not cover; if the code that it is about is never reached here, accept the finding with that reason.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['advisories'],

  inspect(change, { advisories }) {
    const vulnerabilities = newAdvisories(advisories)
      // Malware is no vulnerability that somebody could live with: another rule tells of it.
      .filter(({ malicious }) => !malicious)
      .sort((a, b) => rankOf(severityOf(b)) - rankOf(severityOf(a)) || (a.id < b.id ? -1 : 1))
    const [worst] = vulnerabilities
    if (worst === undefined) return []
    const fix = fixOf(vulnerabilities)
    return [
      {
        message: messageOf(vulnerabilities.length, change.kind === 'added'),
        severity: severityOf(worst),
        // The grade of an audit counts the severe ones.
        evidence: vulnerabilities.flatMap((one) => advisoryEvidence(one, `${severityOf(one)} advisory`)),
        anchors: [entryField(change, 'version')],
        ...(fix !== undefined && { fix }),
      },
    ]
  },
})

/** Of a package that is new there is nothing in base to compare with. */
function messageOf(count: number, added: boolean): string {
  const what = count === 1 ? 'a known vulnerability' : `${count} known vulnerabilities`
  return added ? `has ${what}` : `has ${what} that base did not have`
}

const rankOf = (severity: Severity): number => severities.indexOf(severity)

/** The lowest version that is free of all that has a fix. Versions are semver, so the sentence stays our own. */
function fixOf(vulnerabilities: readonly Advisory[]): string | undefined {
  const fixed = vulnerabilities.flatMap((one) => one.fixed ?? []).sort(semver.compareBuild)
  const highest = fixed.at(-1)
  if (highest === undefined) return undefined
  if (fixed.length === vulnerabilities.length) return `Take ${highest} or later.`
  return `Take ${highest} or later, which is free of some of them: for the others no fixed version is known.`
}
