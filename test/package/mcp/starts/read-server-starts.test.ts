import { describe, expect, it } from '@jest/globals'
import { maxServerStarts } from '../../../../src/limits.js'
import { fileAnalyser } from '../../../../src/package/code/analyse-file.js'
import type { ServerStart } from '../../../../src/package/mcp/starts/server-start.js'

const analyse = fileAnalyser()
const startsIn = (text: string, path = 'src/client.ts'): readonly ServerStart[] =>
  analyse(Buffer.from(text), path).serverStarts ?? []

const sdk = "import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'\n"

/** What is started, in one line. */
const shown = (text: string, path?: string): readonly string[] =>
  startsIn(text, path).map(({ by, name, words, url, variables, wholeEnvironment }) =>
    [
      `${by}${name === undefined ? '' : ` ${name}`}:`,
      ...words.map((word) => word.text),
      ...(url ? [url.text] : []),
      ...variables.map((variable) => `+${variable.text}`),
      ...(wholeEnvironment ? ['+all'] : []),
    ].join(' '),
  )

const transport = (options: string): string => `${sdk}const transport = new StdioClientTransport(${options})`

describe('the servers that code starts', () => {
  const starts: readonly (readonly [code: string, ...shown: string[]])[] = [
    [transport("{ command: 'npx', args: ['-y', 'mail-mcp'] }"), 'StdioClientTransport: npx -y mail-mcp'],
    [
      `${sdk}const name = 'mail' + '-mcp'; const args = ['-y', name]; const o = { command: 'npx', args }; new StdioClientTransport(o)`,
      'StdioClientTransport: npx -y mail-mcp',
    ],
    [transport('{ command: process.execPath, args: [file, ...more] }'), 'StdioClientTransport: node … …'],
    [
      transport("{ command: 'npx', args: ['mail-mcp', '--port=' + port] }"),
      'StdioClientTransport: npx mail-mcp --port=…',
    ],
    [
      transport("{ command: 'npx', args: ['mail-mcp'], env: { MAIL_TOKEN: token, 'MODE': 'fast' } }"),
      'StdioClientTransport: npx mail-mcp +MAIL_TOKEN +MODE',
    ],
    [transport("{ command: 'npx', args: ['mail-mcp'], env: process.env }"), 'StdioClientTransport: npx mail-mcp +all'],
    [
      transport(
        "{ command: 'npx', args: ['mail-mcp'], env: { ...process.env, MODE: 'fast' } as Record<string, string> }",
      ),
      'StdioClientTransport: npx mail-mcp +MODE +all',
    ],
    [
      `${sdk}const env = { ...process.env }\nnew StdioClientTransport({ command: 'npx', args: ['mail-mcp'], env })`,
      'StdioClientTransport: npx mail-mcp +all',
    ],
    [
      transport("{ command: 'npx', args: ['mail-mcp'], env: Object.assign({}, process.env) }"),
      'StdioClientTransport: npx mail-mcp +all',
    ],
    [
      transport(
        "{ command: 'npx', args: ['mail-mcp'], env: Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) }",
      ),
      'StdioClientTransport: npx mail-mcp +all',
    ],
    [
      transport(
        "{ command: 'npx', args: ['mail-mcp'], env: Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MAIL_'))) }",
      ),
      'StdioClientTransport: npx mail-mcp',
    ],
    [
      transport("{ command: 'npx', args: ['mail-mcp'], env: { ...getDefaultEnvironment(), MAIL: process.env.MAIL } }"),
      'StdioClientTransport: npx mail-mcp +MAIL',
    ],
    [
      "import { experimental_createMCPClient } from 'ai'\nimport { Experimental_StdioMCPTransport as T } from 'ai/mcp-stdio'\nnew Experimental_StdioMCPTransport({ command: 'npx', args: ['mail-mcp'] })",
      'Experimental_StdioMCPTransport: npx mail-mcp',
    ],
    [
      "import { MCPServerStdio } from '@openai/agents'\nnew MCPServerStdio({ fullCommand: 'npx -y mail-mcp' })",
      'MCPServerStdio: npx -y mail-mcp',
    ],
    [
      "new MultiServerMCPClient({ mcpServers: { mail: { command: 'npx', args: ['mail-mcp'] }, web: { url: 'https://web.example' } } })",
      'mcpServers mail: npx mail-mcp',
      'mcpServers web: https://web.example',
    ],
    [
      "for await (const m of query({ prompt, options: { mcpServers: { mail: { command: 'npx', args: ['mail-mcp'] } } } })) m",
      'mcpServers mail: npx mail-mcp',
    ],
    [
      "import { spawn } from 'node:child_process'\nspawn('npx', ['-y', 'mail-mcp'], { env: { MODE: 'fast' } })",
      'spawn: npx -y mail-mcp +MODE',
    ],
    ["import { spawn } from 'node:child_process'\nspawn('npx', ['-y', 'mail-mcp'])", 'spawn: npx -y mail-mcp +all'],
    ["const cp = require('child_process')\ncp.exec('npx -y @acme/mcp-mail@1')", 'exec: npx -y @acme/mcp-mail@1 +all'],
    [
      "import { spawn } from 'node:child_process'\nspawn('node', ['./mcp/server.js'])",
      'spawn: node ./mcp/server.js +all',
    ],
    [
      `${sdk}const base = { command: 'npx', env: process.env }; new StdioClientTransport({ ...base, args: ['mail-mcp'] })`,
      'StdioClientTransport: npx mail-mcp +all',
    ],
    [
      "import { spawn } from 'node:child_process'\nspawn('npx', ['-y', '@modelcontextprotocol/server-time'], { env })",
      'spawn: npx -y @modelcontextprotocol/server-time',
    ],
    ["import { spawn } from 'node:child_process'\nspawn('git', ['status']) // of mcp"],
    ["new SSEClientTransport(new URL('https://mail.example/mcp'))"],
    ['const transport = new StdioServerTransport() // mcp'],
    ["render({ servers: { a: { command: 'x' } } }) // mcp"],
    ["const text = 'new StdioClientTransport({ command: 1 })'"],
  ]
  for (const [code, ...expected] of starts) {
    it(`of ${JSON.stringify(code.replace(sdk, '')).slice(0, 130)} are ${expected.length === 0 ? 'none' : expected.join(' and ')}`, () => {
      expect(shown(code)).toEqual(expected)
    })
  }

  it('are told with the lines of their words', () => {
    const [start] = startsIn(
      `${sdk}new StdioClientTransport({\n  command: 'npx',\n  args: [\n    'mail-mcp',\n  ],\n  env: process.env,\n})\n`,
    )
    expect(start).toEqual({
      by: 'StdioClientTransport',
      line: 2,
      column: 1,
      words: [
        { text: 'npx', line: 3 },
        { text: 'mail-mcp', line: 5 },
      ],
      variables: [],
      wholeEnvironment: { text: 'env: process.env,', line: 7 },
    })
  })

  it('are found in JavaScript as in TypeScript', () => {
    expect(
      shown(
        "const { StdioClientTransport } = require('sdk')\nnew StdioClientTransport({ command: 'uvx', args: ['mail'] })",
        'a.js',
      ),
    ).toEqual(['StdioClientTransport: uvx mail'])
  })

  it('are told up to a limit', () => {
    const many = Array.from({ length: maxServerStarts + 5 }, () => "new StdioClientTransport({ command: 'npx' })").join(
      '\n',
    )
    expect(startsIn(many)).toHaveLength(maxServerStarts)
  })
})
