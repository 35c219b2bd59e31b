import { foreign } from '../../../src/foreign.js'
import { advisoryKnown } from '../../../src/rules/identity/advisory-known.js'
import type { Observation } from '../../../src/rules/rule.js'
import { anAdvisory } from '../../builders/advisories.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const link = 'https://advisories.example/GHSA-aaaa-aaaa-aaaa'
const quadratic = anAdvisory({ fixed: '1.0.3', fixes: ['1.0.3'] })
const overflow = anAdvisory({
  id: 'GHSA-bbbb-bbbb-bbbb',
  aliases: ['CVE-0000-0001'],
  summary: 'Reads beyond the end',
  severity: 'critical',
})

const observation = (overrides: Partial<Observation>): Observation => ({
  message: 'has a known vulnerability that base did not have',
  severity: 'medium',
  evidence: [
    { label: 'medium advisory', value: foreign('GHSA-aaaa-aaaa-aaaa: Takes quadratic time') },
    { label: 'read it at', value: foreign(link) },
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...overrides,
})

const overflowEvidence = (severity: string) => [
  { label: `${severity} advisory`, value: foreign('GHSA-bbbb-bbbb-bbbb: Reads beyond the end') },
  { label: 'also known as', value: foreign('CVE-0000-0001') },
  { label: 'read it at', value: foreign(link) },
]

testRule(advisoryKnown, {
  clear: [
    { name: 'a version without advisories', subject: upgrade, facts: { advisories: { after: [], before: [] } } },
    {
      name: 'a vulnerability that base has',
      subject: upgrade,
      facts: { advisories: { after: [quadratic], before: [quadratic] } },
    },
    {
      name: 'a vulnerability that base has under another of its ids',
      subject: upgrade,
      facts: { advisories: { after: [overflow], before: [anAdvisory({ id: 'CVE-0000-0001' })] } },
    },
    {
      name: 'a vulnerability that is left behind',
      subject: upgrade,
      facts: { advisories: { after: [], before: [overflow] } },
    },
    {
      name: 'malware, which another rule tells of',
      subject: upgrade,
      facts: { advisories: { after: [anAdvisory({ malicious: true, severity: 'critical' })], before: [] } },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'an upgrade into the range of an advisory, and which version is free of it',
      subject: upgrade,
      facts: { advisories: { after: [quadratic], before: [] } },
      observations: [observation({ fix: 'Take 1.0.3 or later.' })],
    },
    {
      name: 'a new package without a fixed version, as bad as its advisory says',
      subject: aDependencyChange({ before: null }),
      facts: { advisories: { after: [anAdvisory({ severity: 'low' })], before: [] } },
      observations: [
        observation({
          message: 'has a known vulnerability',
          severity: 'low',
          evidence: [
            { label: 'low advisory', value: foreign('GHSA-aaaa-aaaa-aaaa: Takes quadratic time') },
            { label: 'read it at', value: foreign(link) },
          ],
        }),
      ],
    },
    {
      name: 'an advisory without a severity as medium',
      subject: upgrade,
      facts: { advisories: { after: [anAdvisory({ severity: 'unknown' })], before: [] } },
      observations: [observation({})],
    },
    {
      name: 'a further vulnerability beside one that base has',
      subject: upgrade,
      facts: { advisories: { after: [quadratic, overflow], before: [quadratic] } },
      observations: [observation({ severity: 'critical', evidence: overflowEvidence('critical') })],
    },
    {
      name: 'several at once, the worst first and as bad as that one',
      subject: aDependencyChange({ kind: 'downgraded' }),
      facts: { advisories: { after: [quadratic, overflow], before: [] } },
      observations: [
        observation({
          message: 'has 2 known vulnerabilities that base did not have',
          severity: 'critical',
          evidence: [...overflowEvidence('critical'), ...observation({}).evidence],
          fix: 'Take 1.0.3 or later, which is free of some of them: for the others no fixed version is known.',
        }),
      ],
    },
    {
      name: 'several that are mended one after the other, and the version that is free of all',
      subject: upgrade,
      facts: {
        advisories: {
          after: [
            { ...quadratic, fixed: '1.0.10', fixes: ['1.0.10'] },
            { ...overflow, severity: 'moderate', fixed: '1.0.9' },
          ],
          before: [],
        },
      },
      observations: [
        observation({
          message: 'has 2 known vulnerabilities that base did not have',
          evidence: [...observation({}).evidence, ...overflowEvidence('medium')],
          fix: 'Take 1.0.10 or later.',
        }),
      ],
    },
  ],
})
