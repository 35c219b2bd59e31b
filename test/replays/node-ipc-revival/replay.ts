import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'Whoever took node-ipc over by way of an expired domain published patches of lines that had rested for years, because ' +
    'ranges take those by themselves. Here the patch holds nothing: its number and its date are the whole evidence.',
  date: '2026-05-14',
  packages: {
    'node-ipc': {
      '9.1.4': { published: '2021-01-10T10:00:00.000Z' },
      '9.1.5': { published: '2021-06-05T10:00:00.000Z' },
      '12.0.0': { published: '2024-08-20T10:00:00.000Z' },
      '9.1.6': { published: '2026-05-14T10:00:00.000Z' },
    },
  },
  base: { manifest: { dependencies: { 'node-ipc': '^9.1.4' } }, locked: { 'node-ipc': '9.1.5' } },
  head: { manifest: { dependencies: { 'node-ipc': '^9.1.4' } }, locked: { 'node-ipc': '9.1.6' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'version-out-of-order',
        severity: 'medium',
        package: 'node-ipc',
        file: 'package-lock.json',
        line: '"version": "9.1.6",',
      },
    ],
  },
}
