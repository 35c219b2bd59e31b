import type { Replay } from '../replay.js'

const name = '@acme/core'
const own = 'https://npm.acme.example/@acme/core/-/core-1.0.0.tgz'
const manifest = { dependencies: { [name]: '^1.0.0' } }
const files = { '.yarnrc.yml': 'npmScopes:\n  acme:\n    npmRegistryServer: https://npm.acme.example\n' }
const lockedLine = /^"resolved": ".*core-1\.0\.1\.tgz",$/

export const replay: Replay = {
  description:
    "The repository's settings send a scope to the company's own registry. A change locks a package of it to the public one, where somebody else has published it.",
  packages: { [name]: { '1.0.1': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { manifest, files, locked: { [name]: { version: '1.0.0', resolved: own, integrity: 'sha512-AA==' } } },
  head: { manifest, files, locked: { [name]: '1.0.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'internal-name-public',
        severity: 'critical',
        package: name,
        file: 'package-lock.json',
        line: lockedLine,
      },
      {
        rule: 'registry-host-unexpected',
        severity: 'high',
        package: name,
        file: 'package-lock.json',
        line: lockedLine,
      },
    ],
  },
}
