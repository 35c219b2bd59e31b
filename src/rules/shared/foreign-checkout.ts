import { startedProgram } from '../../repository/commands/started-program.js'
import type { RepositoryCommand, Workflow, WorkflowJob, WorkflowStep } from '../../repository/posture/posture-state.js'

/** Where a job takes what a stranger proposes. */
export interface ForeignCheckout {
  readonly line: number
  readonly text: string
  /** The step, from 0; what comes after it runs beside it. */
  readonly step: number
  /** The folder that it lies in, `''` for the workspace. */
  readonly folder: string
  /** Told by where its commit and its repository come from, not by their names. */
  readonly isInferred?: true
}

/** Events that run base's workflow, with its secrets, for what somebody else proposes. */
const privileged: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run'])

export const isPrivileged = ({ triggers }: Workflow): boolean => triggers.some(({ name }) => privileged.has(name))

/** What names the head of a pull request, or of the run that went before. */
const headOfPull =
  /pull_request\.head\.(?:sha|ref)|github\.head_ref|refs\/pull\/|pull_request\.merge_commit_sha|workflow_run\.head_(?:sha|branch)|workflow_run\.pull_requests/

const headRepository = /pull_request\.head\.repo\.|workflow_run\.head_repository\./

const earlierOutput = /\$\{\{\s{0,5}(?:needs|steps)\.[\w.-]{1,200}\.outputs\./

/** A condition that lets through what comes from the same repository only, whose authors may do this anyway. */
const ownBranchesOnly =
  /head\.repo\.full_name\s{0,5}==\s{0,5}github\.repository|github\.repository\s{0,5}==\s{0,5}github\.event\.pull_request\.head\.repo\.full_name|head\.repo\.fork\s{0,5}==\s{0,5}false|!\s{0,5}github\.event\.pull_request\.head\.repo\.fork|workflow_run\.event\s{0,5}==\s{0,5}['"](?:push|schedule)['"]|head_repository\.full_name\s{0,5}==\s{0,5}github\.repository/

export const isForOwnBranches = (condition: string | undefined): boolean => ownBranchesOnly.test(condition ?? '')

const robotsOnly =
  /(?:github\.(?:triggering_)?actor|pull_request\.user\.login)\s{0,5}==\s{0,5}['"][\w-]{1,100}\[bot\]['"]/

/** A robot's proposals only: less than anybody's, and a bad upgrade may be one of them. */
export const isForRobots = (condition = ''): boolean => !condition.includes('||') && robotsOnly.test(condition)

/** The first step of a job that checks out the head, by the action or by a command. */
export function foreignCheckout(
  { steps }: WorkflowJob,
  commandsOf: (step: WorkflowStep) => readonly RepositoryCommand[],
): ForeignCheckout | undefined {
  let fetched: Found | undefined
  for (const step of steps) {
    if (isForOwnBranches(step.condition)) continue
    const found = byAction(step)
    if (found !== undefined) return { ...found, step: step.index }
    for (const command of commandsOf(step)) {
      if (takesOut(command, fetched))
        return { line: command.line, text: command.invocation.excerpt, folder: '', step: step.index }
      if (fetches(command)) fetched = { line: command.line, text: command.invocation.excerpt, folder: '' }
    }
  }
  return undefined
}

type Found = Omit<ForeignCheckout, 'step'>

function byAction({ uses, inputs }: WorkflowStep): Found | undefined {
  if (uses === undefined || !/^actions\/checkout(?:@|$)/i.test(uses.text)) return undefined
  const ref = inputs.get('ref') ?? ''
  const repository = inputs.get('repository') ?? ''
  const folder = (inputs.get('path') ?? '').replace(/^\.\/|\/$/g, '')
  const isHead = headOfPull.test(ref) || headRepository.test(repository)
  // Which commit and whose repository, as an earlier job or step found out: with both left open it is anybody's.
  const isHandedOn = earlierOutput.test(ref) && earlierOutput.test(repository)
  if (!isHead && !isHandedOn) return undefined
  return { line: uses.line, text: `${uses.text} ref: ${ref}`, folder, ...(!isHead && { isInferred: true }) }
}

/** What lies beside the branch that is checked out, to be compared with it, runs nowhere. */
function fetches({ invocation }: RepositoryCommand): boolean {
  const { program, words } = startedProgram(invocation)
  return program === 'git' && words[0] === 'fetch' && words.some((word) => /(?:^|[+/])pull\//.test(word))
}

function takesOut({ invocation }: RepositoryCommand, fetched: Found | undefined): boolean {
  const { program, words } = startedProgram(invocation)
  if (program === 'gh') return words[0] === 'pr' && words[1] === 'checkout'
  if (program !== 'git') return false
  if (words[0] === 'pull') return words.some((word) => /(?:^|[+/])pull\//.test(word))
  return fetched !== undefined && /^(?:checkout|switch|merge|reset|rebase|cherry-pick)$/.test(words[0] ?? '')
}
