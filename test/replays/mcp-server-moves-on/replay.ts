import type { Replay } from '../replay.js'

const settings = (version: string): string => `{
  // Servers of the team.
  "servers": {
    "mail": { "type": "stdio", "command": "npx", "args": ["-y", "letters-mcp@${version}"] },
  },
}
`

const file = '.vscode/mcp.json'
const line = settings('2.1.4').split('\n')[3]?.trim() ?? ''

export const replay: Replay = {
  description:
    'A server that an editor starts moves on by one version, exact before and after. No lockfile changes; the new version runs a script when it is installed.',
  packages: {
    'letters-mcp': {
      '2.1.3': { files: { 'index.js': 'module.exports = 1\n' } },
      '2.1.4': {
        manifest: { scripts: { postinstall: 'node setup.js' } },
        files: { 'index.js': 'module.exports = 1\n', 'setup.js': '// inert\n' },
      },
    },
  },
  base: { locked: {}, files: { [file]: settings('2.1.3') } },
  head: { locked: {}, files: { [file]: settings('2.1.4') } },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'install-script-added', severity: 'high', package: 'letters-mcp', file, line },
      { rule: 'server-config-changed', severity: 'medium', file, line },
    ],
  },
}
