import { describe, expect, it } from '@jest/globals'
import { maxMcpServers, maxMcpValues } from '../../../src/limits.js'
import { readConfiguration } from '../../../src/repository/mcp/read-configuration.js'
import { parseSettings } from '../../../src/repository/settings/parse-settings.js'

const read = (file: string, text: string) => readConfiguration(file, parseSettings(file, text).value)
const servers = (file: string, value: unknown) =>
  read(file, JSON.stringify(value)).servers.map(({ section, name, command, args, url, disabled }) =>
    [`${section}/${name}`, command?.text, ...args.map(({ text }) => text), url?.text, disabled ? 'off' : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
  )
const approvals = (file: string, value: unknown) =>
  read(file, JSON.stringify(value)).approvals.map(({ server, setting, value: what, everything }) =>
    [server, setting, what, everything ? '(everything)' : undefined].filter((part) => part !== undefined).join(' '),
  )

const mail = { command: 'npx', args: ['mail-mcp'] }

describe('a configuration of MCP servers', () => {
  it('is read with the line of each part, and without the values of variables', () => {
    const text = `{
  // The team's.
  "mcpServers": {
    "mail": {
      "command": "npx",
      "args": [
        "-y",
        "mail-mcp@1.0.0",
        "--token", "abc"
      ],
      "env": {
        "MAIL_TOKEN": "abc",
        "NODE_OPTIONS": "--require ./x.js"
      },
      "autoApprove": ["send"],
    },
  },
}
`
    expect(read('.mcp.json', text)).toEqual({
      servers: [
        {
          file: '.mcp.json',
          origin: 'configuration',
          section: 'mcpServers',
          name: 'mail',
          line: 4,
          command: { text: 'npx', line: 5 },
          args: [
            { text: '-y', line: 7 },
            { text: 'mail-mcp@1.0.0', line: 8 },
            { text: '--token', line: 9 },
            { text: '…', line: 9 },
          ],
          environment: [
            { name: 'MAIL_TOKEN', line: 12 },
            { name: 'NODE_OPTIONS', line: 13, digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
          ],
          disabled: false,
          started: [
            {
              source: 'npm',
              name: 'mail-mcp',
              range: '1.0.0',
              exact: true,
              variable: false,
              runner: 'npx',
              line: 8,
              looksAtProject: true,
            },
          ],
        },
      ],
      approvals: [
        { file: '.mcp.json', line: 15, server: 'mail', setting: 'autoApprove', value: 'send', everything: false },
      ],
    })
  })

  const clients: readonly (readonly [client: string, file: string, value: unknown, ...servers: string[]])[] = [
    ['Claude', '.mcp.json', { mcpServers: { mail } }, 'mcpServers/mail npx mail-mcp'],
    ['a plugin of Claude, by name alone', '.mcp.json', { mail }, '/mail npx mail-mcp'],
    [
      'Claude, by project',
      '.claude.json',
      { projects: { '/a': { mcpServers: { mail } } } },
      '/a mcpServers/mail npx mail-mcp',
    ],
    ['VS Code', '.vscode/mcp.json', { inputs: [], servers: { mail } }, 'servers/mail npx mail-mcp'],
    [
      'VS Code, in its settings',
      '.vscode/settings.json',
      { mcp: { servers: { mail } } },
      'mcp.servers/mail npx mail-mcp',
    ],
    [
      'a workspace',
      'a.code-workspace',
      { settings: { mcp: { servers: { mail } } } },
      'settings.mcp.servers/mail npx mail-mcp',
    ],
    [
      'a dev container',
      'devcontainer.json',
      { customizations: { vscode: { mcp: { servers: { mail } } } } },
      'customizations.vscode.mcp.servers/mail npx mail-mcp',
    ],
    ['Zed', '.zed/settings.json', { context_servers: { mail } }, 'context_servers/mail npx mail-mcp'],
    [
      'Zed, as it was',
      '.zed/settings.json',
      { context_servers: { mail: { command: { path: 'npx', args: ['mail-mcp'], env: {} } } } },
      'context_servers/mail npx mail-mcp',
    ],
    [
      'opencode',
      'opencode.json',
      { mcp: { mail: { type: 'local', command: ['npx', 'mail-mcp'], enabled: false } } },
      'mcp/mail npx mail-mcp off',
    ],
    [
      'Windsurf, at an address',
      'mcp_config.json',
      { mcpServers: { mail: { serverUrl: 'https://mail.example' } } },
      'mcpServers/mail https://mail.example',
    ],
    [
      'Gemini, at an address',
      '.gemini/settings.json',
      { mcpServers: { mail: { httpUrl: 'https://u:p@mail.example' } } },
      'mcpServers/mail https://…@mail.example',
    ],
    [
      'Cline, turned off',
      'cline_mcp_settings.json',
      { mcpServers: { mail: { ...mail, disabled: true } } },
      'mcpServers/mail npx mail-mcp off',
    ],
    [
      'Cursor, all in one text',
      '.cursor/mcp.json',
      { mcpServers: { mail: { command: 'npx -y mail-mcp' } } },
      'mcpServers/mail npx -y mail-mcp',
    ],
    [
      'two clients, of one name',
      'mcp.json',
      { servers: { mail }, mcpServers: { mail: { command: 'node', args: ['a.js'] } } },
      'mcpServers/mail node a.js',
      'servers/mail npx mail-mcp',
    ],
    ['nobody: settings without servers', '.vscode/settings.json', { 'editor.tabSize': 2, files: { servers: 'x' } }],
    ['nobody: a list', 'mcp.json', [mail]],
    ['nobody: the description of a server', 'mcp.json', { name: 'mail', tools: [{ name: 'send' }] }],
  ]
  for (const [client, file, value, ...expected] of clients) {
    it(`is read as ${client} reads it`, () => {
      expect(servers(file, value)).toEqual(expected)
    })
  }

  it('is TOML for Codex', () => {
    const text =
      'approval_policy = "never"\n\n[mcp_servers.mail]\ncommand = "npx"\nargs = ["-y", "mail-mcp"]\nenv_vars = ["MAIL_TOKEN"]\n'
    const { servers: found, approvals: approved } = read('.codex/config.toml', text)
    expect({
      lines: found.map(({ line, args, environment }) => [
        line,
        ...args.map((word) => word.line),
        ...environment.map((one) => one.line),
      ]),
      approved,
    }).toEqual({
      lines: [[3, 5, 5, 6]],
      approved: [{ file: '.codex/config.toml', line: 1, setting: 'approval_policy', value: 'never', everything: true }],
    })
  })

  it('hands over whole files of variables', () => {
    const file = {
      mcpServers: {
        a: { ...mail, envFile: '.env' },
        b: { command: 'docker', args: ['run', '--env-file', '.env', '-e', 'MODE', 'acme/mail'] },
      },
    }
    const { servers: found } = read('mcp.json', JSON.stringify(file))
    expect(
      found.map(({ wholeEnvironment, environment }) => [wholeEnvironment?.text, environment.map(({ name }) => name)]),
    ).toEqual([
      ['.env', []],
      ['.env', ['MODE']],
    ])
  })

  const approving: readonly (readonly [client: string, file: string, value: unknown, ...approvals: string[]])[] = [
    [
      'Roo',
      '.roo/mcp.json',
      { mcpServers: { mail: { ...mail, alwaysAllow: ['send', 'read'] } } },
      'mail alwaysAllow send',
      'mail alwaysAllow read',
    ],
    [
      'Kiro',
      '.kiro/settings/mcp.json',
      { mcpServers: { mail: { ...mail, autoApprove: ['*'] } } },
      'mail autoApprove * (everything)',
    ],
    [
      'Gemini',
      '.gemini/settings.json',
      { mcpServers: { mail: { ...mail, trust: true } } },
      'mail trust true (everything)',
    ],
    [
      'Claude',
      '.claude/settings.json',
      {
        enableAllProjectMcpServers: true,
        enabledMcpjsonServers: ['mail'],
        permissions: { allow: ['Bash(ls:*)', 'mcp__mail__send', 'mcp__mail'], defaultMode: 'bypassPermissions' },
      },
      'enableAllProjectMcpServers true (everything)',
      'permissions.defaultMode bypassPermissions (everything)',
      'enabledMcpjsonServers mail',
      'permissions.allow mcp__mail__send',
      'permissions.allow mcp__mail (everything)',
    ],
    [
      'VS Code',
      '.vscode/settings.json',
      { 'chat.tools.global.autoApprove': true },
      'chat.tools.global.autoApprove true (everything)',
    ],
    [
      'VS Code, as it was',
      '.vscode/settings.json',
      { 'chat.tools.autoApprove': true },
      'chat.tools.autoApprove true (everything)',
    ],
    [
      'Zed',
      '.zed/settings.json',
      { agent: { tool_permissions: { default: 'allow' } } },
      'agent.tool_permissions.default allow (everything)',
    ],
    [
      'Amazon Q',
      '.amazonq/cli-agents/a.json',
      { allowedTools: ['fs_read', '@mail', '@mail/send'] },
      'allowedTools @mail (everything)',
      'allowedTools @mail/send',
    ],
    [
      'Cursor',
      '.cursor/cli.json',
      { permissions: { allow: ['Shell(ls)', 'Mcp(mail:send)'] } },
      'permissions.allow Mcp(mail:send)',
    ],
    [
      'nobody who asks',
      '.roo/mcp.json',
      { mcpServers: { mail: { ...mail, alwaysAllow: [], autoApprove: false, trust: false } } },
    ],
    [
      'nobody who allows a shell',
      '.claude/settings.json',
      { permissions: { allow: ['Bash(npm test)'], deny: ['mcp__mail'] }, enabledMcpjsonServers: [] },
    ],
    [
      'nobody who only starts them',
      '.vscode/settings.json',
      { 'chat.mcp.autostart': 'never', 'chat.tools.autoApprove': false },
    ],
  ]
  for (const [client, file, value, ...expected] of approving) {
    it(`approves what ${client} does`, () => {
      expect(approvals(file, value)).toEqual(expected)
    })
  }

  it.each([
    ['args', { command: 'npx', args: Array(maxMcpValues + 1).fill('-y') }],
    ['command', { command: Array(maxMcpValues + 1).fill('npx') }],
    ['env', { ...mail, env: Object.fromEntries(Array.from({ length: maxMcpValues + 1 }, (_, at) => [`V${at}`, ''])) }],
  ])('is read up to a number of %s of one server, and says so', (_, server) => {
    expect(read('mcp.json', JSON.stringify({ mcpServers: { server } })).cut).toBe(
      `a server with more than ${maxMcpValues} arguments or variables, of which the first were read`,
    )
  })

  it('is read up to a limit, and says so', () => {
    const many = Object.fromEntries(Array.from({ length: maxMcpServers + 1 }, (_, index) => [`s${index}`, mail]))
    const { servers: found, cut } = read('mcp.json', JSON.stringify({ mcpServers: many }))
    expect({ count: found.length, cut }).toEqual({
      count: maxMcpServers,
      cut: `${maxMcpServers + 1} servers, and only the first ${maxMcpServers} were read`,
    })
  })
})
