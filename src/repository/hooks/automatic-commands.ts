import { maxAutomaticCommands, maxSettingsBytes } from '../../limits.js'
import type { PostureRead, PostureReader } from '../posture/posture-reader.js'
import type { AutomaticCommand } from '../posture/posture-state.js'
import { parseSettings } from '../settings/parse-settings.js'
import { itemsOf, memberOf, membersOf, type PlacedValue, scalarText, textsOf } from '../settings/placed-value.js'

type Tool = AutomaticCommand['tool']

/** What a file runs by itself, by the form that its tool gives it. */
interface Form {
  readonly path: RegExp
  readonly tool: Tool
  readonly read: (found: Found, value: PlacedValue) => void
}

class Found {
  readonly commands: AutomaticCommand[] = []

  constructor(
    private readonly file: string,
    private readonly tool: Tool,
  ) {}

  add(event: string, line: number, command: string): void {
    if (command.trim() !== '') this.commands.push({ file: this.file, line, event, tool: this.tool, command })
  }
}

/** File systems of two of three platforms do not tell capitals. */
const forms: readonly Form[] = [
  { path: /(?:^|\/)\.claude\/settings(?:\.local)?\.json$/i, tool: 'claude', read: readAgentSettings },
  { path: /(?:^|\/)\.gemini\/settings\.json$/i, tool: 'gemini', read: readAgentSettings },
  { path: /(?:^|\/)\.qwen\/settings\.json$/i, tool: 'other', read: readAgentSettings },
  { path: /(?:^|\/)\.codex\/hooks\.json$/i, tool: 'other', read: readAgentSettings },
  { path: /(?:^|\/)hooks\/hooks\.json$/i, tool: 'claude', read: readAgentSettings },
  { path: /(?:^|\/)\.cursor\/hooks\.json$/i, tool: 'cursor', read: readAgentSettings },
  { path: /(?:^|\/)\.windsurf\/hooks\.json$/i, tool: 'other', read: readAgentSettings },
  { path: /(?:^|\/)\.github\/hooks\/[^/]+\.json$/i, tool: 'other', read: readAgentSettings },
  { path: /(?:^|\/)\.cursor\/environment\.json$/i, tool: 'cursor', read: readCursorEnvironment },
  { path: /(?:^|\/)\.vscode\/tasks\.json$/i, tool: 'vscode', read: readTasks },
  {
    path: /\.code-workspace$/i,
    tool: 'vscode',
    read: (found, value) => readTasks(found, memberOf(value, 'tasks')?.value),
  },
  { path: /(?:^|\/)\.?devcontainer\.json$/i, tool: 'devcontainer', read: readDevContainer },
  { path: /(?:^|\/)\.?lefthook(?:-local)?\.(?:ya?ml|json|toml)$/i, tool: 'git', read: readLefthook },
  { path: /(?:^|\/)\.?simple-git-hooks\.json$/i, tool: 'git', read: readHookTable },
  {
    path: /(?:^|\/)\.huskyrc\.json$/i,
    tool: 'git',
    read: (found, value) => readHookTable(found, memberOf(value, 'hooks')?.value),
  },
  { path: /(?:^|\/)\.pre-commit-config\.ya?ml$/i, tool: 'git', read: readPreCommit },
  { path: /(?:^|\/)package\.json$/, tool: 'git', read: readManifestHooks },
]

/** A file that is a git hook by its place: what stands in it runs when its owner commits, pulls or checks out. */
const hookFolders = /(?:^|\/)(?:\.husky|\.githooks|\.git-hooks|\.hooks)\/([^/.][^/]*)$/i

/** Files of agents, editors and git that run something by themselves. */
export const automaticCommandsReader: PostureReader = {
  maxBytes: maxSettingsBytes,
  matches: (path) => hookFolders.test(path) || forms.some((form) => form.path.test(path)),
  read(file, text): PostureRead {
    const hook = hookFolders.exec(file)?.[1]
    if (hook !== undefined) return limited(gitHook(file, hook, text))
    const form = forms.find(({ path }) => path.test(file))
    // Most manifests say nothing of the kind, and a repository can have thousands; a key may be spelled with escapes.
    if (form?.read === readManifestHooks && !/husky|simple-git-hooks|\\u/.test(text)) return {}
    if (form === undefined) return {}
    const { value, broken } = parseSettings(file, text)
    const found = new Found(file, form.tool)
    if (value !== undefined) form.read(found, value)
    return { ...limited(found.commands), ...(broken !== undefined && { broken }) }
  },
}

function limited(commands: readonly AutomaticCommand[]): PostureRead {
  if (commands.length <= maxAutomaticCommands) return { automatic: commands }
  const cut = `${commands.length} commands that run by themselves, of which ${maxAutomaticCommands} are looked at`
  return { automatic: commands.slice(0, maxAutomaticCommands), cut }
}

/** Each line that is no comment. */
const gitHook = (file: string, hook: string, text: string): readonly AutomaticCommand[] =>
  text.split(/\r?\n/).flatMap((row, index) => {
    const command = row.trim()
    // husky's own preamble and comments run nothing of the repository's.
    if (command === '' || command.startsWith('#') || /^\. "?\$\(dirname\b.*husky\.sh"?$/.test(command)) return []
    return [{ file, line: index + 1, event: hook, tool: 'git' as const, command }]
  })

/** Programs that Claude Code starts for a value of its own settings, without any event. */
const valueCommands: ReadonlySet<string> = new Set([
  'apiKeyHelper',
  'awsAuthRefresh',
  'awsCredentialExport',
  'gcpAuthRefresh',
  'otelHeadersHelper',
])

/**
 * `hooks`: event → handlers, or groups of handlers under a matcher (Claude Code, Gemini CLI, Cursor, GitHub's agent). A handler of the
 * kinds `prompt` and `agent` runs no command of the repository's.
 */
function readAgentSettings(found: Found, value: PlacedValue): void {
  for (const [event, { value: handlers }] of membersOf(memberOf(value, 'hooks')?.value)) {
    for (const handler of itemsOf(handlers).flatMap((one) => [one, ...itemsOf(memberOf(one, 'hooks')?.value)])) {
      for (const key of ['command', 'bash', 'powershell', 'windows', 'linux', 'osx', 'url']) {
        const member = memberOf(handler, key)
        const command = scalarText(member?.value)
        const words = textsOf(memberOf(handler, 'args')?.value).map(({ text }) => text)
        if (member !== undefined && command !== undefined) found.add(event, member.line, [command, ...words].join(' '))
      }
    }
  }
  for (const [key, member] of membersOf(value)) {
    const own = valueCommands.has(key) ? member : key === 'statusLine' ? memberOf(member.value, 'command') : undefined
    const command = scalarText(own?.value)
    if (own !== undefined && command !== undefined) found.add(key, own.line, command)
  }
}

function readCursorEnvironment(found: Found, value: PlacedValue): void {
  for (const key of ['install', 'start', 'update']) addCommand(found, key, memberOf(value, key))
  for (const terminal of itemsOf(memberOf(value, 'terminals')?.value)) {
    addCommand(found, 'terminal', memberOf(terminal, 'command'))
  }
}

/** Only what runs when the folder is opened: other tasks wait for somebody to start them. */
function readTasks(found: Found, value: PlacedValue | undefined): void {
  for (const task of itemsOf(memberOf(value, 'tasks')?.value)) {
    const runOn = scalarText(memberOf(memberOf(task, 'runOptions')?.value, 'runOn')?.value)
    if (runOn?.toLowerCase() !== 'folderopen') continue
    const variants = [task, ...['linux', 'osx', 'windows'].flatMap((key) => memberOf(task, key)?.value ?? [])]
    const commands = variants.flatMap((variant) => taskCommand(variant))
    const line = memberOf(task, 'label')?.line ?? task.line
    if (commands.length === 0)
      found.add('folderOpen', line, scalarText(memberOf(task, 'script')?.value) ?? taskName(task))
    for (const { line: at, text } of commands) found.add('folderOpen', at, text)
  }
}

const taskName = (task: PlacedValue): string => scalarText(memberOf(task, 'label')?.value) ?? 'task'

function taskCommand(task: PlacedValue): readonly { readonly line: number; readonly text: string }[] {
  const member = memberOf(task, 'command')
  if (member === undefined) return []
  const command = scalarText(member.value) ?? scalarText(memberOf(member.value, 'value')?.value) ?? ''
  const words = itemsOf(memberOf(task, 'args')?.value).map(
    (word) => scalarText(word) ?? scalarText(memberOf(word, 'value')?.value) ?? '',
  )
  return [{ line: member.line, text: [command, ...words].join(' ').trim() }]
}

/** `initializeCommand` runs on the machine itself, the others in the container. */
const devContainerEvents = [
  'initializeCommand',
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
]

function readDevContainer(found: Found, value: PlacedValue): void {
  for (const event of devContainerEvents) {
    const member = memberOf(value, event)
    if (member?.value.kind !== 'object') addCommand(found, event, member)
    else for (const [, part] of member.value.members) addCommand(found, event, part)
  }
}

/** A text, or a program and its words. */
function addCommand(found: Found, event: string, member: { line: number; value: PlacedValue } | undefined): void {
  if (member === undefined) return
  const words = textsOf(member.value).map(({ text }) => text)
  found.add(event, member.line, words.join(' '))
}

/** By hook: `commands` and `scripts` by name, or a list of `jobs`, which may be groups of jobs. */
function readLefthook(found: Found, value: PlacedValue): void {
  for (const [event, { value: hook }] of membersOf(value)) {
    for (const [, { value: command }] of membersOf(memberOf(hook, 'commands')?.value)) {
      addCommand(found, event, memberOf(command, 'run'))
    }
    for (const [name, { line, value: script }] of membersOf(memberOf(hook, 'scripts')?.value)) {
      const runner = scalarText(memberOf(script, 'runner')?.value)
      found.add(event, line, runner === undefined ? name : `${runner} ${name}`)
    }
    const jobs = [...itemsOf(memberOf(hook, 'jobs')?.value)]
    for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
      addCommand(found, event, memberOf(job, 'run'))
      addCommand(found, event, memberOf(job, 'script'))
      jobs.push(...itemsOf(memberOf(memberOf(job, 'group')?.value, 'jobs')?.value))
    }
  }
}

/** Only local hooks: what comes from another repository is pinned by its `rev`, and moves with every update. */
function readPreCommit(found: Found, value: PlacedValue): void {
  for (const source of itemsOf(memberOf(value, 'repos')?.value)) {
    if (scalarText(memberOf(source, 'repo')?.value) !== 'local') continue
    for (const hook of itemsOf(memberOf(source, 'hooks')?.value)) {
      addCommand(found, 'pre-commit', memberOf(hook, 'entry'))
    }
  }
}

/** simple-git-hooks, and husky before its version 5. */
function readManifestHooks(found: Found, value: PlacedValue): void {
  readHookTable(found, memberOf(value, 'simple-git-hooks')?.value)
  readHookTable(found, memberOf(memberOf(value, 'husky')?.value, 'hooks')?.value)
}

/** Hook → command. */
function readHookTable(found: Found, table: PlacedValue | undefined): void {
  for (const [event, member] of membersOf(table)) addCommand(found, event, member)
}
