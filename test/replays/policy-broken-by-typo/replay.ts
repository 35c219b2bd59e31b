import type { Replay } from '../replay.js'

const policy = (rule: string): string => `version: 1\nfailOn: high\nrules:\n  ${rule}: off\n`

export const replay: Replay = {
  description:
    'A change to the policy misspells a rule. Once merged, the setting would do nothing and reviews would stop.',
  packages: { 'left-pad': { '1.0.0': {} } },
  base: {
    manifest: { dependencies: { 'left-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.0' },
    files: { '.github/lockwarden.yml': policy('integrity-weak') },
  },
  head: {
    manifest: { dependencies: { 'left-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.0' },
    files: { '.github/lockwarden.yml': policy('integrity-weeak') },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'policy-invalid', severity: 'high', file: '.github/lockwarden.yml', line: 'integrity-weeak: off' },
    ],
  },
}
