import { posix } from 'node:path'

/** Files of any folder that clients, or the documents of servers, call so. */
const names: ReadonlySet<string> = new Set([
  '.mcp.json',
  '.mcp.jsonc',
  'mcp.json',
  'mcp.jsonc',
  'mcp_config.json',
  'mcp-config.json',
  'mcp_settings.json',
  'mcp-settings.json',
  'mcp_servers.json',
  'mcp-servers.json',
  'mcpservers.json',
  'cline_mcp_settings.json',
  'claude_desktop_config.json',
  '.claude.json',
  'gemini-extension.json',
  'opencode.json',
  'opencode.jsonc',
  '.opencode.json',
  'crush.json',
  '.crush.json',
  'devcontainer.json',
  '.devcontainer.json',
])

/** Settings by the folder of their client; below it where that ends with `/**`. */
const places: readonly RegExp[] = [
  /(?:^|\/)\.amazonq\/.+\.json$/,
  /(?:^|\/)\.(?:augment|qwen|gemini|amp|zed|iflow)\/settings\.jsonc?$/,
  /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/,
  /(?:^|\/)\.claude-plugin\/[^/]+\.json$/,
  /(?:^|\/)\.(?:codex|grok)\/(?:[^/]+\.)?config\.toml$/,
  /(?:^|\/)\.continue\/mcpservers\/[^/]+\.json$/,
  /(?:^|\/)\.cursor\/(?:cli|mcp|permissions|settings)\.json$/,
  /(?:^|\/)\.kiro\/(?:agents|settings)\/[^/]+\.json$/,
  /(?:^|\/)\.vscode\/settings\.json$/,
  /(?:^|\/)\.config\/(?:zed\/settings|opencode\/[^/]+)\.jsonc?$/,
  /[^/]\.mcp\.json$/,
  /\.code-workspace$/,
]

/** Whether a client of MCP would read its servers, or what it may do without asking, from a file of this name. */
export function isMcpConfiguration(path: string): boolean {
  // File systems of two of three platforms do not tell capitals.
  const lower = path.toLowerCase()
  return names.has(posix.basename(lower)) || places.some((place) => place.test(lower))
}

/** The folder that a client works in when it reads the file: above its own folder of settings. */
export function projectFolder(path: string): string {
  const folder = posix.dirname(path)
  const parts = folder === '.' ? [] : folder.split('/')
  const settings = parts.findIndex((part) => part.startsWith('.'))
  return parts.slice(0, settings === -1 ? parts.length : settings).join('/')
}
