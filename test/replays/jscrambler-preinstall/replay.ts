import { startLine, startPacked, unpackLine } from '../packed-program.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { main: 'dist/index.js' }
const files = { 'dist/index.js': compiledQueue }
const command = 'node dist/setup.js'

export const replay = replayUpgrade({
  description:
    'The first bad release of jscrambler: before installation a script took a program out of a packed text, wrote it to a folder for ' +
    'temporary files and started it apart from the install.',
  date: '2026-07-11',
  name: 'jscrambler',
  from: ['8.13.0', { manifest, files }],
  to: [
    '8.14.0',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { ...files, 'dist/setup.js': startPacked('inert '.repeat(200)) },
    },
  ],
  findings: [
    [
      'install-script-dangerous',
      'critical',
      {
        file: 'dist/setup.js',
        line: startLine,
      },
    ],
    [
      'remote-code-run',
      'critical',
      {
        file: 'dist/setup.js',
        line: unpackLine,
      },
    ],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      {
        file: 'dist/setup.js',
        line: startLine,
      },
    ],
    ['install-script-added', 'high', { file: 'package.json' }],
  ],
})
