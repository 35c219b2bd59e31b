import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'library', name: 'left-pad', version: '1.0.0', purl: 'pkg:npm/left-pad@1.0.0' },
    { type: 'library', name: 'project', version: '1.0.0', purl: 'pkg:npm/project@1.0.0' },
  ],
}

const workflow = `on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd
      - run: npm ci --ignore-scripts
      - run: npm audit --audit-level=high
`

export const replay: Replay = {
  description:
    'A bill of materials that was made once: the lockfile has moved on, so that a search in it for the version of an incident finds the one before.',
  packages: {
    'left-pad': {
      '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.0.1': { files: { 'index.js': 'module.exports = 2\n' } },
    },
  },
  head: {
    manifest: { dependencies: { 'left-pad': '1.0.1' } },
    locked: { 'left-pad': '1.0.1' },
    files: { 'bom.json': `${JSON.stringify(bom, null, 2)}\n`, '.github/workflows/test.yml': workflow },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'sbom-stale', severity: 'medium', file: 'bom.json' },
      onVersion('left-pad', '1.0.1', ['provenance-absent', 'low']),
    ],
  },
}
