import { createHash } from 'node:crypto'
import { maxMcpServers, maxMcpValues } from '../../limits.js'
import {
  isTrue,
  itemsOf,
  type Member,
  memberAt,
  memberOf,
  membersOf,
  type PlacedValue,
  textsOf,
} from '../settings/placed-value.js'
import { readApprovals } from './approvals.js'
import type { McpApproval, McpServer, McpVariable, McpWord, StartedPackage } from './mcp-server.js'
import { readStart } from './started-packages.js'
import { addressWithoutSecrets, withoutSecrets } from './without-secrets.js'

/** What one configuration says of MCP servers. */
export interface McpConfiguration {
  readonly servers: readonly McpServer[]
  readonly approvals: readonly McpApproval[]
  /** A limit was met, in our words: what comes after it was not read. */
  readonly cut?: string
}

/** Where clients keep their servers by name. VS Code's `servers`, Zed's `context_servers`, Codex' `mcp_servers`, opencode's `mcp`. */
const maps = [
  'mcpServers',
  'servers',
  'mcp.servers',
  'context_servers',
  'mcp_servers',
  'mcp',
  'amp.mcpServers',
  'settings.mcp.servers',
  'customizations.vscode.mcp.servers',
  'customizations.vscode.settings.mcp.servers',
]

export function readConfiguration(file: string, value: PlacedValue | undefined): McpConfiguration {
  const found = [...mapsIn(value), ...plainMap(value)].flatMap(([section, map]) =>
    membersOf(map).flatMap(([name, member]) => (isServer(member.value) ? [{ section, name, member }] : [])),
  )
  const read = found.slice(0, maxMcpServers)
  return {
    servers: read.map(({ section, name, member }) =>
      readServer({ file, section, name, line: member.line }, member.value),
    ),
    approvals: readApprovals(file, value, read),
    ...cutOf(
      found.length,
      read.map(({ member }) => member.value),
    ),
  }
}

function cutOf(count: number, servers: readonly PlacedValue[]): { readonly cut?: string } {
  if (count > maxMcpServers) return { cut: `${count} servers, and only the first ${maxMcpServers} were read` }
  const sizes = servers.flatMap((server) =>
    ['args', 'env', 'env_vars', 'environment', 'command'].map((key) => sizeOf(memberOf(server, key)?.value)),
  )
  if (sizes.every((size) => size <= maxMcpValues)) return {}
  return { cut: `a server with more than ${maxMcpValues} arguments or variables, of which the first were read` }
}

const sizeOf = (value: PlacedValue | undefined): number => Math.max(itemsOf(value).length, membersOf(value).length)

type Section = readonly [section: string, map: PlacedValue]

function mapsIn(value: PlacedValue | undefined): readonly Section[] {
  const own = maps.flatMap((path): Section[] => {
    const map = memberAt(value, path)?.value
    return map === undefined ? [] : [[path, map]]
  })
  // Claude keeps servers by project, and lists plugins with theirs.
  const nested = [
    ...membersOf(memberOf(value, 'projects')?.value).map(([path, { value: project }]) => [path, project] as const),
    ...itemsOf(memberOf(value, 'plugins')?.value).map((plugin, index) => [String(index), plugin] as const),
  ]
  const inner = nested.flatMap(([where, one]): Section[] => {
    const map = memberOf(one, 'mcpServers')?.value
    return map === undefined ? [] : [[`${where} mcpServers`, map]]
  })
  return [...own, ...inner]
}

/** Some clients take a file that is nothing but servers by name. */
function plainMap(value: PlacedValue | undefined): readonly Section[] {
  const members = membersOf(value)
  return value !== undefined && members.length > 0 && members.every(([, { value: entry }]) => isServer(entry))
    ? [['', value]]
    : []
}

const addresses = ['url', 'serverUrl', 'httpUrl', 'uri', 'endpoint']

const isServer = (value: PlacedValue): boolean =>
  value.kind === 'object' &&
  (commandOf(value) !== undefined || addresses.some((key) => memberOf(value, key)?.value.kind === 'text'))

/** Zed has known `command` as an object, opencode and others as a list. */
function commandOf(server: PlacedValue): PlacedValue | undefined {
  const command = memberOf(server, 'command')?.value
  if (command?.kind === 'object') return memberOf(command, 'path')?.value.kind === 'text' ? command : undefined
  return command !== undefined && textsOf(command).length > 0 ? command : undefined
}

function readServer(
  place: Pick<McpServer, 'file' | 'section' | 'line'> & { name: string },
  server: PlacedValue,
): McpServer {
  const words = wordsOf(server)
  const start = readStart(words)
  const shown = withoutSecrets(words.map(({ text }) => text))
  const [command, ...args] = words.map(({ line: at }, index): McpWord => ({ text: shown[index] ?? '', line: at }))
  const url = addresses.flatMap((key) => textsOf(memberOf(server, key)?.value)).at(0)
  const variables = variablesOf(server)
  const added = start.variables.filter(({ text }) => !variables.some((one) => one.name === text))
  const folder = textsOf(memberOf(server, 'cwd')?.value).at(0)
  const whole = [...textsOf(memberOf(server, 'envFile')?.value), ...start.variableFiles].at(0)
  return {
    ...place,
    origin: 'configuration',
    ...(command && { command }),
    args,
    ...(folder && { folder: { text: folder.text, line: folder.line } }),
    ...(url && { url: { text: addressWithoutSecrets(url.text), line: url.line } }),
    environment: [...variables, ...added.map(({ text, line: at }) => ({ name: text, line: at }))],
    ...(whole && { wholeEnvironment: { text: whole.text, line: whole.line } }),
    disabled: isTrue(memberOf(server, 'disabled')?.value) || isFalse(memberOf(server, 'enabled')?.value),
    started: start.packages.map((one) => withRegistry(one, registryOf(server))),
  }
}

/** What npm and its likes take from a variable as from their command line. */
const withRegistry = (started: StartedPackage, registry: string | undefined): StartedPackage =>
  registry === undefined || started.registry !== undefined || started.source !== 'npm'
    ? started
    : { ...started, registry }

function registryOf(server: PlacedValue): string | undefined {
  const named = environmentOf(server).find(([name]) => /^npm_config_registry$/i.test(name))
  return named?.[1].value.kind === 'text' ? named[1].value.text : undefined
}

const isFalse = (value: PlacedValue | undefined): boolean => value?.kind === 'other' && value.value === false

function wordsOf(server: PlacedValue): readonly McpWord[] {
  const command = commandOf(server)
  const inner = command?.kind === 'object' ? command : undefined
  const [program, ...rest] = textsOf(inner ? memberOf(inner, 'path')?.value : command)
  if (program === undefined) return []
  const args = [...rest, ...textsOf(memberOf(inner ?? server, 'args')?.value)]
  return [...splitCommand(program), ...args.slice(0, maxMcpValues)].map(({ text, line }) => ({ text, line }))
}

/** `"command": "npx -y name"`: clients hand it to a shell, or people mean it so. A path may hold blanks by itself. */
function splitCommand(program: McpWord): readonly McpWord[] {
  const words = program.text.trim().split(/\s+/)
  const isPath = /[\\/]/.test(words[0] ?? '') && !/\s-/.test(program.text)
  return isPath ? [program] : words.map((text) => ({ text, line: program.line }))
}

/** Variables that decide which code runs, or whom a program asks. */
const deciding =
  /^(?:NODE_OPTIONS|NODE_PATH|PATH|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_\w{1,60}|PYTHONPATH|PYTHONSTARTUP|BASH_ENV|ENV|NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS)$|(?:^npm_config_|REGISTRY|INDEX_URL|PROXY|BASE_?URL|ENDPOINT|_HOST$|_URL$|_URI$)/i

function environmentOf(server: PlacedValue): readonly (readonly [string, Member])[] {
  const command = commandOf(server)
  const objects = [server, ...(command?.kind === 'object' ? [command] : [])]
  return objects.flatMap((object) => ['env', 'environment'].flatMap((key) => membersOf(memberOf(object, key)?.value)))
}

function variablesOf(server: PlacedValue): readonly McpVariable[] {
  const named = environmentOf(server)
  const listed = ['env', 'env_vars'].flatMap((key) => itemsOf(memberOf(server, key)?.value).flatMap(textsOf))
  return [
    ...named.map(([name, { line, value }]) => ({
      name,
      line,
      ...(deciding.test(name) && value.kind === 'text' && { digest: digestOf(value.text) }),
    })),
    ...listed.map(({ text, line }) => ({ name: text.split('=')[0] ?? '', line })),
  ].slice(0, maxMcpValues)
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
