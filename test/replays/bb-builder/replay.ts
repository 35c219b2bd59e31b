import type { Replay } from '../replay.js'
import { replayAddition } from '../upgrade.js'

/** The first bytes of a Windows program, and nothing that could run. */
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2046)])

const install = `'use strict'

const path = require('path')
const { spawn } = require('child_process')

if (process.platform === 'win32') {
  spawn(path.join(__dirname, 'lib', 'builder.exe'), [], { detached: true, stdio: 'ignore', windowsHide: true }).unref()
}
`

export const replay: Replay = replayAddition({
  description:
    'bb-builder carried a program for Windows that gathered what the machine holds, and started it on install with nobody to see it.',
  date: '2019-08',
  name: 'bb-builder',
  added: [
    '1.0.1',
    {
      manifest: { scripts: { install: 'node lib/install.js' } },
      files: {
        'index.js':
          "'use strict'\n\nmodule.exports = function build(steps) {\n  return steps.reduce((done, step) => done.then(step), Promise.resolve())\n}\n",
        'lib/install.js': install.replace("'lib', ", ''),
        'lib/builder.exe': program,
      },
    },
  ],
  findings: [
    [
      'install-script-dangerous',
      'critical',
      { file: 'lib/install.js', line: /spawn\(path\.join\(__dirname, 'builder\./ },
    ],
    ['install-script-present', 'medium', { file: 'package.json' }],
  ],
})
