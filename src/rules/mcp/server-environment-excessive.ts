import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { McpServer, McpServerChange } from '../../repository/mcp/mcp-server.js'
import { defineRule, type Observation } from '../rule.js'
import { foreignCredentials } from '../shared/server-purpose.js'

export const serverEnvironmentExcessive = defineRule({
  id: 'server-environment-excessive',
  title: 'excessive environment of an MCP server',
  severity: 'high',
  confidence: 'high',
  fix: 'Hand the server only the variables that it needs, each by its name.',
  on: ['repository'],
  needs: [],

  inspect({ mcp }) {
    return (mcp?.servers ?? []).flatMap((change) => [...inspectWhole(change), ...inspectCredentials(change)])
  },
})

function inspectWhole({ before, after }: McpServerChange): readonly Observation[] {
  const whole = after.wholeEnvironment
  const had = before?.wholeEnvironment
  if (whole === undefined || (had !== undefined && (after.origin === 'code' || isEverybodysFile(had.text)))) return []
  const anchors: [Anchor] = [{ kind: 'line', file: after.file, line: whole.line }]
  const evidence = [...serverOf(after), { label: 'given', value: foreign(whole.text) }]
  if (after.origin === 'configuration') {
    // A file for this server alone holds named variables as the configuration itself does.
    if (!isEverybodysFile(whole.text)) return []
    return [
      {
        message: 'hands an MCP server all variables of a file that other programs share',
        evidence,
        anchors,
        severity: 'medium',
      },
    ]
  }
  return [
    {
      message: 'starts an MCP server with its whole environment, and with every secret that is in it',
      evidence,
      anchors,
      // What tests start runs where tests run; there are few secrets, and none of users.
      ...(isTest(after.file) && { severity: 'low' as const }),
    },
  ]
}

const isEverybodysFile = (path: string): boolean =>
  /(?:^|[\\/}])\.env(?:\.(?:local|production|development))?$/.test(path)

const isTest = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|e2e|specs?|fixtures|examples?)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(path)

function inspectCredentials({ before, after }: McpServerChange): readonly Observation[] {
  const found = foreignCredentials(after)
  const had = new Set(before?.environment.map(({ name }) => name))
  const variables = found?.variables.filter((name) => !had.has(name)) ?? []
  const [first, ...others] = variables.map((name) => anchorOf(after, name))
  if (found === undefined || first === undefined) return []
  return [
    {
      message: found.purposeKnown
        ? 'hands an MCP server credentials of services that it has nothing to do with by all that its entry says'
        : 'hands one MCP server the credentials of several services',
      evidence: [...serverOf(after), ...variables.map((name) => ({ label: 'variable', value: foreign(name) }))],
      anchors: [first, ...others],
      confidence: 'medium',
      ...(!found.purposeKnown && { severity: 'medium' as const }),
    },
  ]
}

const anchorOf = ({ file, line, environment }: McpServer, variable: string): Anchor => ({
  kind: 'line',
  file,
  line: environment.find(({ name }) => name === variable)?.line ?? line,
})

const serverOf = ({ name, command, args }: McpServer) => [
  name === undefined
    ? { label: 'starts', value: foreign([command, ...args].map((word) => word?.text ?? '').join(' ')) }
    : { label: 'server', value: foreign(name) },
]
