import type { Replay } from '../replay.js'

const settings = (words: string): string => `{
  "mcpServers": {
    "mail": {
      "command": "npx",
      "args": [
        "-y",
${words}        "letters-mcp@1.0.0"
      ]
    }
  }
}
`

const file = '.cursor/mcp.json'

export const replay: Replay = {
  description:
    'The version of a server stays as exact as it was, and is asked of another registry from now on: one line, and other bytes under the same name.',
  packages: { 'letters-mcp': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { locked: {}, files: { [file]: settings('') } },
  head: { locked: {}, files: { [file]: settings('        "--registry=https://mirror.example",\n') } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'registry-host-unexpected',
        severity: 'high',
        package: 'letters-mcp',
        file,
        line: '"letters-mcp@1.0.0"',
      },
      { rule: 'server-config-changed', severity: 'medium', file, line: '"--registry=https://mirror.example",' },
    ],
  },
}
