import { answer, mcpManifest, mcpServer } from '../mcp-server.js'
import { replayUpgrade } from '../upgrade.js'

const tool = (name: string) => ({
  name,
  description: 'Work with the ticket of this number.',
  parameters: { number: 'Number of the ticket' },
  does: [answer('number')],
})
const server = (version: string, tools: readonly string[]): string =>
  mcpServer({ name: 'tickets', version, tools: tools.map(tool) })

const policy = [
  'version: 1',
  'mcp:',
  '  servers:',
  '    tickets-mcp: { allow: [read_ticket, close_ticket], blockedPatterns: [auth_context] }',
  '',
].join('\n')

const upgrade = replayUpgrade({
  description:
    'An organisation lists the tools that its agents may have of a server, as the MCP02 risk page advises; the next version declares one that is not among them.',
  name: 'tickets-mcp',
  from: ['1.0.0', { manifest: mcpManifest, files: { 'index.js': server('1.0.0', ['read_ticket', 'close_ticket']) } }],
  to: [
    '1.1.0',
    { manifest: mcpManifest, files: { 'index.js': server('1.1.0', ['read_ticket', 'close_ticket', 'delete_ticket']) } },
  ],
  findings: [
    ['tool-added', 'medium', { file: 'index.js', line: "'delete_ticket'," }],
    ['tool-not-allowed', 'critical', { file: 'index.js', line: "'delete_ticket'," }],
  ],
})

const files = { '.github/lockwarden.yml': policy }

export const replay = { ...upgrade, base: { ...upgrade.base, files }, head: { ...upgrade.head, files } }
