import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import { installCommand } from '../../repository/commands/install-command.js'
import type {
  PostureState,
  RepositoryCommand,
  Workflow,
  WorkflowJob,
  WorkflowVariable,
} from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { mergeByFile } from '../shared/merge-observations.js'
import { isReleaseSecret } from '../shared/release-secrets.js'
import { runsNoScript } from '../shared/script-settings.js'

export const publishTokenExposed = defineRule({
  id: 'publish-token-exposed',
  title: 'publish secret within reach of dependencies',
  severity: 'high',
  confidence: 'high',
  fix: 'Give the secret to the one step that publishes or deploys, or publish by a trusted publisher, which needs none.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    return mergeByFile(broughtIn(repository, exposedSecrets))
  },
})

function exposedSecrets(state: PostureState): readonly Keyed[] {
  const installs = installsByStep(state)
  return state.workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job) =>
      [...exposedIn(workflow, job, installs)].map(([variable, commands]): Keyed => {
        const { file, line, name, value } = variable
        const others = commands
          .slice(0, maxPlaces)
          .map((command): Anchor => ({ kind: 'line', file, line: command.line }))
        return {
          key: keyOf(job.id, name, value),
          observation: {
            message:
              'hands a secret that publishes or deploys to a step that installs dependencies, whose scripts can read it',
            evidence: [
              { label: 'secret', value: foreign(`${name}: ${value}`) },
              ...commands.slice(0, maxPlaces).map(({ invocation }) => ({
                label: 'installs',
                value: foreign(invocation.excerpt),
              })),
            ],
            anchors: [{ kind: 'line', file, line }, ...others],
          },
        }
      }),
    ),
  )
}

/** Commands of one finding that are shown. */
const maxPlaces = 5

type ByStep = ReadonlyMap<string, readonly RepositoryCommand[]>

/** What installs packages and lets scripts run, by file, job and step. */
function installsByStep({ commands, settings }: PostureState): ByStep {
  const found = new Map<string, RepositoryCommand[]>()
  for (const command of commands) {
    const { host, file } = command
    if (host.kind !== 'workflow' && host.kind !== 'action') continue
    const install = installCommand(command)
    const doesInstall = install !== undefined && actions.has(install.action) && !install.simulated
    if (!doesInstall || runsNoScript(install, settings)) continue
    const key = keyOf(file, host.kind === 'workflow' ? host.job : '', host.step)
    if (found.get(key)?.push(command) === undefined) found.set(key, [command])
  }
  return found
}

/** Not what is started and brings its own: it is most often what the secret is for. */
const actions: ReadonlySet<string> = new Set(['install', 'add', 'global', 'update'])

/** A secret of the workflow or the job is in every step, one of a step in that. */
function exposedIn(
  workflow: Workflow,
  job: WorkflowJob,
  installs: ByStep,
): ReadonlyMap<WorkflowVariable, readonly RepositoryCommand[]> {
  const exposed = new Map<WorkflowVariable, RepositoryCommand[]>()
  for (const step of job.steps) {
    const commands = installs.get(keyOf(workflow.file, job.id, step.index)) ?? []
    if (commands.length === 0) continue
    for (const variable of [...workflow.environment, ...job.environment, ...step.environment].filter(isReleaseSecret)) {
      exposed.set(variable, [...(exposed.get(variable) ?? []), ...commands])
    }
  }
  return exposed
}
