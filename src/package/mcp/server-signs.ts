import { isRecord, own } from '../../registry/manifest.js'
import type { Manifest } from '../../registry/registry-facts.js'
import { isCodePath } from '../code/code-files.js'
import type { UnpackedPackage } from '../unpacked-package.js'
import { parsedFile } from './server-input.js'

/** Packages that servers are built with. Those that clients are built with as well prove nothing alone. */
const frameworks: ReadonlySet<string> = new Set([
  'fastmcp',
  'mcp-framework',
  '@vercel/mcp-adapter',
  'mcp-handler',
  'xmcp',
  'tmcp',
  'mcp-lite',
  'easy-mcp',
  'litemcp',
  '@rekog/mcp-nest',
  '@xmcp-dev/adapter',
  '@modelcontextprotocol/ext-apps',
  '@ai-sdk/mcp-server',
])

/** The official ones, by whichever name. */
const sdk = /^@modelcontextprotocol\/(?:sdk|server|node|core|express|hono|fastify)$/

/** What only the code of a server says; a client says `callTool` and `StdioClientTransport` instead. */
const serverCode =
  /@modelcontextprotocol\/sdk\/server|\bStdioServerTransport\b|\bStreamableHTTPServerTransport\b|\bnew (?:Mcp|FastMCP|MCP)Server\(|\bnew FastMCP\(|\bListToolsRequestSchema\b/

/** The SDK's own server in a bundle, or code that tells requests apart by itself; a client only sends `tools/list`. */
const answeringCode =
  /\bsetToolRequestHandlers\b|\b_oninitialize\b|\bclass StdioServerTransport\b|\bcase\s?["'`]tools\/list["'`]|===?\s?["'`]tools\/list["'`]|["'`]tools\/list["'`]\s?(?:===?|:\s?(?:async\b|function\b|\())/

/** Bytes of code that are looked through: the first of each package's files, small ones first. */
const maxSearchedBytes = 24 * 1024 * 1024

/** Why a package counts as an MCP server, in our words; empty where it does not. */
export function serverSigns(unpacked: UnpackedPackage, manifest: Manifest): readonly string[] {
  const dependencies = new Set(Object.values(manifest.dependencies).flatMap((field) => Object.keys(field ?? {})))
  const framework = [...frameworks].filter((name) => dependencies.has(name))
  const named = namesOf(manifest)
  const described = describedBy(unpacked)
  const code = codeSigns(unpacked)
  const official = [...dependencies].find((name) => sdk.test(name))
  const hasSdk = official !== undefined
  // The libraries themselves are no servers.
  if (frameworks.has(manifest.name ?? '') || sdk.test(manifest.name ?? '')) return []
  const why = [
    ...framework.map((name) => `depends on ${name}, which servers are built with`),
    ...(hasSdk && code.isServer ? [`depends on ${official} and uses the part of it that servers use`] : []),
    ...(!hasSdk && code.isBundled && code.isServer ? ['its code answers requests for a list of tools'] : []),
    // Whoever leaves the library out of the manifest finds it all the same where another package brought it.
    ...(!hasSdk && !code.isBundled && code.isServer && named.length > 0
      ? ['its code uses what servers are built with, though it depends on none of it']
      : []),
    ...described,
  ]
  // A name alone is anybody's; with the SDK, or code that answers, it says what the package is for.
  const supports = hasSdk || code.isServer || described.length > 0 || framework.length > 0
  // Adapters and clients have the SDK and such a name as well, but no command that would start a server.
  const isCommand = hasSdk && named.length > 0 && Object.keys(manifest.bin).length > 0
  return supports && (why.length > 0 || isCommand) ? [...why, ...named] : []
}

function namesOf({ name = '', bin, keywords }: Manifest): readonly string[] {
  const isNamed = (text: string): boolean => /(?:^|[-_/@.])mcp(?:$|[-_/.])/i.test(text)
  const commands = Object.keys(bin).filter(isNamed)
  const words = keywords.filter((word) =>
    /^(?:mcp|mcp-?server|model-?context-?protocol|model context protocol)$/i.test(word),
  )
  return [
    ...(isNamed(name) ? ['its name says so'] : []),
    ...commands.slice(0, 3).map((command) => `its command ${command} says so`),
    ...(words.length > 0 ? ['its keywords say so'] : []),
  ]
}

function describedBy(unpacked: UnpackedPackage): readonly string[] {
  const server = parsedFile(unpacked, 'server.json')
  const extension = parsedFile(unpacked, 'manifest.json')
  const isRegistered =
    isRecord(server) &&
    (own(server, 'packages') !== undefined || /modelcontextprotocol/.test(String(own(server, '$schema'))))
  const isExtension =
    isRecord(extension) &&
    (own(extension, 'dxt_version') !== undefined ||
      own(extension, 'mcpb_version') !== undefined ||
      (isRecord(own(extension, 'server')) && own(extension, 'manifest_version') !== undefined))
  return [
    ...(isRegistered ? ['its server.json describes a server'] : []),
    ...(isExtension ? ['its manifest.json describes a desktop extension'] : []),
  ]
}

function codeSigns({ files, texts }: UnpackedPackage): { readonly isServer: boolean; readonly isBundled: boolean } {
  let searched = 0
  let isServer = false
  let isBundled = false
  const paths = [...texts.keys()].filter(
    (path) => isCodePath(path) && !/(?:^|\/)(?:node_modules|tests?|__tests__|examples?)\//.test(path),
  )
  for (const path of paths.sort((a, b) => (files.get(a)?.bytes ?? 0) - (files.get(b)?.bytes ?? 0))) {
    const bytes = texts.get(path)
    if (bytes === undefined || searched > maxSearchedBytes || (isServer && isBundled)) break
    searched += bytes.length
    // Most files say nothing of it: bytes are searched faster than a text is made of them.
    if (!words.some((word) => bytes.includes(word))) continue
    const text = bytes.toString()
    isBundled ||= answeringCode.test(text)
    isServer ||= isBundled || serverCode.test(text)
  }
  return { isServer, isBundled }
}

const words = [
  'modelcontextprotocol',
  'ServerTransport',
  'McpServer',
  'FastMCP',
  'MCPServer',
  'tools/list',
  'ListTools',
] as const
