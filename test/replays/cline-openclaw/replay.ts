import { colours } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { type: 'module', bin: { cline: 'dist/cli.mjs' } }
const files = { 'dist/cli.mjs': `#!/usr/bin/env node\n${colours}console.log(toHex(names.teal))\n` }
const postinstall = 'npm install -g openclaw@latest'

const built = { provenance: { repository: 'cline/cline' } }

export const replay = replayUpgrade({
  description:
    'A stolen token released cline with nothing new but one script: whoever installed it got another assistant besides, for the whole ' +
    'machine, at whatever version was the latest.',
  date: '2026-02-17',
  reviewedAt: '2026-02-17T18:00:00Z',
  name: 'cline',
  from: ['2.2.3', { manifest, files, published: '2026-02-11T12:00:00Z', ...built }],
  to: ['2.3.0', { manifest: { ...manifest, scripts: { postinstall } }, files, published: '2026-02-17T12:00:00Z' }],
  findings: [
    ['combined-risk', 'critical'],
    ['provenance-lost', 'high'],
    ['release-fresh', 'medium'],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['install-script-dangerous', 'critical', { file: 'package.json' }],
  ],
})
