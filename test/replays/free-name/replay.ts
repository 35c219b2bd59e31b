import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'A manifest that is public names a package which only a company has. Nobody owns the name in the public registry, so that whoever reads the manifest can take it.',
  date: '2021-02',
  packages: {},
  base: { manifest: {}, locked: {} },
  head: { manifest: { dependencies: { 'acme-ledger': '^1.0.0' } }, locked: { 'acme-ledger': '1.0.2' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'internal-name-unscoped',
        severity: 'high',
        package: 'acme-ledger',
        file: 'package-lock.json',
        line: '"version": "1.0.2",',
      },
    ],
  },
}
