import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A pull request adds an entry to the lockfile that nothing asks for: no manifest names it and no package depends on it. ' +
    'Whoever compares entries with manifests has nothing to compare, and some installers put it into the tree all the same.',
  packages: { 'left-pad': { '1.0.0': {}, '1.0.1': {} }, 'quiet-guest': { '1.0.0': {} } },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: {
    manifest: { dependencies: { 'left-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.1', 'quiet-guest': '1.0.0' },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'lockfile-entry-orphaned',
        severity: 'medium',
        package: 'quiet-guest',
        file: 'package-lock.json',
        line: '"version": "1.0.0",',
      },
    ],
  },
}
