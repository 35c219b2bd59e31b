import type { Replay } from '../replay.js'

const name = 'acme-ledger'
const own = (version: string) => `https://npm.acme.example/acme-ledger/-/acme-ledger-${version}.tgz`
const files = { '.github/lockwarden.yml': "version: 1\ninternal: { patterns: ['acme-*'] }\n" }
const locked = (version: string) => ({ [name]: { version, resolved: own(version), integrity: 'sha512-AA==' } })

export const replay: Replay = {
  description:
    "An internal package is still locked to the company's registry, while somebody has published its name in public with a higher version that the next careless install would take.",
  date: '2021-02',
  packages: { [name]: { '99.0.0': { files: { 'index.js': '// inert\n' } } } },
  base: { manifest: { dependencies: { [name]: '^1.0.0' } }, files, locked: locked('1.0.0') },
  head: { manifest: { dependencies: { [name]: '^1.0.0' } }, files, locked: locked('1.1.0') },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'internal-name-public',
        severity: 'critical',
        package: name,
        file: 'package-lock.json',
        line: '"version": "1.1.0",',
      },
      // Nothing maps the name, so that the version is looked for where it is not.
      {
        rule: 'package-unpublished',
        severity: 'high',
        package: name,
        file: 'package-lock.json',
        line: '"version": "1.1.0",',
      },
    ],
  },
}
