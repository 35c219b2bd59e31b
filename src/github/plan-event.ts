import { z } from 'zod'
import type { RepositoryReference } from './repository.js'
import {
  branchLane,
  mergeGroupLane,
  type PlannedReview,
  planMergeGroup,
  planPullRequest,
  planPush,
  planRerun,
  planSettle,
} from './review-request.js'

/** What a webhook leads to: reviews to do, and lanes whose work nobody waits for any more. */
export interface PlannedEvent {
  readonly jobs: readonly PlannedReview[]
  readonly cancel: readonly string[]
}

const sha = z.string().regex(/^[0-9a-f]{40}$|^[0-9a-f]{64}$/)
const id = z.number().int().positive()

const source = z.object({
  installation: z.object({ id }),
  repository: z.object({ id, name: z.string().min(1), owner: z.object({ login: z.string().min(1) }) }),
})

const pullRequestEvent = source.extend({
  action: z.string(),
  number: id,
  before: sha.optional(),
  changes: z.object({ base: z.unknown().optional() }).optional(),
})

const pushEvent = source.extend({
  ref: z.string(),
  before: sha,
  after: sha,
  repository: source.shape.repository.extend({ default_branch: z.string() }),
})

const mergeGroupEvent = source.extend({
  action: z.string(),
  merge_group: z.object({ head_sha: sha, base_sha: sha, base_ref: z.string() }),
})

const checkRunEvent = source.extend({
  action: z.string(),
  check_run: z.object({ head_sha: sha, app: z.object({ id }).nullish() }),
})

const checkSuiteEvent = source.extend({
  action: z.string(),
  check_suite: z.object({ head_sha: sha, app: z.object({ id }).nullish() }),
})

/** The events that `planEvent` knows, for whoever subscribes to them. */
export const plannedEvents = ['pull_request', 'push', 'merge_group', 'check_run', 'check_suite'] as const

const nothing: PlannedEvent = { jobs: [], cancel: [] }

/**
 * A webhook as work. A pure function of the payload, so that it can be accepted before GitHub's ten seconds are over; what
 * the payload says of heads and bases is only a hint, because deliveries come late and out of order. Throws on a payload
 * that is not GitHub's.
 */
export function planEvent(name: string, payload: unknown, appId: number): PlannedEvent {
  if (name === 'pull_request') return planPullRequestEvent(pullRequestEvent.parse(payload))
  if (name === 'push') return planPushEvent(pushEvent.parse(payload))
  if (name === 'merge_group') return planMergeGroupEvent(mergeGroupEvent.parse(payload))
  if (name === 'check_run') {
    const { check_run: check, ...event } = checkRunEvent.parse(payload)
    return planRerunEvent(event, check, appId)
  }
  if (name === 'check_suite') {
    const { check_suite: suite, ...event } = checkSuiteEvent.parse(payload)
    return planRerunEvent(event, suite, appId)
  }
  return nothing
}

const toReference = ({ installation, repository }: z.infer<typeof source>): RepositoryReference => ({
  installationId: installation.id,
  id: repository.id,
  owner: repository.owner.login,
  name: repository.name,
})

/** `closed` is a review too: the one that finds the pull request closed ends what is in progress, and looks after others. */
const pullRequestActions = new Set(['opened', 'reopened', 'synchronize', 'ready_for_review', 'closed'])

function planPullRequestEvent(event: z.infer<typeof pullRequestEvent>): PlannedEvent {
  const { action, number, before, changes } = event
  const retargeted = action === 'edited' && changes?.base !== undefined
  if (!pullRequestActions.has(action) && !retargeted) return nothing
  const repository = toReference(event)
  const settle = action === 'synchronize' && before !== undefined ? [planSettle(repository, before)] : []
  return { jobs: [planPullRequest(repository, number), ...settle], cancel: [] }
}

const isNull = (commit: string): boolean => /^0+$/.test(commit)

function planPushEvent(event: z.infer<typeof pushEvent>): PlannedEvent {
  const branch = /^refs\/heads\/(.+)$/s.exec(event.ref)?.[1]
  // Tags are no branches; merge groups have an event of their own.
  if (branch === undefined || branch.startsWith('gh-readonly-queue/')) return nothing
  const repository = toReference(event)
  const { before, after } = event
  if (isNull(after)) {
    const jobs = isNull(before) ? [] : [planSettle(repository, before)]
    return { jobs, cancel: [branchLane(repository, branch)] }
  }
  const isDefault = branch === event.repository.default_branch
  const from = isNull(before) ? {} : { before }
  const push = planPush({ kind: 'push', repository, branch, after, ...from }, isDefault)
  const settle = isDefault || isNull(before) ? [] : [planSettle(repository, before)]
  return { jobs: [push, ...settle], cancel: [] }
}

function planMergeGroupEvent(event: z.infer<typeof mergeGroupEvent>): PlannedEvent {
  const repository = toReference(event)
  const { head_sha: headSha, base_sha: baseSha, base_ref: baseRef } = event.merge_group
  if (event.action === 'destroyed') {
    return { jobs: [planSettle(repository, headSha)], cancel: [mergeGroupLane(repository, headSha)] }
  }
  if (event.action !== 'checks_requested') return nothing
  const request = { kind: 'merge-group', repository, baseSha, baseRef: baseRef.replace(/^refs\/heads\//, ''), headSha }
  return { jobs: [planMergeGroup({ ...request, kind: 'merge-group' })], cancel: [] }
}

function planRerunEvent(
  event: z.infer<typeof source> & { readonly action: string },
  { head_sha: sha, app }: { readonly head_sha: string; readonly app?: { readonly id: number } | null | undefined },
  appId: number,
): PlannedEvent {
  if (event.action !== 'rerequested' || app?.id !== appId) return nothing
  return { jobs: [planRerun(toReference(event), sha)], cancel: [] }
}
