import { integrityOf } from '../../builders/lockfile.js'
import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A private registry lets a version be published again. The lockfile still held the hash of the bytes that were reviewed; ' +
    'the pull request "repairs" the failing install by locking the new ones.',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': '// other bytes than those of the first day\n' } } } },
  base: {
    manifest: { dependencies: { 'left-pad': '^1.0.0' } },
    locked: { 'left-pad': { version: '1.0.0', integrity: integrityOf('bytes of the first day') } },
  },
  head: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'integrity-changed',
        severity: 'critical',
        package: 'left-pad',
        file: 'package-lock.json',
        line: /^"integrity": "sha512-/,
      },
    ],
  },
}
