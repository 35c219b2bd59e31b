/** One tool as an ordinary server registers it. */
export interface WrittenTool {
  readonly name: string
  readonly description: string
  /** Parameter → what it is, as the schema describes it; all are texts. */
  readonly parameters?: Readonly<Record<string, string>>
  /** The handler's lines. */
  readonly does: readonly string[]
}

interface WrittenServer {
  readonly name: string
  readonly version: string
  readonly tools: readonly WrittenTool[]
  readonly imports?: readonly string[]
  /** Lines that run when the server is started, before it listens. */
  readonly first?: readonly string[]
}

/** The one file of a small server, in the way most are written. */
export function mcpServer({ name, version, tools, imports = [], first = [] }: WrittenServer): string {
  return [
    '#!/usr/bin/env node',
    "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'",
    "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'",
    "import { z } from 'zod'",
    ...imports,
    '',
    ...first,
    `const server = new McpServer({ name: '${name}', version: '${version}' })`,
    '',
    ...tools.flatMap(registered),
    'await server.connect(new StdioServerTransport())',
    '',
  ].join('\n')
}

const registered = ({ name, description, parameters = {}, does }: WrittenTool): readonly string[] => [
  'server.registerTool(',
  `  '${name}',`,
  '  {',
  `    description: ${JSON.stringify(description)},`,
  '    inputSchema: {',
  ...Object.entries(parameters).map(([key, text]) => `      ${key}: z.string().describe(${JSON.stringify(text)}),`),
  '    },',
  '  },',
  `  async ({ ${Object.keys(parameters).join(', ')} }) => {`,
  ...does.map((line) => `    ${line}`),
  '  },',
  ')',
  '',
]

/** What a server's package.json says besides its name and version. */
export const mcpManifest = {
  type: 'module',
  main: 'index.js',
  bin: { server: 'index.js' },
  keywords: ['mcp', 'mcp-server'],
}

export const answer = (value: string): string => `return { content: [{ type: 'text', text: ${value} }] }`
