import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { upgradeOf } from '../scene.js'

const peace = `'use strict'

const fs = require('fs')
const os = require('os')
const path = require('path')

/** Words of peace on every desktop. */
function deliver() {
  for (const folder of ['Desktop', 'OneDrive/Desktop']) {
    const target = path.join(os.homedir(), folder)
    if (!fs.existsSync(target)) continue
    fs.writeFile(path.join(target, 'WITH-LOVE.txt'), 'War is not the answer.', () => {})
  }
}

deliver()
`

export const replay: Replay = {
  description:
    'After the wiper, node-ipc took up peacenotwar by the same author in a line that everybody used: loading it left a text on the ' +
    'desktop. An added package that writes a file is nothing to report by itself; who published it, and when, are other rules’ to tell.',
  date: '2022-03',
  ...upgradeOf(
    {
      'node-ipc': {
        before: { version: '9.2.1', manifest: { main: 'node-ipc.js' }, files: { 'node-ipc.js': compiledQueue } },
        after: {
          version: '9.2.2',
          manifest: { main: 'node-ipc.js', dependencies: { peacenotwar: '^9.1.3' } },
          files: { 'node-ipc.js': `${compiledQueue}require("peacenotwar");\n` },
        },
      },
    },
    { peacenotwar: { version: '9.1.3', files: { 'index.js': peace } } },
  ),
  expected: {
    verdict: 'clear',
    findings: [],
  },
}
