import { colours } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { type: 'module', bin: { cline: 'dist/cli.mjs' } }
const files = { 'dist/cli.mjs': `#!/usr/bin/env node\n${colours}console.log(toHex(names.teal))\n` }
const postinstall = 'npm install -g openclaw@latest'

export const replay = replayUpgrade({
  description:
    'A stolen token released cline with nothing new but one script: whoever installed it got another assistant besides, for the whole ' +
    'machine, at whatever version was the latest.',
  date: '2026-02-17',
  name: 'cline',
  from: ['2.2.3', { manifest, files }],
  to: ['2.3.0', { manifest: { ...manifest, scripts: { postinstall } }, files }],
  findings: [
    ['install-script-added', 'high', { file: 'package.json' }],
    ['install-script-dangerous', 'critical', { file: 'package.json' }],
  ],
})
