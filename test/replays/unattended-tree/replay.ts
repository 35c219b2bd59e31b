import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

const workflow = `on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd
      - run: npm ci --ignore-scripts
      - run: npm audit || true
      - run: npm test
`

export const replay: Replay = {
  description:
    'How a repository stands that installs carefully and asks nobody about what it has: its workflow lists advisories and stops for none, and no release says what it was made of.',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  head: {
    manifest: { dependencies: { 'left-pad': '1.0.0' } },
    locked: { 'left-pad': '1.0.0' },
    files: { '.github/workflows/test.yml': workflow },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('left-pad', '1.0.0', ['provenance-absent', 'low']),
      { rule: 'audit-missing', severity: 'medium', file: 'package-lock.json' },
      { rule: 'sbom-missing', severity: 'medium', file: 'package-lock.json' },
    ],
  },
}
