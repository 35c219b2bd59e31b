import type { McpApproval, McpServer, McpServerChange } from './mcp-server.js'

/** The servers and approvals of one file, before and after. */
export interface FileServers {
  readonly path: string
  readonly before: readonly McpServer[]
  readonly after: readonly McpServer[]
}

/** How a server is started or reached, without where that is written: equal texts are equal servers. */
export const startOf = ({ command, args, folder, url, environment, wholeEnvironment, disabled }: McpServer): string =>
  JSON.stringify([
    command?.text,
    args.map(({ text }) => text),
    folder?.text,
    url?.text,
    environment.map(({ name, digest }) => [name, digest]).sort(),
    wholeEnvironment?.text,
    disabled,
  ])

/** What was added or is started in another way. A server that only moved to another file, or under another client's setting, is neither. */
export function compareServers(files: readonly FileServers[]): readonly McpServerChange[] {
  const gone = new Map<string, number>()
  const paired = files.flatMap(({ before, after }) => {
    const waiting = [...before]
    const pairs = after.map((server) => ({ server, before: takeTwin(waiting, server) }))
    const rest = pairs.map((pair) => ({ ...pair, before: pair.before ?? takeAlike(waiting, pair.server) }))
    for (const server of waiting) gone.set(identityOf(server), (gone.get(identityOf(server)) ?? 0) + 1)
    return rest
  })
  return paired
    .filter(({ server, before }) => before === undefined || startOf(before) !== startOf(server))
    .filter(({ server, before }) => before !== undefined || !takeMoved(gone, server))
    .map(({ server, before }) => ({ ...(before && { before }), after: server }))
    .sort((a, b) => byText(a.after.file, b.after.file) || a.after.line - b.after.line)
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const identityOf = (server: McpServer): string => JSON.stringify([server.name, startOf(server)])

function takeMoved(gone: Map<string, number>, server: McpServer): boolean {
  const count = gone.get(identityOf(server)) ?? 0
  if (count > 0) gone.set(identityOf(server), count - 1)
  return count > 0
}

/** The same server: by name, and in code by how it starts. */
const takeTwin = (waiting: McpServer[], server: McpServer): McpServer | undefined =>
  take(
    waiting,
    (one) =>
      one.section === server.section &&
      one.name === server.name &&
      (server.name !== undefined || startOf(one) === startOf(server)),
  )

/** Code has no names: what starts the same package, or the same command, is the same server. A renamed one starts as it did. */
const takeAlike = (waiting: McpServer[], server: McpServer): McpServer | undefined =>
  server.name === undefined
    ? take(waiting, (one) => one.name === undefined && keyOf(one) === keyOf(server))
    : take(waiting, (one) => startOf(one) === startOf(server))

const keyOf = ({ started, command }: McpServer): string => started[0]?.name ?? command?.text ?? ''

function take(waiting: McpServer[], isIt: (server: McpServer) => boolean): McpServer | undefined {
  const at = waiting.findIndex(isIt)
  return at === -1 ? undefined : waiting.splice(at, 1)[0]
}

/** Approvals that base had nowhere: a setting that moved to another file approves nothing new. */
export function newApprovals(before: readonly McpApproval[], after: readonly McpApproval[]): readonly McpApproval[] {
  const idOf = ({ server, setting, value }: McpApproval): string => JSON.stringify([server, setting, value])
  const had = new Set(before.map(idOf))
  return after.filter((approval) => !had.has(idOf(approval))).sort((a, b) => byText(a.file, b.file) || a.line - b.line)
}
