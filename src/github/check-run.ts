import { reviewingNotice, supersededNotice } from '../report/check-texts.js'
import type { CheckOutput } from '../report/to-markdown.js'
import { type Annotation, type CheckPlan, keyOf, toPlan } from './check-plan.js'
import { isTransient, statusOf } from './octokit.js'
import type { RepositoryClient } from './pull-request.js'

/** The one that can be required. */
export const checkName = 'Lockwarden'

/** Of branches without a pull request: named apart, so that it can never satisfy the required one. */
export const branchCheckName = 'Lockwarden (push)'

/** GitHub takes no more in one request. */
const annotationsPerRequest = 50

/** Times that a write whose answer was lost is looked up and completed at once; then the job comes back later. */
const attempts = 3

export interface CheckTarget {
  readonly client: RepositoryClient
  readonly appId: number
  readonly sha: string
  readonly name: string
  /** What is judged, for whoever finds the check run later: `ReviewRequest` in short. */
  readonly externalId: string
  /** Finds the commit where GitHub does not give a fork's by its sha. */
  readonly fallbackRef?: string
}

export interface CheckRun {
  readonly id: number
  readonly name: string
  readonly externalId: string
  readonly completed: boolean
  readonly conclusion: string | null
  readonly annotations: number
}

/** Our newest check run of that name on the commit: by our App's id, never by name alone. */
export async function findCheck(target: Omit<CheckTarget, 'externalId'>): Promise<CheckRun | undefined> {
  const runs = await listChecks(target)
  return runs.toSorted((a, b) => b.id - a.id)[0]
}

/** Ours on the commit that are in progress, whatever their name. */
export async function listOpenChecks({
  client: { github, owner, repo },
  appId,
  sha,
}: Pick<CheckTarget, 'client' | 'appId' | 'sha'>): Promise<CheckRun[]> {
  const parameters = { owner, repo, ref: sha, app_id: appId, status: 'in_progress', per_page: 100 } as const
  const { data } = await github.rest.checks.listForRef(parameters)
  return data.check_runs.filter((run) => run.head_sha === sha && run.app?.id === appId).map(toCheckRun)
}

async function listChecks(target: Omit<CheckTarget, 'externalId'>): Promise<CheckRun[]> {
  const { sha, fallbackRef } = target
  try {
    return await listChecksOf(target, sha)
  } catch (error) {
    if (![404, 422].includes(statusOf(error) ?? 0)) throw error
    return fallbackRef === undefined ? [] : listChecksOf(target, fallbackRef)
  }
}

async function listChecksOf(
  { client: { github, owner, repo }, appId, name, sha }: Omit<CheckTarget, 'externalId'>,
  ref: string,
): Promise<CheckRun[]> {
  const { data } = await github.rest.checks.listForRef({
    owner,
    repo,
    ref,
    check_name: name,
    app_id: appId,
    filter: 'latest',
    per_page: 100,
  })
  return data.check_runs.filter((run) => run.head_sha === sha && run.app?.id === appId).map(toCheckRun)
}

interface CheckResource {
  readonly id: number
  readonly name: string
  readonly external_id: string | null
  readonly status: string
  readonly conclusion: string | null
  readonly output: { readonly annotations_count: number }
}

const toCheckRun = ({ id, name, external_id, status, conclusion, output }: CheckResource): CheckRun => ({
  id,
  name,
  externalId: external_id ?? '',
  completed: status === 'completed',
  conclusion,
  annotations: output.annotations_count,
})

/**
 * Our check run on the commit, in progress. There is one for a commit and name: an older one is set back, so that its
 * result counts no longer. Only one that shows annotations is replaced, because GitHub can add to these but not remove.
 */
export async function openCheck(target: CheckTarget): Promise<CheckRun> {
  const found = await findCheck(target)
  if (found && !found.completed) return found
  if (found && found.annotations === 0) {
    const reset = await updateCheck(target, found.id, {
      status: 'in_progress',
      output: { ...reviewingNotice, text: '' },
    })
    if (!reset.completed) return reset
  }
  try {
    return await createCheck(target)
  } catch (error) {
    // The answer was lost, perhaps not the check run.
    if (!isTransient(error)) throw error
    const created = await findCheck(target)
    if (!created || created.completed) throw error
    return created
  }
}

async function createCheck({ client, sha, name, externalId }: CheckTarget): Promise<CheckRun> {
  const { github, owner, repo } = client
  const { data } = await github.rest.checks.create({
    owner,
    repo,
    name,
    head_sha: sha,
    external_id: externalId,
    status: 'in_progress',
    output: reviewingNotice,
  })
  return toCheckRun(data)
}

interface CheckUpdate {
  readonly status?: 'in_progress'
  readonly conclusion?: CheckPlan['conclusion']
  readonly output: { title: string; summary: string; text?: string; annotations?: Annotation[] }
}

async function updateCheck(
  { client, externalId }: Pick<CheckTarget, 'client' | 'externalId'>,
  id: number,
  { status, conclusion, output }: CheckUpdate,
): Promise<CheckRun> {
  const { github, owner, repo } = client
  const { data } = await github.rest.checks.update({
    owner,
    repo,
    check_run_id: id,
    external_id: externalId,
    output,
    ...(status && { status }),
    ...(conclusion && { status: 'completed', conclusion }),
  })
  return toCheckRun(data)
}

/** Completes a check run whatever was lost on the way, and shows each annotation once. */
export async function completeCheck(target: CheckTarget, run: CheckRun, plan: CheckPlan): Promise<void> {
  let shown = run.annotations > 0
  for (let attempt = 1; ; attempt += 1) {
    try {
      const missing = shown ? await withoutShown(target, run.id, plan.annotations) : plan.annotations
      return await sendPlan(target, run.id, plan, missing)
    } catch (error) {
      if (statusOf(error) === 422 && plan.annotations.length > 0) {
        // One that GitHub does not take refuses all. Everything that they say is in the text too.
        return completeCheck(target, run, { ...plan, annotations: [] })
      }
      if (!isTransient(error) || attempt === attempts) throw error
      shown = true
    }
  }
}

async function sendPlan(
  target: CheckTarget,
  id: number,
  { conclusion, output }: CheckPlan,
  annotations: readonly Annotation[],
): Promise<void> {
  const last = Math.max(0, Math.ceil(annotations.length / annotationsPerRequest) - 1) * annotationsPerRequest
  for (let from = 0; from < last; from += annotationsPerRequest) {
    const batch = annotations.slice(from, from + annotationsPerRequest)
    await updateCheck(target, id, { output: { ...output, annotations: batch } })
  }
  await updateCheck(target, id, { conclusion, output: { ...output, annotations: annotations.slice(last) } })
}

async function withoutShown(
  { client: { github, owner, repo } }: CheckTarget,
  id: number,
  annotations: readonly Annotation[],
): Promise<readonly Annotation[]> {
  if (annotations.length === 0) return annotations
  const parameters = { owner, repo, check_run_id: id, per_page: 100 }
  const listed = await github.paginate(github.rest.checks.listAnnotations, parameters)
  const keys = new Set(
    listed.map(({ path, start_line, title, message }) =>
      keyOf({ path, start_line, title: title ?? '', message: message ?? '' }),
    ),
  )
  return annotations.filter((annotation) => !keys.has(keyOf(annotation)))
}

/**
 * Writes other texts into our completed check run on the commit, made of those that it has, and leaves its result alone; false while it is not completed.
 */
export async function amendCheck(
  target: Omit<CheckTarget, 'externalId'>,
  amend: (output: CheckOutput) => CheckOutput,
): Promise<boolean> {
  const run = await findCheck(target)
  if (!run?.completed) return false
  const { github, owner, repo } = target.client
  const { data } = await github.rest.checks.get({ owner, repo, check_run_id: run.id })
  const { title, summary, text } = data.output
  const before: CheckOutput = { title: title ?? '', summary: summary ?? '', text: text ?? '' }
  // Without a conclusion in it, an update leaves the one that is there.
  await updateCheck({ ...target, externalId: run.externalId }, run.id, { output: { ...amend(before) } })
  return true
}

/** Ends a check run that nobody waits for. One that has its result keeps it. */
export async function cancelCheck(target: CheckTarget, notice = supersededNotice): Promise<void> {
  const run = await findCheck(target)
  if (run && !run.completed)
    await completeCheck({ ...target, externalId: run.externalId }, run, toPlan('cancelled', notice))
}
