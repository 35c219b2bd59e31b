import type { Manifest } from '../../registry/registry-facts.js'

/** The libraries that MCP servers are written with, by the names that servers depend on. */
export const mcpLibraries: ReadonlySet<string> = new Set([
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  '@vercel/mcp-adapter',
  'fastmcp',
  'mcp-framework',
  'mcp-handler',
  'xmcp',
])

const keywords: ReadonlySet<string> = new Set(['mcp', 'mcp-server', 'modelcontextprotocol'])

/** What runs by itself brings its library; a library that works with it leaves it to its user, as a peer (@google/genai). */
const servingFields = ['dependencies', 'optionalDependencies', 'bundleDependencies'] as const

/**
 * Why a package looks like an MCP server, in the words of its manifest; empty where nothing says so. A command alone says
 * nothing, and neither does `mcp` as a keyword without one: other things bear that name.
 */
export function mcpSigns(name: string, { dependencies, bin, keywords: stated }: Manifest): readonly string[] {
  // The libraries themselves carry all of it and serve nothing.
  if (mcpLibraries.has(name)) return []
  const library = servingFields
    .flatMap((field) => Object.keys(dependencies[field] ?? {}))
    .find((dependency) => mcpLibraries.has(dependency))
  const commands = Object.keys(bin)
  const keyword = stated.find((word) => keywords.has(word.toLowerCase()))
  const command = commands.find((one) => /(?:^|[-_])mcp(?:[-_]|$)/i.test(one))
  const signs: string[] = []
  if (library !== undefined) signs.push(`depends on ${library}`)
  if (command !== undefined) signs.push(`command ${command}`)
  if (keyword !== undefined && (keyword.toLowerCase() !== 'mcp' || commands.length > 0))
    signs.push(`keyword ${keyword}`)
  return signs
}
