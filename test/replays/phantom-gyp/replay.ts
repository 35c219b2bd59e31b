import type { Replay } from '../replay.js'

const gyp = '{"targets": [{"target_name": "a", "sources": ["<!(echo inert && echo stub.c)"]}]}\n'

export const replay: Replay = {
  description:
    'Packages without a single script carried a binding.gyp whose command ran a script while it named a source file that did not ' +
    'exist. npm starts node-gyp for such a file by itself.',
  date: '2026-06-03',
  packages: {
    '@vapi-ai/server-sdk': {
      '1.2.1': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.2.2': { files: { 'index.js': 'module.exports = 1\n', 'binding.gyp': gyp } },
    },
  },
  base: { manifest: { dependencies: { '@vapi-ai/server-sdk': '^1.2.1' } }, locked: { '@vapi-ai/server-sdk': '1.2.1' } },
  head: { manifest: { dependencies: { '@vapi-ai/server-sdk': '^1.2.1' } }, locked: { '@vapi-ai/server-sdk': '1.2.2' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'implicit-build-added',
        severity: 'high',
        package: '@vapi-ai/server-sdk',
        file: 'package-lock.json',
        line: '"version": "1.2.2",',
      },
    ],
  },
}
