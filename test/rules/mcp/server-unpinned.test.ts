import { foreign } from '../../../src/foreign.js'
import type { McpServer, McpServerChange } from '../../../src/repository/mcp/mcp-server.js'
import { serverUnpinned } from '../../../src/rules/mcp/server-unpinned.js'
import { aServer, aStartedPackage } from '../../builders/mcp-server.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const repository = (...servers: readonly McpServerChange[]) => ({
  kind: 'repository' as const,
  policyErrors: [],
  mcp: { servers, approvals: [] },
})
const starting = (overrides: Parameters<typeof aStartedPackage>[0] = {}, server: Partial<McpServer> = {}) =>
  aServer({ started: [aStartedPackage(overrides)], ...server })
const pinned = { range: '1.0.0', exact: true, resolved: '1.0.0' }

const newest = 'whatever version is newest then'
const seen = ({
  runs = newest,
  where = 'an MCP configuration',
  servers = ['mail'],
  asked = 'npx mail-mcp',
  name = 'mail-mcp',
  today = '1.0.1',
  lines = [5],
  file = '.mcp.json',
}: {
  readonly runs?: string
  readonly where?: string
  readonly servers?: readonly string[]
  readonly asked?: string
  readonly name?: string
  readonly today?: string | null
  readonly lines?: readonly [number, ...number[]] | number[]
  readonly file?: string
} = {}) => ({
  message: `is started as an MCP server by ${where} without an exact version: each start runs ${runs}`,
  evidence: [
    ...servers.map((server) => ({ label: 'server', value: foreign(server) })),
    { label: 'started with', value: foreign(asked) },
    ...(today === null ? [] : [{ label: 'would run today', value: foreign(`${name}@${today}`) }]),
  ],
  anchors: lines.map((line) => ({ kind: 'line' as const, file, line })) as unknown as readonly [
    { readonly kind: 'line'; readonly file: string; readonly line: number },
  ],
  package: { name, ...(today !== null && { after: today }) },
})

testRule(serverUnpinned, {
  clear: [
    { name: 'a project', subject: aProject() },
    { name: 'a repository in which nobody looked', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'no server', subject: repository() },
    { name: 'an exact version', subject: repository({ after: starting(pinned) }) },
    { name: 'a file of the repository', subject: repository({ after: aServer() }) },
    { name: 'what the manifest of the project holds', subject: repository({ after: starting({ inProject: true }) }) },
    { name: 'a server that is turned off', subject: repository({ after: starting({}, { disabled: true }) }) },
    {
      name: 'what base started in the same way',
      subject: repository({ before: starting(), after: starting({}, { environment: [{ name: 'MODE', line: 7 }] }) }),
    },
    {
      name: 'an image by its digest',
      subject: repository({ after: starting({ source: 'image', range: `sha256:${'0'.repeat(64)}`, exact: true }) }),
    },
    { name: 'a version that becomes exact', subject: repository({ before: starting(), after: starting(pinned) }) },
  ],
  flagged: [
    { name: 'a name alone', subject: repository({ after: starting() }), observations: [seen()] },
    {
      name: 'a tag',
      subject: repository({ after: starting({ range: 'latest' }) }),
      observations: [seen({ asked: 'npx mail-mcp@latest' })],
    },
    {
      name: 'a range where base had a version',
      subject: repository({ before: starting(pinned), after: starting({ range: '^1.0.0' }) }),
      observations: [seen({ asked: 'npx mail-mcp@^1.0.0' })],
    },
    {
      name: 'a server that is turned on',
      subject: repository({ before: starting({}, { disabled: true }), after: starting() }),
      observations: [seen()],
    },
    {
      name: 'a package of which the registry says nothing',
      subject: repository({ after: aServer({ started: [withoutVersion()] }) }),
      observations: [seen({ today: null })],
    },
    {
      name: 'a Python package',
      subject: repository({ after: aServer({ started: [withoutVersion('pypi', 'mail-server', 'uvx')] }) }),
      observations: [seen({ asked: 'uvx mail-server', name: 'mail-server', today: null })],
    },
    {
      name: 'an image by its tag',
      subject: repository({ after: aServer({ started: [withoutVersion('image', 'acme/mail', 'docker run', '1.0')] }) }),
      observations: [
        seen({
          runs: 'whatever image bears its tag then',
          asked: 'docker run acme/mail:1.0',
          name: 'acme/mail',
          today: null,
        }),
      ],
    },
    {
      name: 'a repository without a commit',
      subject: repository({ after: aServer({ started: [withoutVersion('npm-git', 'github:acme/mail', 'npx')] }) }),
      observations: [
        seen({
          runs: 'whatever its repository holds then',
          asked: 'npx github:acme/mail',
          name: 'github:acme/mail',
          today: null,
        }),
      ],
    },
    {
      name: 'one package of two servers once, with both lines',
      subject: repository({ after: starting() }, { after: starting({ line: 15 }, { name: 'post', line: 13 }) }),
      observations: [seen({ servers: ['mail', 'post'], lines: [5, 15] })],
    },
    {
      name: 'code that starts one',
      subject: repository({ after: aServerOfCode() }),
      observations: [seen({ where: 'code of the repository', servers: [], file: 'src/mail.ts', lines: [9] })],
    },
  ],
})

function withoutVersion(
  source: 'npm' | 'pypi' | 'image' | 'npm-git' = 'npm',
  name = 'mail-mcp',
  runner = 'npx',
  range = '',
) {
  const { resolved: _, ...rest } = aStartedPackage({ source, name, runner, range })
  return rest
}

function aServerOfCode(): McpServer {
  const { name: _, ...rest } = starting(
    { line: 9 },
    { file: 'src/mail.ts', origin: 'code', section: 'StdioClientTransport' },
  )
  return rest
}
