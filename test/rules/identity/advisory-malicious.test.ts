import { foreign } from '../../../src/foreign.js'
import { advisoryMalicious } from '../../../src/rules/identity/advisory-malicious.js'
import { anAdvisory } from '../../builders/advisories.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const malware = anAdvisory({ id: 'MAL-0000-1', summary: 'Malicious code in it', severity: 'critical', malicious: true })

const observation = (...evidence: readonly (readonly [string, string])[]) => ({
  message: 'is at a version that is listed as malware',
  evidence: evidence.map(([label, value]) => ({ label, value: foreign(value) })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const listed = observation(
  ['advisory', 'MAL-0000-1: Malicious code in it'],
  ['read it at', 'https://advisories.example/GHSA-aaaa-aaaa-aaaa'],
)

testRule(advisoryMalicious, {
  clear: [
    { name: 'a version without advisories', subject: upgrade, facts: { advisories: { after: [], before: [] } } },
    {
      name: 'an ordinary vulnerability, however bad',
      subject: upgrade,
      facts: { advisories: { after: [anAdvisory({ severity: 'critical' })], before: [] } },
    },
    {
      name: 'malware that is left behind',
      subject: upgrade,
      facts: { advisories: { after: [], before: [malware] } },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'an upgrade to malware',
      subject: upgrade,
      facts: { advisories: { after: [malware], before: [] } },
      observations: [listed],
    },
    {
      name: 'a new package that is malware',
      subject: aDependencyChange({ before: null }),
      facts: { advisories: { after: [anAdvisory(), malware], before: [] } },
      observations: [listed],
    },
    {
      name: 'malware that base has too, whose entry changes',
      subject: upgrade,
      facts: {
        advisories: { after: [{ ...malware, aliases: ['GHSA-aaaa-aaaa-aaaa'], summary: '' }], before: [malware] },
      },
      observations: [
        observation(
          ['advisory', 'MAL-0000-1'],
          ['also known as', 'GHSA-aaaa-aaaa-aaaa'],
          ['read it at', 'https://advisories.example/GHSA-aaaa-aaaa-aaaa'],
        ),
      ],
    },
  ],
})
