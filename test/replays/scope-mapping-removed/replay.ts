import type { Replay } from '../replay.js'

const manifest = { dependencies: { '@acme/core': '1.0.0' } }
const policy = { '.github/lockwarden.yml': "version: 1\ninternal: { scopes: ['@acme'] }\n" }

export const replay: Replay = {
  description:
    "A change takes the line away that sends a company's scope to its own registry, so that the next install asks for it in public.",
  packages: {},
  base: {
    manifest,
    locked: null,
    files: { ...policy, '.npmrc': '@acme:registry=https://npm.acme.example/\nsave-exact=true\n' },
  },
  head: { manifest, locked: null, files: { ...policy, '.npmrc': 'save-exact=true\n' } },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'registry-scope-missing', severity: 'high', file: 'package.json', line: '"@acme/core": "1.0.0"' },
    ],
  },
}
