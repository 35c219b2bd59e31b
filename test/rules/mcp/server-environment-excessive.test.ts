import { foreign } from '../../../src/foreign.js'
import type { McpServer, McpServerChange } from '../../../src/repository/mcp/mcp-server.js'
import { serverEnvironmentExcessive } from '../../../src/rules/mcp/server-environment-excessive.js'
import { aServer } from '../../builders/mcp-server.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const repository = (...servers: readonly McpServerChange[]) => ({
  kind: 'repository' as const,
  policyErrors: [],
  mcp: { servers, approvals: [] },
})
const handing = (server: Partial<McpServer>, ...variables: readonly string[]): McpServer =>
  aServer({ environment: variables.map((name, index) => ({ name, line: 7 + index })), ...server })
const inCode = (file = 'src/mail.ts'): McpServer => {
  const { name: _, ...rest } = aServer({ file, origin: 'code', section: 'StdioClientTransport' })
  return { ...rest, wholeEnvironment: { text: '{ ...process.env }', line: 9 } }
}
const withFile = (text: string): McpServer => aServer({ wholeEnvironment: { text, line: 8 } })

const text = (label: string, value: string) => ({ label, value: foreign(value) })
const at = (line: number, file = '.mcp.json') => ({ kind: 'line' as const, file, line })
const whole = {
  message: 'starts an MCP server with its whole environment, and with every secret that is in it',
  evidence: [text('starts', 'node server.js'), text('given', '{ ...process.env }')],
}
const foreignTo =
  'hands an MCP server credentials of services that it has nothing to do with by all that its entry says'

testRule(serverEnvironmentExcessive, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'named variables', subject: repository({ after: handing({}, 'MAIL_TOKEN', 'MODE') }) },
    { name: 'what base handed over', subject: repository({ before: inCode(), after: { ...inCode(), line: 30 } }) },
    {
      name: 'the credential of its own service',
      subject: repository({ after: handing({ name: 'github' }, 'GITHUB_TOKEN') }),
    },
    {
      name: 'the credential of the service that its address names',
      subject: repository({
        after: handing({ name: 'work', url: { text: 'https://mcp.stripe.example', line: 4 } }, 'STRIPE_API_KEY'),
      }),
    },
    {
      name: 'a database for a server of data',
      subject: repository({ after: handing({ name: 'postgres' }, 'DATABASE_URL') }),
    },
    {
      name: 'keys of models for a server that asks one',
      subject: repository({ after: handing({ name: 'fetch' }, 'OPENAI_API_KEY', 'ANTHROPIC_API_KEY') }),
    },
    {
      name: 'one credential for a server that says nothing',
      subject: repository({ after: handing({ name: 'work' }, 'GITHUB_TOKEN') }),
    },
    {
      name: 'a credential that base handed over',
      subject: repository({
        before: handing({ name: 'postmark' }, 'GITHUB_TOKEN'),
        after: handing({ name: 'postmark' }, 'GITHUB_TOKEN', 'MODE'),
      }),
    },
    {
      name: 'the shared file that base handed over',
      subject: repository({ before: withFile('.env'), after: withFile('./.env') }),
    },
    { name: 'a file of variables for it alone', subject: repository({ after: withFile('config/mail.env') }) },
  ],
  flagged: [
    {
      name: 'the whole environment in code',
      subject: repository({ after: inCode() }),
      observations: [{ ...whole, anchors: [at(9, 'src/mail.ts')] }],
    },
    {
      name: 'the same in a test, at low',
      subject: repository({ after: inCode('test/mail.test.ts') }),
      observations: [{ ...whole, anchors: [at(9, 'test/mail.test.ts')], severity: 'low' }],
    },
    {
      name: 'a file of variables that others share',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as VS Code writes it.
      subject: repository({ after: withFile('${workspaceFolder}/.env') }),
      observations: [
        {
          message: 'hands an MCP server all variables of a file that other programs share',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: as VS Code writes it.
          evidence: [text('server', 'mail'), text('given', '${workspaceFolder}/.env')],
          anchors: [at(8)],
          severity: 'medium',
        },
      ],
    },
    {
      name: 'a shared file where base handed over its own',
      subject: repository({ before: withFile('mail.env'), after: withFile('.env') }),
      observations: [
        {
          message: 'hands an MCP server all variables of a file that other programs share',
          evidence: [text('server', 'mail'), text('given', '.env')],
          anchors: [at(8)],
          severity: 'medium',
        },
      ],
    },
    {
      name: 'credentials of other services than its own',
      subject: repository({
        after: handing({ name: 'postmark' }, 'POSTMARK_API_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'DATABASE_URL'),
      }),
      observations: [
        {
          message: foreignTo,
          evidence: [
            text('server', 'postmark'),
            text('variable', 'AWS_SECRET_ACCESS_KEY'),
            text('variable', 'DATABASE_URL'),
          ],
          anchors: [at(8), at(9)],
          confidence: 'medium',
        },
      ],
    },
    {
      name: 'a credential for a server that needs none',
      subject: repository({ after: handing({ name: 'time' }, 'GITHUB_TOKEN') }),
      observations: [
        {
          message: foreignTo,
          evidence: [text('server', 'time'), text('variable', 'GITHUB_TOKEN')],
          anchors: [at(7)],
          confidence: 'medium',
        },
      ],
    },
    {
      name: 'credentials of three services for a server that says nothing',
      subject: repository({ after: handing({ name: 'work' }, 'GITHUB_TOKEN', 'SLACK_BOT_TOKEN', 'JIRA_API_TOKEN') }),
      observations: [
        {
          message: 'hands one MCP server the credentials of several services',
          evidence: [
            text('server', 'work'),
            text('variable', 'GITHUB_TOKEN'),
            text('variable', 'SLACK_BOT_TOKEN'),
            text('variable', 'JIRA_API_TOKEN'),
          ],
          anchors: [at(7), at(8), at(9)],
          confidence: 'medium',
          severity: 'medium',
        },
      ],
    },
  ],
})
