import type { Replay } from '../replay.js'

const client = (
  env: string,
  name: string,
): string => `import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

export async function connect(): Promise<Client> {
  const client = new Client({ name: 'letters', version: '1.0.0' })
  const transport = new StdioClientTransport({
    command: 'npx',
    args: ['-y', '${name}'],
    env: ${env},
  })
  await client.connect(transport)
  return client
}
`

const file = 'src/letters.ts'

export const replay: Replay = {
  description:
    'A client of an MCP server asks for whatever version is newest, and hands over all that its own environment holds, where it handed over one variable.',
  packages: { 'letters-mcp': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: {
    locked: {},
    files: { [file]: client("{ LETTERS_TOKEN: process.env.LETTERS_TOKEN ?? '' }", 'letters-mcp@1.0.0') },
  },
  head: { locked: {}, files: { [file]: client('{ ...process.env } as Record<string, string>', 'letters-mcp@latest') } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'server-unpinned',
        severity: 'high',
        package: 'letters-mcp',
        file,
        line: "args: ['-y', 'letters-mcp@latest'],",
      },
      {
        rule: 'server-environment-excessive',
        severity: 'high',
        file,
        line: 'env: { ...process.env } as Record<string, string>,',
      },
    ],
  },
}
