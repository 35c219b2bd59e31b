import { describe, expect, it } from '@jest/globals'
import { isMcpConfiguration, projectFolder } from '../../../src/repository/mcp/configuration-paths.js'

describe('the configurations of MCP servers', () => {
  const configurations = [
    '.mcp.json',
    'mcp.json',
    'packages/app/.mcp.json',
    '.cursor/mcp.json',
    '.Cursor/MCP.json',
    '.cursor/cli.json',
    '.vscode/mcp.json',
    '.vscode/settings.json',
    'team.code-workspace',
    '.claude/settings.json',
    '.claude/settings.local.json',
    '.claude-plugin/marketplace.json',
    '.gemini/settings.json',
    'gemini-extension.json',
    '.roo/mcp.json',
    'cline_mcp_settings.json',
    '.codeium/windsurf/mcp_config.json',
    '.zed/settings.json',
    'claude_desktop_config.json',
    '.amazonq/mcp.json',
    '.amazonq/cli-agents/review.json',
    '.kiro/settings/mcp.json',
    '.codex/config.toml',
    'opencode.json',
    '.devcontainer/devcontainer.json',
    'servers/mail.mcp.json',
  ]
  it.each(configurations)('are read from %s', (path) => {
    expect(isMcpConfiguration(path)).toBe(true)
  })

  const others = [
    'package.json',
    'settings.json',
    'src/mcp.ts',
    '.claude/agents/a.json',
    'config.toml',
    'docs/mcp.md',
    'tsconfig.json',
  ]
  it.each(others)('are not looked for in %s', (path) => {
    expect(isMcpConfiguration(path)).toBe(false)
  })

  it('belong to the folder that holds the settings of a client', () => {
    expect(['.mcp.json', 'app/.cursor/mcp.json', 'app/mcp.json', '.amazonq/a/b.json'].map(projectFolder)).toEqual([
      '',
      'app',
      'app',
      '',
    ])
  })
})
