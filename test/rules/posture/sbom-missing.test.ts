import { sbomMissing } from '../../../src/rules/posture/sbom-missing.js'
import { aBom, anAudit, installing } from '../../builders/audited.js'
import { aPosture, aPostureChange } from '../../builders/posture.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const ci = (step: string) =>
  aPosture({
    '.github/workflows/release.yml': `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n      - ${step}\n`,
  })

const makers = [
  'run: npm sbom --sbom-format cyclonedx > bom.json',
  'run: npx @cyclonedx/cyclonedx-npm --output-file bom.json',
  'run: npx --yes @cyclonedx/cyclonedx-npm@4.0.0 --output-file bom.json',
  'run: syft . -o cyclonedx-json',
  'run: trivy fs --format cyclonedx .',
  'run: npx lockwarden audit --sbom cyclonedx',
  'uses: anchore/sbom-action@v0',
  'uses: CycloneDX/gh-node-module-generatebom@v1',
  '{ uses: docker/build-push-action@v6, with: { sbom: true } }',
]

const others = ['run: npm test', 'run: trivy fs --format json .', 'uses: docker/build-push-action@v6']

const missing = [
  {
    message: 'installs packages of which the repository keeps, and its workflows make, no bill of materials',
    evidence: [],
    anchors: [{ kind: 'file' as const, file: 'package-lock.json' }] as const,
  },
]

const listing = (...components: readonly string[]) => aPosture({ 'bom.json': aBom(components) })

testRule(sbomMissing, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'a change, which is not to blame', subject: aPostureChange({ before: {}, after: { 'README.md': '' } }) },
    { name: 'nothing that is installed', subject: anAudit(aPosture({}), []) },
    { name: 'one that lists packages', subject: anAudit(listing('left-pad@1.0.0')) },
    { name: 'one that lists other versions, which is another matter', subject: anAudit(listing('left-pad@0.9.0')) },
    ...makers.map((step) => ({ name: step, subject: anAudit(ci(step)) })),
  ],
  flagged: [
    {
      name: 'a lockfile that npm does not read, without the word of npm',
      subject: anAudit(aPosture({}), [installing(undefined, { lockfile: 'app/pnpm-lock.yaml' })]),
      observations: [
        {
          message: 'installs packages of which the repository keeps, and its workflows make, no bill of materials',
          evidence: [],
          anchors: [{ kind: 'file', file: 'app/pnpm-lock.yaml' }] as const,
          fix: 'Make one with each release, for example by `lockwarden audit --sbom cyclonedx`, and publish it beside what you ship.',
        },
      ],
    },
    { name: 'neither a file nor a workflow', subject: anAudit(aPosture({})), observations: missing },
    { name: 'one of another ecosystem', subject: anAudit(listing()), observations: missing },
    ...others.map((step) => ({ name: step, subject: anAudit(ci(step)), observations: missing })),
  ],
})
