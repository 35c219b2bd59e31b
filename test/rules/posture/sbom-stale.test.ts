import { foreign } from '../../../src/foreign.js'
import { sbomStale } from '../../../src/rules/posture/sbom-stale.js'
import { aBom, anAudit, installing } from '../../builders/audited.js'
import { aPosture, aPostureChange } from '../../builders/posture.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const listing = (components: readonly string[], file = 'bom.json') => aPosture({ [file]: aBom(components) })

const stale = (evidence: Readonly<Record<string, string>>, file = 'bom.json') => [
  {
    message: 'is a bill of materials that does not say what the lockfiles install',
    evidence: Object.entries(evidence).map(([label, value]) => ({ label, value: foreign(value) })),
    anchors: [{ kind: 'file' as const, file }] as const,
  },
]

const many = Array.from({ length: 7 }, (_, i) => `a${i}@1.0.0`)

testRule(sbomStale, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    {
      name: 'a change, which is not to blame',
      subject: {
        ...aPostureChange({ before: {}, after: { 'bom.json': aBom(['b@1.0.0']) } }),
        installed: [installing()],
      },
    },
    { name: 'none', subject: anAudit(aPosture({})) },
    { name: 'no lockfile, which would say what is right', subject: anAudit(listing(['b@1.0.0']), []) },
    { name: 'one that lists what is installed', subject: anAudit(listing(['left-pad@1.0.0'])) },
    { name: 'one of another ecosystem', subject: anAudit(listing([])) },
    {
      name: 'one that leaves out what is for development, and one that lists it',
      subject: anAudit(
        aPosture({
          'bom.json': aBom(['left-pad@1.0.0']),
          'all.cdx.json': aBom(['left-pad@1.0.0', 'jest@30.0.0']),
        }),
        [installing(['left-pad@1.0.0'], { sometimes: ['jest@30.0.0'] })],
      ),
    },
    {
      name: "one that lists the repository's own packages",
      subject: anAudit(listing(['left-pad@1.0.0', '@acme/web@2.0.0']), [
        installing(['left-pad@1.0.0'], { own: ['@acme/web'] }),
      ]),
    },
    {
      name: 'one beside a lockfile, with another project elsewhere',
      subject: anAudit(listing(['left-pad@1.0.0'], 'sbom/bom.json'), [
        installing(['left-pad@1.0.0']),
        installing(['b@1.0.0'], { lockfile: 'examples/b/package-lock.json' }),
      ]),
    },
  ],
  flagged: [
    {
      name: 'an old version',
      subject: anAudit(listing(['left-pad@0.9.0'])),
      observations: stale({ 'listed, and not locked': 'left-pad@0.9.0', 'locked, and not listed': 'left-pad@1.0.0' }),
    },
    {
      name: 'a package that was removed',
      subject: anAudit(listing(['left-pad@1.0.0', 'b@1.0.0'])),
      observations: stale({ 'listed, and not locked': 'b@1.0.0' }),
    },
    {
      name: 'many packages that came later, of which some are named',
      subject: anAudit(listing(['left-pad@1.0.0']), [installing(['left-pad@1.0.0', ...many])]),
      observations: stale({
        'locked, and not listed': 'a0@1.0.0, a1@1.0.0, a2@1.0.0, a3@1.0.0, a4@1.0.0 and 2 more',
      }),
    },
  ],
})
