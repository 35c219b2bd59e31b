import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A taken-over maintainer account released axios with one more dependency that no line of it used. That package was a day old, ' +
    'and its postinstall script was the attack.',
  date: '2026-03-31',
  packages: {
    axios: {
      '1.14.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.14.1': {
        manifest: { dependencies: { 'plain-crypto-js': '^4.2.1' } },
        files: { 'index.js': 'module.exports = 1\n' },
      },
    },
    'plain-crypto-js': {
      '4.2.1': {
        manifest: { scripts: { postinstall: 'node setup.js' } },
        files: { 'setup.js': "require('fs').unlinkSync(__filename)\n" },
      },
    },
  },
  base: { manifest: { dependencies: { axios: '^1.14.0' } }, locked: { axios: '1.14.0' } },
  head: {
    manifest: { dependencies: { axios: '^1.14.0' } },
    locked: {
      axios: { version: '1.14.1', dependencies: { 'plain-crypto-js': '^4.2.1' } },
      'plain-crypto-js': '4.2.1',
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-script-dangerous',
        severity: 'critical',
        package: 'plain-crypto-js',
        file: 'package-lock.json',
        line: '"version": "4.2.1",',
      },
      {
        rule: 'install-script-present',
        severity: 'medium',
        package: 'plain-crypto-js',
        file: 'package-lock.json',
        line: '"version": "4.2.1",',
      },
    ],
  },
}
