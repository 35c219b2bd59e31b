import { foreign } from '../../../src/foreign.js'
import { versionDowngraded } from '../../../src/rules/version/version-downgraded.js'
import { anAdvisory } from '../../builders/advisory.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const downgrade = (before: string, after: string) =>
  aDependencyChange({ kind: 'downgraded', before: { version: before }, after: { version: after } })

const observation = (versions: string) => ({
  message: 'is older than the version in base',
  evidence: [{ label: 'versions', value: foreign(versions) }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const { before: _, ...withoutBefore } = downgrade('2.0.0', '1.0.0')

testRule(versionDowngraded, {
  clear: [
    { name: 'an upgrade', subject: aDependencyChange() },
    { name: 'a new package', subject: aDependencyChange({ before: null }) },
    {
      name: 'a further copy beside the newer one that stays',
      subject: { ...downgrade('2.0.0', '1.0.0'), beforeStays: true },
    },
    { name: 'a change that names no version before', subject: withoutBefore },
    {
      name: 'the version that an advisory names as the fix of what base had',
      subject: downgrade('2.0.0', '1.0.1'),
      facts: { advisories: { before: [anAdvisory()], after: [] } },
    },
    {
      name: 'any version that leaves malware behind',
      subject: downgrade('2.0.0', '1.9.0'),
      facts: { advisories: { before: [anAdvisory({ malicious: true, fixes: [] })], after: [] } },
    },
  ],
  flagged: [
    { name: 'an older major', subject: downgrade('2.0.0', '1.0.0'), observations: [observation('2.0.0 → 1.0.0')] },
    { name: 'an older patch', subject: downgrade('1.0.1', '1.0.0'), observations: [observation('1.0.1 → 1.0.0')] },
    {
      name: 'a version that still has what an advisory names it as the fix of',
      subject: downgrade('1.5.0', '1.0.1'),
      facts: { advisories: { before: [anAdvisory()], after: [anAdvisory()] } },
      observations: [observation('1.5.0 → 1.0.1')],
    },
    {
      name: 'a prerelease in place of its release',
      subject: downgrade('1.0.0', '1.0.0-rc.1'),
      observations: [observation('1.0.0 → 1.0.0-rc.1')],
    },
  ],
})
