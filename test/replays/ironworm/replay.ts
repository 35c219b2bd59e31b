import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** The first bytes of a Linux program, and nothing that could run. */
const program = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(2040)])

const manifest = { main: 'dist/index.js' }
const files = { 'dist/index.js': compiledQueue }
const command = 'chmod +x ./tools/setup && ./tools/setup'

export const replay = replayUpgrade({
  description:
    'IronWorm: the tools of one team were released anew with a Linux program inside that ran before installation. What the program ' +
    'does, no reader of JavaScript can say: that it is there and is started is the whole evidence.',
  date: '2026-06-03',
  name: 'arnext',
  from: ['0.1.4', { manifest, files }],
  to: [
    '0.1.5',
    { manifest: { ...manifest, scripts: { preinstall: command } }, files: { ...files, 'tools/setup': program } },
  ],
  findings: [
    ['install-script-added', 'high', { file: 'package.json' }],
    ['native-binary-added', 'medium', { file: 'tools/setup' }],
  ],
})
