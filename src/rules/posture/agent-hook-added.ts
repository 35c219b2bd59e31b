import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import { readShell } from '../../package/shell/read-shell.js'
import type { ShellAction } from '../../package/shell/shell-act.js'
import type { AutomaticCommand, PostureState } from '../../repository/posture/posture-state.js'
import { defineRule, type Observation, type Severity } from '../rule.js'
import { isWholeState } from '../shared/whole-state.js'

export const agentHookAdded = defineRule({
  id: 'agent-hook-added',
  title: 'command that runs by itself',
  severity: 'high',
  confidence: 'high',
  fix: 'Read what it runs as you would read an install script, on a machine where the folder is not open in the tool that would start it.',
  on: ['repository'],
  needs: [],

  inspect(change) {
    const { posture } = change
    if (posture === undefined) return []
    const had = new Set(posture.before?.automatic.map(keyOfCommand))
    const knewFile = new Set(posture.before?.automatic.map(({ file }) => file))
    const byFile = new Map<string, AutomaticCommand[]>()
    for (const command of posture.after.automatic) {
      if (!had.has(keyOfCommand(command))) byFile.set(command.file, [...(byFile.get(command.file) ?? []), command])
    }
    const context: Context = { isWhole: isWholeState(change), changed: posture.changed, before: posture.before }
    return [...byFile].map(([file, commands]) => observe(commands, knewFile.has(file), context))
  },
})

interface Context {
  readonly isWhole: boolean
  readonly changed: ReadonlySet<string>
  readonly before: PostureState | undefined
}

const keyOfCommand = ({ file, event, tool, command }: AutomaticCommand): string =>
  JSON.stringify([file, event, tool, command.trim().replace(/\s+/g, ' ')])

function observe(commands: readonly AutomaticCommand[], isKnownFile: boolean, context: Context): Observation {
  const [first, ...others] = commands.map(({ file, line }): Anchor => ({ kind: 'line', file, line }))
  const severities = commands.map((command) => severityOf(command, context))
  const severity = order.find((one) => severities.includes(one)) ?? 'high'
  const isGit = commands.every(({ tool }) => tool === 'git')
  const isFetching = commands.some(fetches)
  return {
    message: [
      isKnownFile ? 'has' : 'is a file with',
      'commands that',
      isGit ? 'git starts by itself' : 'an agent, an editor or a container starts by itself',
      context.isWhole ? '' : isKnownFile ? 'which the change adds or rewrites' : 'which the change adds',
      isFetching ? 'and that download or decode what they run' : '',
    ]
      .filter((part) => part !== '')
      .join(' ')
      .replace(' which', ', which'),
    evidence: commands
      .slice(0, maxShown)
      .map(({ event, command }) => ({ label: event, value: foreign(command.slice(0, maxShownCharacters)) })),
    anchors: [first ?? { kind: 'file', file: '' }, ...others.slice(0, maxShown - 1)],
    severity,
  }
}

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low']
const maxShown = 10
const maxShownCharacters = 500

/** In an audit these are told of, not held against the repository: somebody decided on them once. */
function severityOf(command: AutomaticCommand, { isWhole, changed }: Context): Severity {
  if (fetches(command)) return 'high'
  if (isWhole) return 'low'
  // A script that comes with the change is as new as what starts it.
  if (command.tool === 'git') return namesChanged(command, changed) ? 'high' : 'low'
  // In the container, and what every project does there.
  return command.tool === 'devcontainer' && command.event !== 'initializeCommand' && isPlainInstall(command.command)
    ? 'low'
    : 'high'
}

const telling: ReadonlySet<ShellAction> = new Set([
  'download',
  'download-and-run',
  'pipe-to-shell',
  'decode-and-run',
  'encoded-command',
  'secret-read',
  'secret-sent',
  'host-sent',
  'delete-itself',
  'agent-run',
])

const fetches = ({ command }: AutomaticCommand): boolean =>
  readShell([{ text: command, dialect: 'posix' }]).some(({ action }) => telling.has(action))

const namesChanged = ({ command, file }: AutomaticCommand, changed: ReadonlySet<string>): boolean =>
  wordsOf(command).some((word) => word !== file && !/(?:^|\/)package\.json$/.test(word) && changed.has(word))

const wordsOf = (command: string): readonly string[] =>
  command.split(/[\s"'`;&|()=]+/).map((word) => word.replace(/^\.\//, ''))

/** `npm ci`, `pnpm install --frozen-lockfile && pnpm build` is more than that. */
const isPlainInstall = (command: string): boolean =>
  /^\s*(?:(?:npm|pnpm|yarn|bun)(?:\s+(?:ci|install|i))?|corepack enable|uv sync|poetry install|pip install -r [\w./-]+|bundle install|go mod download)(?:\s+-[\w-]+)*\s*$/.test(
    command,
  )
