import { foreign } from '../../foreign.js'
import { installCommand } from '../../repository/commands/install-command.js'
import { startedProgram } from '../../repository/commands/started-program.js'
import type {
  PostureState,
  RepositoryCommand,
  Workflow,
  WorkflowJob,
  WorkflowStep,
} from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import {
  type ForeignCheckout,
  foreignCheckout,
  isForOwnBranches,
  isForRobots,
  isPrivileged,
} from '../shared/foreign-checkout.js'
import { mergeByFile } from '../shared/merge-observations.js'
import { runsNoScript } from '../shared/script-settings.js'

export const workflowPrivilegedInstall = defineRule({
  id: 'workflow-privileged-install',
  title: 'proposed code run with secrets',
  severity: 'critical',
  confidence: 'high',
  fix: 'Run what a pull request proposes on `pull_request`, which has no secrets, and hand its result to a second workflow that runs nothing of it.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    return mergeByFile(broughtIn(repository, privilegedRuns))
  },
})

function privilegedRuns(state: PostureState): readonly Keyed[] {
  const byStep = new Map<string, RepositoryCommand[]>()
  for (const command of state.commands) {
    if (command.host.kind !== 'workflow') continue
    const key = keyOf(command.file, command.host.job, command.host.step)
    if (byStep.get(key)?.push(command) === undefined) byStep.set(key, [command])
  }
  return state.workflows.filter(isPrivileged).flatMap((workflow) =>
    workflow.jobs.flatMap((job): Keyed[] => {
      if (isForOwnBranches(job.condition)) return []
      const commandsOf = (step: WorkflowStep): readonly RepositoryCommand[] =>
        byStep.get(keyOf(workflow.file, job.id, step.index)) ?? []
      const checkout = foreignCheckout(job, commandsOf)
      const run = checkout && firstRun(job, checkout, commandsOf, state)
      return checkout === undefined || run === undefined ? [] : [observe(workflow, job, checkout, run)]
    }),
  )
}

interface Run {
  readonly line: number
  readonly text: string
}

function observe({ file, triggers }: Workflow, job: WorkflowJob, checkout: ForeignCheckout, run: Run): Keyed {
  return {
    key: keyOf(job.id),
    observation: {
      message: 'checks out what anybody may propose and runs it where the secrets of the repository are',
      evidence: [
        { label: 'runs', value: foreign(run.text) },
        { label: 'checks out', value: foreign(checkout.text) },
        { label: 'on', value: foreign(triggers.map(({ name }) => name).join(', ')) },
      ],
      anchors: [
        { kind: 'line', file, line: run.line },
        { kind: 'line', file, line: checkout.line },
      ],
      // Somebody may be asked each time, only a robot may be let through, or an earlier job may have looked: what the file itself does not show.
      ...((job.deploysTo !== undefined || checkout.isInferred || isForRobots(job.condition)) && {
        severity: 'high' as const,
        confidence: 'medium' as const,
      }),
    },
  }
}

/** The first thing behind the checkout that runs something of it. */
function firstRun(
  { steps }: WorkflowJob,
  { step: from, folder, line: at }: ForeignCheckout,
  commandsOf: (step: WorkflowStep) => readonly RepositoryCommand[],
  state: PostureState,
): Run | undefined {
  for (const step of steps.filter(({ index, condition }) => index >= from && !isForOwnBranches(condition))) {
    const { uses } = step
    const local = folder === '' ? './' : `./${folder}/`
    if (step.index > from && uses?.text.startsWith(local)) return { line: uses.line, text: uses.text }
    const found = commandsOf(step).find(
      (command) => command.line >= at && isWithin(command, folder) && runsProject(command, state),
    )
    if (found !== undefined) return { line: found.line, text: found.invocation.excerpt }
  }
  return undefined
}

/** What stands in a folder of its own is run from there, or by its path. */
function isWithin({ folder, invocation }: RepositoryCommand, checkout: string): boolean {
  if (checkout === '' || folder === undefined) return true
  return (
    folder === checkout ||
    folder.startsWith(`${checkout}/`) ||
    invocation.words.some((word) => word.replace(/^\.\//, '').startsWith(`${checkout}/`))
  )
}

const builders =
  /^(?:make|gmake|just|task|cargo|gradle|gradlew|mvn|mvnw|tox|nox|rake|bundle|composer|docker-compose|turbo|nx|lerna|rush|jest|vitest|tsc|eslint|pytest)$/
const managers: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun', 'deno'])
const asking =
  /^(?:--version|-v|config|view|info|whoami|pkg|cache|get|set|prefix|root|bin|list|ls|audit|outdated|--help|pack)$/

/** An install runs the project's own scripts, unless it runs none; a program of the project, or a file of it, is it. */
function runsProject(command: RepositoryCommand, { settings }: PostureState): boolean {
  const install = installCommand(command)
  if (install !== undefined) {
    return /^(?:install|add|update)$/.test(install.action) && !install.simulated && !runsNoScript(install, settings)
  }
  const { program, words } = startedProgram(command.invocation)
  const [started = ''] = command.invocation.words
  if (managers.has(program))
    return words.length > 0 && !asking.test(words.find((word) => !/^-./.test(word)) ?? words[0] ?? '')
  if (program === 'go') return /^(?:run|test|build|generate)$/.test(words[0] ?? '')
  if (/^(?:node|python[23]?|bash|sh|ruby|perl|tsx|ts-node)$/.test(program)) {
    const file = words.find((word) => !word.startsWith('-'))
    const isText = words.some((word) => /^-[a-z]*[cep]$|^--(?:eval|print)$/.test(word))
    return file !== undefined && !isText && !/^[/~$…]/.test(file)
  }
  return builders.test(program) || /^\.{1,2}\/./.test(started)
}
