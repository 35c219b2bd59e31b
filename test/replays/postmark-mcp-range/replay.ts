import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

export const replay: Replay = {
  description:
    'postmark-mcp was honest for fifteen versions; the next one sent a copy of each e-mail to its publisher and reached ' +
    'everyone who took the server by a range. The pull request that brings in the range is the last one to be asked.',
  date: '2025-09',
  packages: {
    'postmark-mcp': {
      '1.0.12': {
        manifest: {
          bin: { 'postmark-mcp': 'index.js' },
          keywords: ['mcp', 'email'],
          dependencies: { '@modelcontextprotocol/sdk': '1.17.0' },
        },
        files: { 'index.js': '// inert\n' },
      },
    },
    '@modelcontextprotocol/sdk': { '1.17.0': {} },
  },
  base: { manifest: {}, locked: {} },
  head: {
    manifest: { dependencies: { 'postmark-mcp': '^1.0.12' } },
    locked: {
      'postmark-mcp': { version: '1.0.12', dependencies: { '@modelcontextprotocol/sdk': '1.17.0' } },
      '@modelcontextprotocol/sdk': '1.17.0',
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('postmark-mcp', '1.0.12', ['provenance-absent', 'low']),
      {
        rule: 'name-imitates-service',
        severity: 'high',
        package: 'postmark-mcp',
        file: 'package-lock.json',
        line: '"version": "1.0.12",',
      },
      {
        rule: 'range-unpinned',
        severity: 'medium',
        package: 'postmark-mcp',
        file: 'package.json',
        line: '"postmark-mcp": "^1.0.12"',
      },
    ],
  },
}
