import type { McpServer, StartedPackage } from '../../src/repository/mcp/mcp-server.js'

/** A server that `.mcp.json` starts by a file of the repository. */
export const aServer = (overrides: Partial<McpServer> = {}): McpServer => ({
  file: '.mcp.json',
  origin: 'configuration',
  section: 'mcpServers',
  name: 'mail',
  line: 3,
  command: { text: 'node', line: 4 },
  args: [{ text: 'server.js', line: 5 }],
  environment: [],
  disabled: false,
  started: [],
  ...overrides,
})

/** `npx mail-mcp` without a version, which would run 1.0.1 today. */
export const aStartedPackage = (overrides: Partial<StartedPackage> = {}): StartedPackage => ({
  source: 'npm',
  name: 'mail-mcp',
  range: '',
  exact: false,
  runner: 'npx',
  line: 5,
  variable: false,
  looksAtProject: true,
  resolved: '1.0.1',
  ...overrides,
})
