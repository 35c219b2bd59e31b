import { foreign } from '../../../src/foreign.js'
import type { McpServer, McpServerChange } from '../../../src/repository/mcp/mcp-server.js'
import { serverConfigChanged } from '../../../src/rules/mcp/server-config-changed.js'
import { anAudit } from '../../builders/audited.js'
import { aServer } from '../../builders/mcp-server.js'
import { aPosture } from '../../builders/posture.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const repository = (...servers: readonly McpServerChange[]) => ({
  kind: 'repository' as const,
  policyErrors: [],
  mcp: { servers, approvals: [] },
})
const variable = (name: string, line: number, digest?: string) => ({
  name,
  line,
  ...(digest !== undefined && { digest }),
})
const text = (label: string, value: string) => ({ label, value: foreign(value) })
const atLine = (line: number) => [{ kind: 'line' as const, file: '.mcp.json', line }] as const
const changed = (line: number, ...evidence: readonly ReturnType<typeof text>[]) => ({
  message: 'changes how an MCP server is started or reached, for everyone who opens the project',
  evidence: [text('server', 'mail'), ...evidence],
  anchors: atLine(line),
})
const remote = (): McpServer => {
  const { command: _, ...rest } = aServer({ args: [], url: { text: 'https://mail.example/mcp', line: 4 } })
  return rest
}

testRule(serverConfigChanged, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'no server', subject: repository() },
    {
      name: 'a server that stands there, in an audit',
      subject: { ...anAudit(aPosture({})), mcp: { servers: [{ after: aServer() }], approvals: [] } },
    },
    {
      name: 'code that starts a server, which its reviewers see as code',
      subject: repository({ after: aServer({ file: 'src/mail.ts', origin: 'code' }) }),
    },
    {
      name: 'code that starts it in another way',
      subject: repository({ before: aServer({ origin: 'code' }), after: aServer({ origin: 'code', args: [] }) }),
    },
    {
      name: 'code that hands over more',
      subject: repository({ after: aServer({ origin: 'code', environment: [variable('MAIL_TOKEN', 6)] }) }),
    },
  ],
  flagged: [
    {
      name: 'a new server, with what it starts and the names of its variables',
      subject: repository({ after: aServer({ environment: [variable('MAIL_TOKEN', 6)] }) }),
      observations: [
        {
          message: 'adds an MCP server that the assistants of everyone who opens the project will start',
          evidence: [text('server', 'mail'), text('starts', 'node server.js'), text('variables', 'MAIL_TOKEN')],
          anchors: atLine(3),
        },
      ],
    },
    {
      name: 'a new server at an address',
      subject: repository({ after: remote() }),
      observations: [
        {
          message: 'adds an MCP server that the assistants of everyone who opens the project will talk to',
          evidence: [text('server', 'mail'), text('address', 'https://mail.example/mcp')],
          anchors: atLine(3),
        },
      ],
    },
    {
      name: 'another argument, on its line',
      subject: repository({ before: aServer(), after: aServer({ args: [{ text: 'other.js', line: 5 }] }) }),
      observations: [changed(5, text('starts, before', 'node server.js'), text('starts', 'node other.js'))],
    },
    {
      name: 'another command',
      subject: repository({ before: aServer(), after: aServer({ command: { text: 'deno', line: 4 } }) }),
      observations: [changed(4, text('starts, before', 'node server.js'), text('starts', 'deno server.js'))],
    },
    {
      name: 'another folder',
      subject: repository({ before: aServer(), after: aServer({ folder: { text: 'tools', line: 9 } }) }),
      observations: [changed(9, text('folder', 'tools'))],
    },
    {
      name: 'one argument less, at the name',
      subject: repository({ before: aServer(), after: aServer({ args: [] }) }),
      observations: [changed(3, text('starts, before', 'node server.js'), text('starts', 'node'))],
    },
    {
      name: 'another address',
      subject: repository({
        before: remote(),
        after: { ...remote(), url: { text: 'https://other.example/mcp', line: 4 } },
      }),
      observations: [
        changed(4, text('address, before', 'https://mail.example/mcp'), text('address', 'https://other.example/mcp')),
      ],
    },
    {
      name: 'variables more and less',
      subject: repository({
        before: aServer({ environment: [variable('MODE', 7)] }),
        after: aServer({ environment: [variable('NODE_OPTIONS', 8, 'a')] }),
      }),
      observations: [changed(8, text('variables added', 'NODE_OPTIONS'), text('variables removed', 'MODE'))],
    },
    {
      name: 'another value of a variable that decides which code runs',
      subject: repository({
        before: aServer({ environment: [variable('NODE_OPTIONS', 8, 'a')] }),
        after: aServer({ environment: [variable('NODE_OPTIONS', 8, 'b')] }),
      }),
      observations: [changed(8, text('variables with another value', 'NODE_OPTIONS'))],
    },
    {
      name: 'a server that is turned on',
      subject: repository({ before: aServer({ disabled: true }), after: aServer() }),
      observations: [changed(3, text('turned off, before', 'yes'), text('turned off', 'no'))],
    },
  ],
})
