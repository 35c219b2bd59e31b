import type { Replay } from '../replay.js'

const policy = { '.github/lockwarden.yml': "version: 1\ninternal: { patterns: ['acme-*'] }\n" }

export const replay: Replay = {
  description:
    'Requirements are taken from a second index beside the public one. pip takes the highest version of both, so that an internal name published in public wins.',
  date: '2022-12',
  packages: {},
  base: { manifest: null, locked: null, files: { ...policy, 'requirements.txt': 'httpx==0.27.0\n' } },
  head: {
    manifest: null,
    locked: null,
    files: {
      ...policy,
      'requirements.txt': 'httpx==0.27.0\n--extra-index-url https://pypi.acme.example/simple\nacme-triton==2.0.0\n',
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'internal-name-unscoped',
        severity: 'high',
        file: 'requirements.txt',
        line: 'acme-triton==2.0.0',
      },
      {
        rule: 'registry-order-unsafe',
        severity: 'high',
        file: 'requirements.txt',
        line: '--extra-index-url https://pypi.acme.example/simple',
      },
    ],
  },
}
