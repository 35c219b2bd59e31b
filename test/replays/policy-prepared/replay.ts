import type { Replay } from '../replay.js'

const workspace = (age: number, more = '') => `minimumReleaseAge: ${age}\ntrustPolicy: no-downgrade\n${more}`

export const replay: Replay = {
  description:
    'A change that installs nothing prepares the next one: it lowers the age that releases must have and lets every package of a scope run its scripts.',
  packages: {},
  base: { manifest: null, locked: null, files: { 'pnpm-workspace.yaml': workspace(4320) } },
  head: {
    manifest: null,
    locked: null,
    files: { 'pnpm-workspace.yaml': workspace(10, "onlyBuiltDependencies:\n  - '@acme-build/*'\n") },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-policy-weakened',
        severity: 'high',
        file: 'pnpm-workspace.yaml',
        line: 'minimumReleaseAge: 10',
      },
      {
        rule: 'install-policy-weakened',
        severity: 'high',
        file: 'pnpm-workspace.yaml',
        line: "- '@acme-build/*'",
      },
    ],
  },
}
