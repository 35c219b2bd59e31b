import type { Replay } from '../replay.js'

const goMod = 'module app.example/tool\n\ngo 1.23\n\nrequire git.example/acme/lib v1.2.3\n'

export const replay: Replay = {
  description: 'A change deletes the go.sum of a tool, so that the proxy of the day decides what its modules are.',
  packages: {},
  base: { manifest: null, locked: null, files: { 'go.mod': goMod, 'go.sum': '' } },
  head: { manifest: null, locked: null, files: { 'go.mod': goMod } },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'checksums-missing', severity: 'high', file: 'go.mod', line: 'require git.example/acme/lib v1.2.3' },
    ],
  },
}
