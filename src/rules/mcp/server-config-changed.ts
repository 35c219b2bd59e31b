import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { McpServer } from '../../repository/mcp/mcp-server.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { isWholeState } from '../shared/whole-state.js'

export const serverConfigChanged = defineRule({
  id: 'server-config-changed',
  title: 'added or changed MCP server',
  severity: 'medium',
  confidence: 'high',
  fix: 'Ask whoever made the change what the server is for, and look at what it starts: it runs with the rights of everyone who opens the project.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { mcp } = repository
    if (isWholeState(repository)) return []
    const changes = (mcp?.servers ?? []).filter(({ after }) => after.origin === 'configuration')
    return changes.map((change) =>
      change.before === undefined ? added(change.after) : changed(change.before, change.after),
    )
  },
})

function added(server: McpServer): Observation {
  const { file, line, command, url } = server
  return {
    message:
      command === undefined
        ? 'adds an MCP server that the assistants of everyone who opens the project will talk to'
        : 'adds an MCP server that the assistants of everyone who opens the project will start',
    evidence: [
      { label: 'server', value: foreign(server.name ?? '') },
      ...textOf('starts', commandLine(server)),
      ...textOf('address', url?.text),
      ...textOf('variables', namesIn(server).join(', ')),
    ],
    anchors: [{ kind: 'line', file, line }],
  }
}

function changed(before: McpServer, after: McpServer): Observation {
  const [had, has] = [namesIn(before), namesIn(after)]
  const digests = new Map(before.environment.map(({ name, digest }) => [name, digest]))
  const revalued = after.environment.filter(({ name, digest }) => digests.has(name) && digests.get(name) !== digest)
  return {
    message: 'changes how an MCP server is started or reached, for everyone who opens the project',
    evidence: [
      { label: 'server', value: foreign(after.name ?? '') },
      ...bothOf('starts', commandLine(before), commandLine(after)),
      ...bothOf('folder', before.folder?.text, after.folder?.text),
      ...bothOf('address', before.url?.text, after.url?.text),
      ...textOf('variables added', has.filter((name) => !had.includes(name)).join(', ')),
      ...textOf('variables removed', had.filter((name) => !has.includes(name)).join(', ')),
      ...textOf('variables with another value', revalued.map(({ name }) => name).join(', ')),
      ...bothOf('turned off', yesOrNo(before.disabled), yesOrNo(after.disabled)),
    ],
    anchors: anchorsOf(before, after),
  }
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no')

const commandLine = ({ command, args }: McpServer): string | undefined =>
  command === undefined ? undefined : [command, ...args].map(({ text }) => text).join(' ')

const namesIn = ({ environment, wholeEnvironment }: McpServer): readonly string[] => [
  ...environment.map(({ name }) => name),
  ...(wholeEnvironment === undefined ? [] : [`all of ${wholeEnvironment.text}`]),
]

const textOf = (label: string, value: string | undefined): readonly Evidence[] =>
  value === undefined || value === '' ? [] : [{ label, value: foreign(value) }]

const bothOf = (label: string, before: string | undefined, after: string | undefined): readonly Evidence[] =>
  before === after ? [] : [...textOf(`${label}, before`, before), ...textOf(label, after)]

/** The first line of the entry that is not what it was; where something is only gone, that of the server's name. */
function anchorsOf(before: McpServer, after: McpServer): readonly [Anchor, ...Anchor[]] {
  const had = new Set([before.command, ...before.args, before.url, before.folder].map((word) => word?.text))
  const variables = new Set(before.environment.map(({ name, digest }) => JSON.stringify([name, digest])))
  const places = [
    ...[after.command, after.url, ...after.args, after.folder].flatMap((word) =>
      word === undefined || had.has(word.text) ? [] : [word.line],
    ),
    ...after.environment
      .filter(({ name, digest }) => !variables.has(JSON.stringify([name, digest])))
      .map(({ line }) => line),
  ]
  const [first = after.line] = places
  return [{ kind: 'line', file: after.file, line: first }]
}
