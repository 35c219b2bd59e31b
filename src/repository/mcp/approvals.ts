import { maxMcpValues } from '../../limits.js'
import {
  isTrue,
  type Member,
  memberAt,
  memberOf,
  membersOf,
  type PlacedText,
  type PlacedValue,
  textsOf,
} from '../settings/placed-value.js'
import type { McpApproval } from './mcp-server.js'

/** Settings that stop all questions when they are true: Claude's, VS Code's under both of its names, Zed's old one. */
const switches = [
  'enableAllProjectMcpServers',
  'chat.tools.autoApprove',
  'chat.tools.global.autoApprove',
  'settings.chat.tools.autoApprove',
  'settings.chat.tools.global.autoApprove',
  'customizations.vscode.settings.chat.tools.autoApprove',
  'customizations.vscode.settings.chat.tools.global.autoApprove',
  'agent.always_allow_tool_actions',
]

/** Settings that stop all questions when they have one of these values: Claude's, Codex', Zed's, Gemini's. */
const modes: readonly (readonly [path: string, values: readonly string[]])[] = [
  ['permissions.defaultMode', ['bypassPermissions']],
  ['approval_policy', ['never']],
  ['agent.tool_permissions.default', ['allow']],
  ['general.defaultApprovalMode', ['yolo']],
  ['approvalMode', ['yolo']],
]

/** Lists of what is not asked about: those of MCP among them by the second pattern. Claude's and Cursor's, Amazon's, Gemini's. */
const lists: readonly (readonly [path: string, isMcp: RegExp])[] = [
  ['enabledMcpjsonServers', /^/],
  ['permissions.allow', /^mcp__|^mcp\(|^\*$/i],
  ['allowedTools', /^@|^mcp__|^\*$/],
  ['tools.allowed', /__|^mcp_|^\*$/],
]

/** What each server's own entry approves: Roo and Cline, Amazon, Kiro, Gemini, Codex. */
const ofServer = ['alwaysAllow', 'autoApprove', 'auto_approve', 'autoApproved', 'alwaysApprove', 'trust']

/** All by which a client stops asking before it starts a server or calls a tool, in the file's order. */
export function readApprovals(
  file: string,
  value: PlacedValue | undefined,
  servers: readonly { readonly name: string; readonly member: Member }[],
): readonly McpApproval[] {
  const found = [
    ...switches.flatMap((path) => switchAt(value, path)),
    ...modes.flatMap(([path, values]) => modeAt(value, path, values)),
    ...lists.flatMap(([path, isMcp]) => listAt(value, path, isMcp)),
    ...servers.flatMap(({ name, member }) => serverApprovals(name, member)),
  ]
  return found
    .slice(0, maxMcpValues)
    .map((approval) => ({ file, ...approval }))
    .sort((a, b) => a.line - b.line)
}

type Found = Omit<McpApproval, 'file'>

function switchAt(value: PlacedValue | undefined, path: string): readonly Found[] {
  const member = memberAt(value, path)
  return member && isTrue(member.value) ? [{ line: member.line, setting: path, value: 'true', everything: true }] : []
}

function modeAt(value: PlacedValue | undefined, path: string, values: readonly string[]): readonly Found[] {
  const member = memberAt(value, path)
  const text = member?.value.kind === 'text' ? member.value.text : undefined
  if (member === undefined || text === undefined || !values.includes(text)) return []
  return [{ line: member.line, setting: path, value: text, everything: true }]
}

function listAt(value: PlacedValue | undefined, path: string, isMcp: RegExp): readonly Found[] {
  const approved = textsOf(memberAt(value, path)?.value).filter(({ text }) => isMcp.test(text))
  return approved.map(({ text, line }) => ({ line, setting: path, value: text, everything: isEverything(text) }))
}

/** `*`, `mcp__*`, `@server`, `mcp__server`: what a server adds tomorrow is approved today. */
const isEverything = (text: string): boolean =>
  /\*/.test(text) || /^@[^/]+$/.test(text) || /^mcp__(?:(?!__).)+$/.test(text)

function serverApprovals(server: string, { value }: Member): readonly Found[] {
  const own = ofServer.flatMap((setting): Found[] => {
    const member = memberOf(value, setting)
    if (member === undefined) return []
    if (isTrue(member.value)) return [{ line: member.line, server, setting, value: 'true', everything: true }]
    return textsOf(member.value).map((text) => approvalOf(server, setting, text))
  })
  return [...own, ...codexApprovals(server, value)]
}

const approvalOf = (server: string, setting: string, { text, line }: PlacedText): Found => ({
  line,
  server,
  setting,
  value: text,
  everything: text.includes('*'),
})

/** `default_tools_approval_mode = "approve"`, and the like of one tool. */
function codexApprovals(server: string, value: PlacedValue): readonly Found[] {
  const all = memberOf(value, 'default_tools_approval_mode')
  const each = membersOf(memberOf(value, 'tools')?.value).map(
    ([tool, { value: settings }]) => [tool, memberOf(settings, 'approval_mode')] as const,
  )
  return [['*', all] as const, ...each].flatMap(([tool, mode]) =>
    mode?.value.kind === 'text' && mode.value.text === 'approve'
      ? [{ line: mode.line, server, setting: 'approval mode', value: tool, everything: tool === '*' }]
      : [],
  )
}
