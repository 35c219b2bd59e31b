import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'The first Shai-Hulud worm: releases of @ctrl/tinycolor and hundreds of other packages ran a bundled script after install that ' +
    'looked for credentials and published itself onward.',
  date: '2025-09-14',
  packages: {
    '@ctrl/tinycolor': {
      '4.1.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '4.1.1': {
        manifest: { scripts: { postinstall: 'node bundle.js' } },
        files: { 'index.js': 'module.exports = 1\n', 'bundle.js': '// inert\n' },
      },
    },
  },
  base: { manifest: { dependencies: { '@ctrl/tinycolor': '^4.1.0' } }, locked: { '@ctrl/tinycolor': '4.1.0' } },
  head: { manifest: { dependencies: { '@ctrl/tinycolor': '^4.1.0' } }, locked: { '@ctrl/tinycolor': '4.1.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-script-added',
        severity: 'high',
        package: '@ctrl/tinycolor',
        file: 'package-lock.json',
        line: '"version": "4.1.1",',
      },
    ],
  },
}
