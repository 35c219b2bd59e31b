import { maxCommandFileBytes } from '../../limits.js'
import { isInterpreter, programName } from '../../package/shell/programs.js'
import type { ShellDialect } from '../../package/shell/shell-act.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { PlacedText } from '../commands/placed-text.js'
import { type CommandText, readCommands } from '../commands/read-commands.js'
import { enter, type Folder } from '../commands/working-folder.js'
import type { PostureRead, PostureReader } from '../posture/posture-reader.js'
import { hasExpression, valueWithoutExpressions, withoutExpressions } from './expressions.js'
import { readAction, readWorkflow, type StepScript, type WorkflowRead } from './read-workflow.js'
import { isAction, isWorkflow } from './workflow-files.js'

export const workflowReader: PostureReader = {
  matches: isWorkflow,
  read: (file, text, _, budget = new ShellBudget()) => toPosture(file, text, readWorkflow(file, text), budget),
  maxBytes: maxCommandFileBytes,
}

export const actionReader: PostureReader = {
  matches: isAction,
  read: (file, text, _, budget = new ShellBudget()) => toPosture(file, text, readAction(file, text), budget),
  maxBytes: maxCommandFileBytes,
}

function toPosture(file: string, text: string, read: WorkflowRead, budget: ShellBudget): PostureRead {
  const { workflow, scripts, broken } = read
  const source = text.split('\n')
  const texts = scripts.flatMap((script) => [...toShellText(file, script), ...toCommandText(file, source, script)])
  const { commands, ...rest } = readCommands(texts, budget)
  const cut = read.cut ? 'it has more steps than are read' : rest.cut
  return {
    ...(workflow && { workflows: [workflow] }),
    commands,
    ...(broken !== undefined && { broken }),
    ...(cut !== undefined && { cut }),
  }
}

function toCommandText(file: string, source: readonly string[], script: StepScript): readonly CommandText[] {
  const dialect = dialectOf(script.shell, script.runsOn)
  if (dialect === undefined) return []
  const { yaml, node } = script
  return [{ ...surroundingsOf(file, script), placed: withoutExpressions(yaml.placed(node)), dialect, source }]
}

/** A `shell` of one's own is a command line, which is started before the script is looked at: `npm install {0}`. */
function toShellText(file: string, script: StepScript): readonly CommandText[] {
  const { shell = '', yaml, node } = script
  const words = shell.trim().split(/\s+/)
  // An expression is whatever it comes to, most often one of the known shells.
  if (words.length < 2 || hasExpression(shell)) return []
  if (isInterpreter(programName(words[0] ?? '')) && !words.includes('-c')) return []
  return [{ ...surroundingsOf(file, script), placed: PlacedText.line(shell, yaml.line(node)), dialect: 'posix' }]
}

function surroundingsOf(file: string, script: StepScript): Omit<CommandText, 'placed' | 'dialect'> {
  const { job, step } = script
  return {
    file,
    host: isWorkflow(file) ? { kind: 'workflow', job, step } : { kind: 'action', step },
    folder: folderOfStep(script.folder),
    environment: new Map(script.environment.map(({ name, value }) => [name, valueWithoutExpressions(value)])),
  }
}

/** Undefined for a language, whose scripts are no commands. Without a word GitHub takes bash, and PowerShell on Windows. */
function dialectOf(shell: string | undefined, runsOn: string): ShellDialect | undefined {
  if (shell === undefined) return /windows/i.test(runsOn) && !runsOn.includes('${{') ? 'powershell' : 'posix'
  const program = programName(shell.trim().split(/\s/)[0] ?? '')
  if (program === 'pwsh' || program === 'powershell') return 'powershell'
  if (program === 'cmd') return 'cmd'
  return /^(?:python[\d.]*|node|perl|ruby|deno|bun|php)$/.test(program) ? undefined : 'posix'
}

const folderOfStep = (written: string | undefined): Folder =>
  written === undefined ? '' : enter('', valueWithoutExpressions(written))
