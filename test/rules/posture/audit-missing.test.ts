import { foreign } from '../../../src/foreign.js'
import { auditMissing } from '../../../src/rules/posture/audit-missing.js'
import { anAudit, installing } from '../../builders/audited.js'
import { aPosture, aPostureChange } from '../../builders/posture.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const workflow = (...steps: readonly string[]): string =>
  `on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`

const ci = (...steps: readonly string[]) => aPosture({ '.github/workflows/ci.yml': workflow(...steps) })
const running = (...commands: readonly string[]) =>
  ci('run: npm ci', ...commands.map((command) => `run: ${JSON.stringify(command)}`))

const gates = [
  'npm audit',
  'npm audit --audit-level=high',
  'npm audit signatures',
  'npm audit --audit-level high --omit=dev',
  'cd packages/app && npm audit',
  'pnpm audit --prod',
  'yarn audit --level high',
  'yarn npm audit --all',
  'bun audit',
  'npx audit-ci --high',
  'npx --yes audit-ci@7.1.0 --config audit.json',
  'pnpm dlx better-npm-audit audit',
  'yarn dlx audit-ci',
  'npm exec -- audit-ci',
  'osv-scanner -r .',
  'npx snyk test --all-projects',
  'socket ci',
  'grype dir:. --fail-on high',
  'trivy fs --exit-code 1 .',
  'npx lockwarden audit',
]

const actions = [
  'uses: actions/dependency-review-action@v4',
  'uses: google/osv-scanner-action/osv-scanner-action@v2',
  'uses: snyk/actions/node@master',
  '{ uses: aquasecurity/trivy-action@master, with: { exit-code: "1" } }',
]

const none = [
  'npm ci --ignore-scripts',
  'npm audit fix',
  'npm audit || true',
  'npm audit --audit-level=none',
  'npm audit --audit-level none',
  'echo npm audit',
  '# npm audit',
  'pnpm audit --fix',
  'npx snyk monitor',
  'trivy fs .',
  'trivy fs --exit-code 0 .',
  'grype dir:.',
]

const missing = (...workflows: readonly string[]) => [
  {
    message: 'installs packages that no step of the workflows holds against known advisories',
    evidence: workflows.map((file) => ({ label: 'workflow without one', value: foreign(file) })),
    anchors: [{ kind: 'file' as const, file: 'package-lock.json' }] as const,
  },
]

const scripts = (name: string) => ({
  'package.json': JSON.stringify({ scripts: { lint: 'eslint .', verify: 'npm run gate', gate: 'audit-ci --high' } }),
  '.github/workflows/ci.yml': workflow('run: npm ci', `run: npm run ${name}`),
})

testRule(auditMissing, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    {
      name: 'a change, which is not to blame',
      subject: aPostureChange({ before: {}, after: { '.github/workflows/ci.yml': workflow('run: npm ci') } }),
    },
    { name: 'nothing that is installed', subject: anAudit(aPosture({}), []) },
    ...gates.map((command) => ({ name: command, subject: anAudit(running(command)) })),
    ...actions.map((step) => ({ name: step, subject: anAudit(ci('run: npm ci', step)) })),
    { name: 'a script that runs another, which asks', subject: anAudit(aPosture(scripts('verify'))) },
    {
      name: 'a shell file that a workflow starts',
      subject: anAudit(
        aPosture({
          'scripts/ci.sh': '#!/bin/sh\nset -e\nnpm ci\nnpm audit\n',
          '.github/workflows/ci.yml': workflow('run: ./scripts/ci.sh'),
        }),
      ),
    },
    {
      name: 'a workflow of somebody else that stands for a whole job',
      subject: anAudit(
        aPosture({
          '.github/workflows/osv.yml':
            'on: pull_request\njobs:\n  scan:\n    uses: google/osv-scanner-action/.github/workflows/osv-scanner-reusable-pr.yml@v2\n',
        }),
      ),
    },
  ],
  flagged: [
    ...[
      ['app/pnpm-lock.yaml', '`pnpm audit --audit-level=high`'],
      ['yarn.lock', '`yarn npm audit --recursive --severity high` (Yarn 1: `yarn audit`)'],
      ['bun.lock', '`bun audit --audit-level=high`'],
    ].map(([lockfile = '', command]) => ({
      name: `no workflow beside ${lockfile}, with a command of its own`,
      subject: anAudit(aPosture({}), [installing(undefined, { lockfile })]),
      observations: [
        {
          message: 'installs packages that no step of the workflows holds against known advisories',
          evidence: [],
          anchors: [{ kind: 'file' as const, file: lockfile }] as const,
          fix: `Let a workflow fail on known advisories, for example by ${command} after the install.`,
        },
      ],
    })),
    { name: 'no workflow', subject: anAudit(aPosture({})), observations: missing() },
    ...none.map((command) => ({
      name: command,
      subject: anAudit(running(command)),
      observations: missing('.github/workflows/ci.yml'),
    })),
    {
      name: 'an action that only reports',
      subject: anAudit(ci('uses: aquasecurity/trivy-action@master')),
      observations: missing('.github/workflows/ci.yml'),
    },
    {
      name: 'a script that no workflow runs',
      subject: anAudit(aPosture(scripts('lint'))),
      observations: missing('.github/workflows/ci.yml'),
    },
    {
      name: 'a gate that runs while an image is built, and not in CI',
      subject: anAudit(aPosture({ Dockerfile: 'FROM node:22\nRUN npm ci && npm audit\n' })),
      observations: missing(),
    },
  ],
})
