import { foreign } from '../../../src/foreign.js'
import type { McpApproval } from '../../../src/repository/mcp/mcp-server.js'
import { serverAutoApproved } from '../../../src/rules/mcp/server-auto-approved.js'
import { aServer } from '../../builders/mcp-server.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const approving = (...approvals: readonly McpApproval[]) => ({
  kind: 'repository' as const,
  policyErrors: [],
  mcp: { servers: [], approvals },
})
const approval = (overrides: Partial<McpApproval> = {}): McpApproval => ({
  file: '.mcp.json',
  line: 6,
  server: 'mail',
  setting: 'alwaysAllow',
  value: 'send',
  everything: false,
  ...overrides,
})
const ofAll = (overrides: Partial<McpApproval> = {}): McpApproval => {
  const { server: _, ...rest } = approval({
    file: '.claude/settings.json',
    line: 2,
    setting: 'enableAllProjectMcpServers',
    value: 'true',
    everything: true,
    ...overrides,
  })
  return rest
}
const someTools = 'lets tools of MCP servers run without asking the person who opened the project'
const allTools = 'lets MCP servers or all of their tools run without asking the person who opened the project'
const line = (file: string, at: number) => ({ kind: 'line' as const, file, line: at })

testRule(serverAutoApproved, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'nothing approved', subject: approving() },
    {
      name: 'a new server without approvals',
      subject: { kind: 'repository', policyErrors: [], mcp: { servers: [{ after: aServer() }], approvals: [] } },
    },
  ],
  flagged: [
    {
      name: 'a tool by its name',
      subject: approving(approval()),
      observations: [
        {
          message: someTools,
          evidence: [{ label: 'alwaysAllow', value: foreign('mail: send') }],
          anchors: [line('.mcp.json', 6)],
        },
      ],
    },
    {
      name: 'all servers of the project',
      subject: approving(ofAll()),
      observations: [
        {
          message: allTools,
          evidence: [{ label: 'enableAllProjectMcpServers', value: foreign('true') }],
          anchors: [line('.claude/settings.json', 2)],
        },
      ],
    },
    {
      name: 'several settings, one observation for each file',
      subject: approving(approval(), approval({ line: 7, value: 'read' }), ofAll()),
      observations: [
        {
          message: someTools,
          evidence: [
            { label: 'alwaysAllow', value: foreign('mail: send') },
            { label: 'alwaysAllow', value: foreign('mail: read') },
          ],
          anchors: [line('.mcp.json', 6), line('.mcp.json', 7)],
        },
        {
          message: allTools,
          evidence: [{ label: 'enableAllProjectMcpServers', value: foreign('true') }],
          anchors: [line('.claude/settings.json', 2)],
        },
      ],
    },
    {
      name: 'all tools of one server',
      subject: approving(approval({ value: '*', everything: true })),
      observations: [
        {
          message: allTools,
          evidence: [{ label: 'alwaysAllow', value: foreign('mail: *') }],
          anchors: [line('.mcp.json', 6)],
        },
      ],
    },
  ],
})
