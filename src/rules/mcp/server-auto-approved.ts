import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { McpApproval } from '../../repository/mcp/mcp-server.js'
import { defineRule, type Observation } from '../rule.js'

export const serverAutoApproved = defineRule({
  id: 'server-auto-approved',
  title: 'approval of MCP tools without asking',
  severity: 'high',
  confidence: 'high',
  fix: 'Leave approvals to each person and out of the repository: whoever can change a server or its texts can use what is approved.',
  on: ['repository'],
  needs: [],

  inspect({ mcp }) {
    const byFile = new Map<string, McpApproval[]>()
    for (const approval of mcp?.approvals ?? []) {
      byFile.set(approval.file, [...(byFile.get(approval.file) ?? []), approval])
    }
    return [...byFile.values()].flatMap(observe)
  },
})

function observe(approvals: readonly McpApproval[]): readonly Observation[] {
  const [first, ...others] = approvals.map(({ file, line }): Anchor => ({ kind: 'line', file, line }))
  if (first === undefined) return []
  return [
    {
      message: approvals.some(({ everything }) => everything)
        ? 'lets MCP servers or all of their tools run without asking the person who opened the project'
        : 'lets tools of MCP servers run without asking the person who opened the project',
      evidence: approvals.map(({ server, setting, value }) => ({
        label: setting,
        value: foreign(server === undefined ? value : `${server}: ${value}`),
      })),
      anchors: [first, ...others],
    },
  ]
}
