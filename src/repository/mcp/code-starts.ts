import { createHash } from 'node:crypto'
import PQueue from 'p-queue'
import type { ChangedFile } from '../../change/changed-files.js'
import type { FileRead, Snapshot } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import { maxServerCodeFiles, maxServerStarts } from '../../limits.js'
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

interface Sides {
  readonly base: Snapshot
  readonly head: Snapshot
  readonly code: CodeAnalyser
  /** Files that are searched, where other than `maxServerCodeFiles`; 0 for none, which is no gap. */
  readonly maxFiles?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Changed code that starts servers. Base's files are read only where head's may start one that base did not. */
export async function readCodeStarts(changed: readonly ChangedFile[], sides: Sides): Promise<CodeStartsRead> {
  const { maxFiles = maxServerCodeFiles } = sides
  if (maxFiles === 0) return { files: [], gaps: [] }
  const reader = new StartsReader(sides)
  const code = changed.filter(isCodeFile)
  const present = code.filter(({ kind }) => kind !== 'removed')
  const files = await reader.readPresent(present.slice(0, maxFiles))
  // A file that moved starts nothing new: what went with its old path is looked for where that may explain something.
  const grown = files.some(({ before, after }) => after.length > before.length)
  const removed = grown ? code.filter(({ kind }) => kind === 'removed').slice(0, maxFiles) : []
  const gaps = [...reader.gaps].sort((a, b) => (String(a.file) < String(b.file) ? -1 : 1))
  return {
    files: [...files, ...(await reader.readRemoved(removed))],
    gaps: present.length > maxFiles ? [...gaps, tooMany(present.length, maxFiles)] : gaps,
  }
}

const isCodeFile = (file: ChangedFile): boolean =>
  (file.kind === 'removed' ? file.before : file.after).kind === 'file' && isCodePath(file.path)

class StartsReader {
  /** Of head's files. */
  readonly gaps: Gap[] = []
  readonly #sides: Sides
  readonly #lane: CodeLane
  readonly #queue = new PQueue({ concurrency: readsAtOnce })

  constructor(sides: Sides) {
    this.#sides = sides
    this.#lane = sides.code.lane()
  }

  async readPresent(files: readonly ChangedFile[]): Promise<readonly CodeStarts[]> {
    const { base, head } = this.#sides
    const readOne = async ({ path, kind }: ChangedFile): Promise<CodeStarts | undefined> => {
      const after = await this.#read(head, path)
      this.gaps.push(...after.gaps)
      if (after.servers.length === 0) return undefined
      const before = kind === 'added' ? nothing : await this.#read(base, path)
      return { path, before: before.servers, after: after.servers }
    }
    const read = await this.#queue.addAll(files.map((file) => () => readOne(file)))
    return read.filter((file) => file !== undefined)
  }

  async readRemoved(files: readonly ChangedFile[]): Promise<readonly CodeStarts[]> {
    return this.#queue.addAll(
      files.map(({ path }) => async () => {
        const { servers } = await this.#read(this.#sides.base, path)
        return { path, before: servers, after: [] }
      }),
    )
  }

  async #read(from: Snapshot, path: string): Promise<Servers> {
    return serversIn(path, await from.read(path, this.#sides.signal), this.#lane)
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
  const cut = serverStarts.length >= maxServerStarts ? [tooManyStarts(path)] : []
  if (unanalysable === undefined || !starts.test(text)) return { servers, gaps: cut }
  const detail = `it starts an MCP server and could not be read: ${unanalysable.detail}`
  return { servers, gaps: [...cut, { code: 'file-unanalysed', file: path, fact: 'repository', detail }] }
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

const tooManyStarts = (file: string): Gap => ({
  code: 'limit-reached',
  file,
  fact: 'repository',
  detail: `it starts ${maxServerStarts} MCP servers or more, and what comes after these was not read`,
})

const tooMany = (count: number, most: number): Gap => ({
  code: 'limit-reached',
  fact: 'repository',
  detail: `${count} files of code changed, and only the first ${most} were searched for MCP servers that they start`,
})
