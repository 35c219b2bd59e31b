import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    "Someone publishes the name of a company's private package with a version above all that the company will ever have, and the " +
    'installer that asks both registries takes the higher one.',
  date: '2021-02',
  packages: {
    'acme-billing': {
      '1.4.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '99.10.9': {
        manifest: { scripts: { preinstall: 'node index.js' } },
        files: { 'index.js': '// inert\n' },
      },
    },
  },
  base: { manifest: { dependencies: { 'acme-billing': '>=1.4.0' } }, locked: { 'acme-billing': '1.4.0' } },
  head: { manifest: { dependencies: { 'acme-billing': '>=1.4.0' } }, locked: { 'acme-billing': '99.10.9' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-script-added',
        severity: 'high',
        package: 'acme-billing',
        file: 'package-lock.json',
        line: '"version": "99.10.9",',
      },
      {
        rule: 'version-jump',
        severity: 'high',
        package: 'acme-billing',
        file: 'package-lock.json',
        line: '"version": "99.10.9",',
      },
    ],
  },
}
