import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'The manifest asks for a newer major and for one more package while the lockfile stays: whatever installs without ' +
    '--frozen takes versions that nobody reviewed.',
  packages: { 'left-pad': { '1.0.0': {}, '2.0.0': {} } },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: {
    manifest: { dependencies: { 'left-pad': '^2.0.0', 'right-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.0' },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'lockfile-out-of-sync', severity: 'high', file: 'package.json', line: '"left-pad": "^2.0.0",' },
      { rule: 'lockfile-out-of-sync', severity: 'high', file: 'package.json', line: '"right-pad": "^1.0.0"' },
    ],
  },
}
