import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A direct dependency that its manifest takes by a tag moves to another version in the lockfile alone: the line that a ' +
    'reviewer reads stays the same, and what is installed does not.',
  packages: { 'left-pad': { '1.0.0': {}, '1.4.0': {} } },
  base: { manifest: { dependencies: { 'left-pad': 'latest' } }, locked: { 'left-pad': '1.0.0' } },
  head: { manifest: { dependencies: { 'left-pad': 'latest' } }, locked: { 'left-pad': '1.4.0' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'lockfile-changed-alone',
        severity: 'low',
        package: 'left-pad',
        file: 'package-lock.json',
        line: '"version": "1.4.0",',
      },
    ],
  },
}
