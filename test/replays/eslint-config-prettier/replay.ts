import type { Replay } from '../replay.js'

/** The first bytes of a Windows program, and nothing that could run. */
const library = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(510)])

const start = "require('child_process').spawn('rundll32', [__dirname + '/node-gyp.dll,main'])\n"

export const replay: Replay = {
  description:
    'A phished maintainer token released packages of settings with an install script that loaded a Windows library lying beside it, ' +
    'named after a build tool.',
  date: '2025-07-18',
  packages: {
    'eslint-config-prettier': {
      '10.1.5': { files: { 'index.js': 'module.exports = {}\n' } },
      '10.1.6': {
        manifest: { scripts: { install: 'node install.js' } },
        files: { 'index.js': 'module.exports = {}\n', 'install.js': start, 'node-gyp.dll': library },
      },
    },
  },
  base: {
    manifest: { dependencies: { 'eslint-config-prettier': '^10.1.5' } },
    locked: { 'eslint-config-prettier': '10.1.5' },
  },
  head: {
    manifest: { dependencies: { 'eslint-config-prettier': '^10.1.5' } },
    locked: { 'eslint-config-prettier': '10.1.6' },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-script-dangerous',
        severity: 'critical',
        package: 'eslint-config-prettier',
        file: 'package-lock.json',
        line: '"version": "10.1.6",',
      },
      {
        rule: 'install-script-added',
        severity: 'high',
        package: 'eslint-config-prettier',
        file: 'package-lock.json',
        line: '"version": "10.1.6",',
      },
      {
        rule: 'native-binary-added',
        severity: 'medium',
        package: 'eslint-config-prettier',
        file: 'package-lock.json',
        line: '"version": "10.1.6",',
      },
    ],
  },
}
