import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'The hash of one entry is deleted and that of another is replaced by its sha1, both under cover of an upgrade. An ' +
    'installer checks by what the lockfile holds: nothing for the one, a broken algorithm for the other.',
  packages: { 'left-pad': { '1.0.0': {}, '1.0.1': {} }, 'right-pad': { '1.0.0': {}, '1.0.1': {} } },
  base: {
    manifest: { dependencies: { 'left-pad': '^1.0.0', 'right-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.0', 'right-pad': '1.0.0' },
  },
  head: {
    manifest: { dependencies: { 'left-pad': '^1.0.0', 'right-pad': '^1.0.0' } },
    locked: {
      'left-pad': { version: '1.0.1', integrity: undefined },
      'right-pad': { version: '1.0.1', integrity: 'sha1' },
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'integrity-missing',
        severity: 'high',
        package: 'left-pad',
        file: 'package-lock.json',
        line: /^"resolved": ".*left-pad-1\.0\.1\.tgz"$/,
      },
      {
        rule: 'integrity-weak',
        severity: 'medium',
        package: 'right-pad',
        file: 'package-lock.json',
        line: /^"integrity": "sha1-/,
      },
    ],
  },
}
