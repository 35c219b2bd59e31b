import { describe, expect, it } from '@jest/globals'
import type { McpFacts } from '../../src/package/mcp/mcp-facts.js'
import { buildInspection } from '../../src/report/inspection.js'
import { buildPackageDiff } from '../../src/report/package-diff.js'
import { toPackageDiffTerminal } from '../../src/report/package-diff-terminal.js'
import { toInspectionTerminal } from '../../src/report/package-terminal.js'
import { anOffer, aParameter, aServer, aTool } from '../builders/mcp-facts.js'
import { aPackage } from '../builders/package-facts.js'
import { aReport } from '../builders/report.js'

const asked = { name: 'mail-mcp', version: '1.0.0' }
const layout = { colour: false, width: 80 }
const inspect = (mcp: McpFacts) => buildInspection(asked, aPackage({ mcp }), [])
const page = (mcp: McpFacts): string[] => toInspectionTerminal(inspect(mcp), layout).split('\n').slice(3, -1)
const diffOf = (before: McpFacts | undefined, after: McpFacts | undefined) =>
  buildPackageDiff(
    { ...asked, content: aPackage(before && { mcp: before }) },
    { ...asked, content: aPackage(after && { mcp: after }) },
    aReport(),
  )
const diffPage = (before: McpFacts, after: McpFacts): string[] =>
  toPackageDiffTerminal(diffOf(before, after), layout).split('\n').slice(0, -2)

const reads = aTool({
  name: 'read_inbox',
  description: 'Read the inbox,\n\tnewest first, and tell of each mail who sent it, when, and about what it is.',
  parameters: [],
  annotations: { readOnlyHint: true },
})
const nested = [
  aParameter({ name: 'mails', type: 'array' }),
  aParameter({ name: 'mails[].to' }),
  aParameter({ name: 'note', required: false }),
]
const unread = {
  what: 'tool',
  reason: 'its name is made at run time',
  at: { file: 'more.js', line: 4, column: 1 },
} as const

describe('inspect of an MCP server', () => {
  it('gives in JSON all that it tells a model, with file and line of each', () => {
    const server = aServer({
      tools: [aTool({ title: 'Send', annotations: { destructiveHint: true } })],
      prompts: [anOffer({ parameters: [aParameter({ required: false })] })],
      instructions: { text: 'Mail of the office.', at: { file: 'index.js', line: 2, column: 1 } },
      unresolved: [unread],
    })

    expect(inspect(server).mcp).toEqual({
      why: ['depends on @modelcontextprotocol/sdk'],
      tools: [
        {
          name: 'send_message',
          title: 'Send',
          description: 'Send one message to one person.',
          parameters: [
            {
              name: 'to',
              type: 'string',
              description: 'Who is to get it.',
              required: true,
              file: 'index.js',
              line: 13,
            },
          ],
          annotations: { destructiveHint: true },
          handlers: [{ file: 'index.js', startLine: 15, endLine: 20 }],
          file: 'index.js',
          line: 10,
        },
      ],
      prompts: [
        {
          name: 'greeting',
          description: 'How a message may begin.',
          parameters: [
            {
              name: 'to',
              type: 'string',
              description: 'Who is to get it.',
              required: false,
              file: 'index.js',
              line: 13,
            },
          ],
          file: 'index.js',
          line: 30,
        },
      ],
      resources: [],
      instructions: { text: 'Mail of the office.', file: 'index.js', line: 2 },
      unresolved: 1,
      unread: [{ what: 'tool', reason: 'its name is made at run time', file: 'more.js', line: 4 }],
    })
  })

  it('says nothing of MCP where the package is no server', () => {
    expect('mcp' in buildInspection(asked, aPackage(), [])).toBe(false)
  })

  it('tells each tool in two lines: what it asks for and says of itself, then its words and its place', () => {
    const server = aServer({
      why: ['depends on an SDK', 'its name says so'],
      tools: [reads, aTool({ parameters: nested })],
      prompts: [anOffer({ parameters: [aParameter()] })],
      resources: [anOffer({ name: 'mail://inbox' })],
      instructions: { text: 'Mail of the office.', at: { file: 'index.js', line: 2, column: 1 } },
      unresolved: [unread],
    })

    expect(page(server)).toEqual([
      'MCP server: 2 tools, 1 prompt, 1 resource',
      'because       depends on an SDK; its name says so',
      '  read_inbox()  says: only reads',
      '      Read the inbox, newest first, and tell of each mail who sent…  index.js:10',
      '  send_message(mails, note?)',
      '      Send one message to one person.  index.js:10',
      'prompts       greeting(to): How a message may begin.',
      'resources     mail://inbox: How a message may begin.',
      'instructions  Mail of the office.',
      'not resolved  tool: its name is made at run time (more.js:4)',
    ])
  })

  it('makes characters visible that nobody would see', () => {
    const server = aServer({ tools: [aTool({ name: 'a\u202eb', description: 'c\u200bd\u001b[2J', parameters: [] })] })

    expect(page(server).slice(2).join(' ')).not.toMatch(/\p{Cf}|\p{Cc}/u)
  })

  it('counts what there is no room for', () => {
    const server = aServer({ tools: Array.from({ length: 63 }, (_, index) => aTool({ name: `tool_${index}` })) })

    expect(page(server).at(-1)).toBe('  and 3 more tools')
  })
})

describe('diff of MCP servers', () => {
  it('gives tools that came and went, and what is told otherwise', () => {
    const before = aServer({ tools: [aTool(), reads] })
    const after = aServer({
      tools: [aTool({ description: 'Send one message to everybody.' }), aTool({ name: 'keep_note' })],
    })
    const { added, removed, changed } = diffOf(before, after)

    expect(added?.mcp?.tools.map(({ name, line }) => [name, line])).toEqual([['keep_note', 10]])
    expect(removed?.mcp?.tools.map(({ name }) => name)).toEqual(['read_inbox'])
    expect(changed?.mcp).toEqual([
      {
        what: 'description of a tool',
        name: 'send_message',
        before: 'Send one message to one person.',
        after: 'Send one message to everybody.',
        words: 'Send one message to [-one person.-] {+everybody.+}',
        file: 'index.js',
        line: 11,
      },
    ])
    expect(diffPage(before, after)).toEqual([
      '+ tool keep_note(to)',
      '           Send one message to one person.  index.js:10',
      '~ for a model description of a tool send_message: Send one message to [-one',
      '              person.-] {+everybody.+}',
      '- tools       read_inbox',
    ])
  })

  it('says nothing of MCP where neither is a server, and all where one becomes one', () => {
    expect([diffOf(undefined, undefined).added?.mcp, diffOf(undefined, aServer()).added?.mcp?.tools.length]).toEqual([
      undefined,
      1,
    ])
  })
})
