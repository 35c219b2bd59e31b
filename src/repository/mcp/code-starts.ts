import { createHash } from 'node:crypto'
import PQueue from 'p-queue'
import type { ChangedFile } from '../../change/changed-files.js'
import type { FileRead, Snapshot } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import { maxServerCodeFiles } from '../../limits.js'
import type { CodeAnalyser, CodeLane } from '../../package/code/code-analyser.js'
import { isCodePath } from '../../package/code/code-files.js'
import { inheritedEnvironment, type ServerStart } from '../../package/mcp/starts/server-start.js'
import type { McpServer } from './mcp-server.js'
import { readStart } from './started-packages.js'
import { addressWithoutSecrets, withoutSecrets } from './without-secrets.js'

/** The servers that one changed file of code starts, before and after. */
export interface CodeStarts {
  readonly path: string
  readonly before: readonly McpServer[]
  readonly after: readonly McpServer[]
}

export interface CodeStartsRead {
  readonly files: readonly CodeStarts[]
  readonly gaps: readonly Gap[]
}

/** Reads of a snapshot under way at a time: on GitHub each is a request. */
const readsAtOnce = 8

/** What a file has to hold to start a server in a way that we know. */
const mentions = /mcp|modelcontextprotocol|StdioClientTransport/i

/** What it holds when it surely does. */
const starts = /Stdio(?:Client|MCP)Transport\s{0,4}\(|MCPServerStdio\s{0,4}\(/

/** Changed code that starts servers. Base's file is read only where head's starts one. */
export async function readCodeStarts(
  changed: readonly ChangedFile[],
  {
    base,
    head,
    code,
    signal,
  }: { base: Snapshot; head: Snapshot; code: CodeAnalyser; signal?: AbortSignal | undefined },
): Promise<CodeStartsRead> {
  const candidates = changed.filter(
    (file) => file.kind !== 'removed' && file.after.kind === 'file' && isCodePath(file.path),
  )
  const gaps: Gap[] = []
  const lane = code.lane()
  const queue = new PQueue({ concurrency: readsAtOnce })
  const readOne = async ({ path, kind }: ChangedFile): Promise<CodeStarts | undefined> => {
    const after = await serversIn(path, await head.read(path, signal), lane)
    gaps.push(...after.gaps)
    if (after.servers.length === 0) return undefined
    const before = kind === 'added' ? nothing : await serversIn(path, await base.read(path, signal), lane)
    return { path, before: before.servers, after: after.servers }
  }
  const files = await queue.addAll(candidates.slice(0, maxServerCodeFiles).map((file) => () => readOne(file)))
  if (candidates.length > maxServerCodeFiles) gaps.push(tooMany(candidates.length))
  return {
    files: files.filter((file) => file !== undefined),
    gaps: gaps.sort((a, b) => (String(a.file) < String(b.file) ? -1 : 1)),
  }
}

interface Servers {
  readonly servers: readonly McpServer[]
  readonly gaps: readonly Gap[]
}

const nothing: Servers = { servers: [], gaps: [] }

async function serversIn(path: string, read: FileRead, lane: CodeLane): Promise<Servers> {
  if (read.kind === 'unreadable') return { servers: [], gaps: [{ ...read.gap, file: path }] }
  if (read.kind !== 'file') return nothing
  const text = read.bytes.toString('latin1')
  if (!mentions.test(text)) return nothing
  await lane.ready()
  const sha256 = createHash('sha256').update(read.bytes).digest('hex')
  const { serverStarts = [], unanalysable } = await lane.analyse({ path, bytes: read.bytes, sha256 })
  const servers = serverStarts.map((start) => toServer(path, start)).filter((server) => server !== undefined)
  if (unanalysable === undefined || !starts.test(text)) return { servers, gaps: [] }
  const detail = `it starts an MCP server and could not be read: ${unanalysable.detail}`
  return { servers, gaps: [{ code: 'file-unanalysed', file: path, fact: 'repository', detail }] }
}

/** A program that is started by itself counts where it is a server's package, or a server's file that is handed all there is. */
function toServer(
  path: string,
  { by, name, line, words, url, variables, wholeEnvironment }: ServerStart,
): McpServer | undefined {
  const { packages, variables: more } = readStart(words)
  const isProgram = /^(?:spawn|exec|fork|execa|\$)/i.test(by)
  const isServer = packages.some((started) => /mcp|modelcontextprotocol/i.test(started.name))
  const isFile = packages.length === 0 && words.some(({ text }) => serverFile.test(text))
  const isHanded = isFile && wholeEnvironment !== undefined && wholeEnvironment.text !== inheritedEnvironment
  if (isProgram && !isServer && !isHanded) return undefined
  const shown = withoutSecrets(words.map(({ text }) => text))
  const [command, ...args] = words.map((word, index) => ({ text: shown[index] ?? '', line: word.line }))
  return {
    file: path,
    ...(name !== undefined && { name }),
    origin: 'code',
    section: by,
    line,
    ...(command && { command }),
    args,
    ...(url && { url: { text: addressWithoutSecrets(url.text), line: url.line } }),
    environment: [...variables, ...more].map((word) => ({ name: word.text, line: word.line })),
    ...(wholeEnvironment && { wholeEnvironment }),
    disabled: false,
    started: packages,
  }
}

/** `./dist/mcp-server.js`, `mcp/index.ts`: one word, not a sentence that speaks of one. */
const serverFile = /^\S{0,400}(?:^|[/_.-])mcp(?:[/_.-]\S{0,400})?\.(?:[cm]?[jt]s|py)$/i

const tooMany = (count: number): Gap => ({
  code: 'limit-reached',
  fact: 'repository',
  detail: `${count} files of code changed, and only the first ${maxServerCodeFiles} were searched for MCP servers that they start`,
})
