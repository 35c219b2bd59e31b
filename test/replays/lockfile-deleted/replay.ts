import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A pull request deletes the lockfile "because it always conflicts". From then on every install takes the newest version ' +
    'of everything, which is how most malicious releases reach their victims within hours.',
  packages: { 'left-pad': { '1.0.0': {} } },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: null },
  expected: {
    verdict: 'flagged',
    findings: [{ rule: 'lockfile-missing', severity: 'critical', file: 'package.json' }],
  },
}
