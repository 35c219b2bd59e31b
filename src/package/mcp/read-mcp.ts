import { maxMcpDeclarations, maxMcpTextCharacters } from '../../limits.js'
import { isRecord, own } from '../../registry/manifest.js'
import type { CodeCollector } from '../code/code-collector.js'
import type { McpFacts, McpOffer, McpTool } from './mcp-facts.js'
import { fileUnread, type McpReading, nothingRead } from './read-server.js'
import { parsedFile, type ServerSources, serverInput } from './server-input.js'
import { serverSigns } from './server-signs.js'

export interface McpSources extends ServerSources {
  readonly collector: CodeCollector
}

/** What a package would tell a language model; undefined where it is no MCP server. */
export async function readMcp(sources: McpSources): Promise<McpFacts | undefined> {
  const { unpacked, manifest, collector } = sources
  const why = serverSigns(unpacked, manifest)
  if (why.length === 0) return undefined
  const { input, left } = serverInput(sources)
  const read = await collector.readServer(input)
  const reading =
    'reason' in read
      ? nothingRead(`its code could not be read: ${read.detail}`, input.entries[0] ?? 'package.json')
      : read
  const tools = withExtensionTools(reading, parsedFile(unpacked, 'manifest.json'))
  const readmeTools = mentioned(unpacked.texts, tools)
  return {
    ...reading,
    ...('reason' in read && { unread: read }),
    why,
    tools,
    unresolved: [
      ...reading.unresolved,
      ...left.map((file) => fileUnread(file, 'larger than what is read of one server')),
    ],
    ...(readmeTools && { readmeTools }),
  }
}

/** A desktop extension lists its tools for the store; those that its code does not declare count as well. */
function withExtensionTools({ tools }: McpReading, manifest: unknown): readonly McpTool[] {
  const listed = isRecord(manifest) ? own(manifest, 'tools') : undefined
  if (!Array.isArray(listed)) return tools
  const known = new Set(tools.map(({ name }) => name))
  const more = listed.slice(0, maxMcpDeclarations).flatMap((item): readonly McpTool[] => {
    const name = isRecord(item) ? own(item, 'name') : undefined
    const description = isRecord(item) ? own(item, 'description') : undefined
    if (typeof name !== 'string' || name === '' || known.has(name)) return []
    known.add(name)
    const at = { file: 'manifest.json', line: 1, column: 1 }
    const text =
      typeof description === 'string'
        ? { description: description.slice(0, maxMcpTextCharacters), descriptionAt: at }
        : {}
    return [{ name, ...text, parameters: [] satisfies McpOffer['parameters'], at, handlers: [] }]
  })
  return [...tools, ...more].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The names of tools that the README has as words of their own. */
function mentioned(texts: ReadonlyMap<string, Buffer>, tools: readonly McpTool[]): readonly string[] | undefined {
  const path = [...texts.keys()].find((one) => /^readme(?:\.md|\.markdown|\.txt)?$/i.test(one))
  const readme = path === undefined ? undefined : texts.get(path)?.toString()
  if (readme === undefined) return undefined
  const words = new Set(
    readme
      .slice(0, 2_000_000)
      .match(/[A-Za-z0-9_][\w.:/-]{0,127}/g)
      ?.flatMap(variants),
  )
  return tools.map(({ name }) => name).filter((name) => words.has(name.toLowerCase()))
}

/** `search_files(path)` ends where its name does, and so do `search_files:` and `/search_files.`. */
const variants = (word: string): readonly string[] => {
  const lower = word.toLowerCase()
  return [lower, lower.replace(/[.:/-]+$/, ''), ...lower.split(/[./:]+/)]
}
