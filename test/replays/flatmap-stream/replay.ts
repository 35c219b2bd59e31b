import { integrityOf } from '../../builders/lockfile.js'
import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'event-stream was handed to a stranger, who added flatmap-stream; the registry took its version down once it was known to be ' +
    'malicious. A pull request from before that day still locks it.',
  date: '2018-09',
  packages: { 'flatmap-stream': { '0.1.2': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { manifest: {}, locked: {} },
  head: {
    manifest: { dependencies: { 'flatmap-stream': '^0.1.0' } },
    locked: { 'flatmap-stream': { version: '0.1.1', integrity: integrityOf('taken down') } },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'package-unpublished',
        severity: 'high',
        package: 'flatmap-stream',
        file: 'package-lock.json',
        line: '"version": "0.1.1",',
      },
    ],
  },
}
