import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'Two files whose names differ in case: a scanner on Linux reads one, and whoever installs on macOS or Windows gets whichever was ' +
    'unpacked last.',

  packages: {
    'left-pad': {
      '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.0.1': { files: { 'index.js': 'module.exports = 1\n', 'INDEX.js': '// inert\n' } },
    },
  },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'tarball-unsafe',
        severity: 'high',
        package: 'left-pad',
        file: 'package-lock.json',
        line: /^"integrity": "sha512-/,
      },
    ],
  },
}
