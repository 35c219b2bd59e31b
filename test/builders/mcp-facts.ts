import type { McpFacts, McpOffer, McpParameter, McpTool } from '../../src/package/mcp/mcp-facts.js'

const declaredAt = { file: 'index.js', line: 10, column: 3 }

/** A required text, unless said otherwise. */
export const aParameter = (overrides: Partial<McpParameter> = {}): McpParameter => ({
  name: 'to',
  type: 'string',
  description: 'Who is to get it.',
  required: true,
  at: { file: 'index.js', line: 13, column: 5 },
  ...overrides,
})

/** An honest tool that sends a message. */
export const aTool = (overrides: Partial<McpTool> = {}): McpTool => ({
  name: 'send_message',
  description: 'Send one message to one person.',
  parameters: [aParameter()],
  at: declaredAt,
  descriptionAt: { file: 'index.js', line: 11, column: 5 },
  handlers: [{ file: 'index.js', startLine: 15, endLine: 20 }],
  ...overrides,
})

export const anOffer = (overrides: Partial<McpOffer> = {}): McpOffer => ({
  name: 'greeting',
  description: 'How a message may begin.',
  parameters: [],
  at: { file: 'index.js', line: 30, column: 3 },
  ...overrides,
})

/** What a server with one tool says. */
export const aServer = (overrides: Partial<McpFacts> = {}): McpFacts => ({
  why: ['depends on @modelcontextprotocol/sdk'],
  tools: [aTool()],
  prompts: [],
  resources: [],
  unresolved: [],
  ...overrides,
})
