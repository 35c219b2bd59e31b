import type { RepositoryReference } from './repository.js'

/** What there is to do, as plain data. All that can change meanwhile is read anew when its turn comes. */
export type ReviewRequest =
  | { readonly kind: 'pull-request'; readonly repository: RepositoryReference; readonly number: number }
  | PushRequest
  | MergeGroupRequest
  /** Somebody pressed **Re-run** on a commit. */
  | { readonly kind: 'rerun'; readonly repository: RepositoryReference; readonly sha: string }
  /** A commit that is no longer a head: nothing of ours may stay in progress on it. */
  | { readonly kind: 'settle'; readonly repository: RepositoryReference; readonly sha: string }
  | AuditRequest

export interface PushRequest {
  readonly kind: 'push'
  readonly repository: RepositoryReference
  readonly branch: string
  /** Absent when the push created the branch. */
  readonly before?: string
  readonly after: string
}

/** How a repository stands after a push to its default branch: work of its own, so that the push's result never waits for it. */
export interface AuditRequest {
  readonly kind: 'audit'
  readonly repository: RepositoryReference
  readonly sha: string
}

export interface MergeGroupRequest {
  readonly kind: 'merge-group'
  readonly repository: RepositoryReference
  readonly baseSha: string
  readonly baseRef: string
  readonly headSha: string
}

/** Structurally a job of `jobs/`, which this folder does not know. */
export interface PlannedReview {
  readonly lane: string
  readonly payload: ReviewRequest
  readonly onlyIfIdle?: boolean
  /** Milliseconds since the epoch. */
  readonly notBefore?: number
}

export const pullRequestLane = (repository: RepositoryReference, number: number): string => `${repository.id}#${number}`

export function planPullRequest(repository: RepositoryReference, number: number): PlannedReview {
  return { lane: pullRequestLane(repository, number), payload: { kind: 'pull-request', repository, number } }
}

/**
 * A branch has one lane, so that a newer push replaces an older one. The default branch has one for each push: what an
 * older one brought in is in no newer one's range.
 */
export const planPush = (request: PushRequest, isDefaultBranch: boolean): PlannedReview => ({
  lane: isDefaultBranch ? `${request.repository.id}@${request.after}` : branchLane(request.repository, request.branch),
  payload: request,
})

export const branchLane = (repository: RepositoryReference, branch: string): string =>
  `${repository.id}:refs/heads/${branch}`

export const mergeGroupLane = (repository: RepositoryReference, headSha: string): string =>
  `${repository.id}:merge-group@${headSha}`

export const planMergeGroup = (request: MergeGroupRequest): PlannedReview => ({
  lane: mergeGroupLane(request.repository, request.headSha),
  payload: request,
})

export const planSettle = (repository: RepositoryReference, sha: string): PlannedReview => ({
  lane: `${repository.id}:settle@${sha}`,
  payload: { kind: 'settle', repository, sha },
})

export const planRerun = (repository: RepositoryReference, sha: string): PlannedReview => ({
  lane: `${repository.id}:rerun@${sha}`,
  payload: { kind: 'rerun', repository, sha },
})

/** One lane for a repository: how it stood before the newest push, nobody asks any more. */
export const planAudit = (repository: RepositoryReference, sha: string): PlannedReview => ({
  lane: `${repository.id}:audit`,
  payload: { kind: 'audit', repository, sha },
})

/**
 * A request as a check run's `external_id`, from which a re-run or a restart makes it again: what was compared is not in
 * GitHub's payloads. A branch's name cannot hold a colon.
 */
export function writeExternalId(request: Exclude<ReviewRequest, { kind: 'rerun' | 'settle' | 'audit' }>): string {
  if (request.kind === 'pull-request') return 'pull-request'
  if (request.kind === 'push') return `push:${request.branch}:${request.before ?? ''}`
  return `merge-group:${request.baseRef}:${request.baseSha}`
}

/** What is written for a pull request whose check a review would find better at a time that is known already. */
export const writeReviewAgain = (at: number): string => `pull-request:again:${new Date(at).toISOString()}`

/** Milliseconds since the epoch; undefined where nothing is due. */
export function readReviewAgain(externalId: string): number | undefined {
  const [, time] = /^pull-request:again:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.exec(externalId) ?? []
  return time === undefined || Number.isNaN(Date.parse(time)) ? undefined : Date.parse(time)
}

/** Undefined for what is not ours, and for pull requests, which are found by their head. */
export function readExternalId(
  externalId: string,
  repository: RepositoryReference,
  sha: string,
): PushRequest | MergeGroupRequest | undefined {
  const [, kind, ref = '', from = ''] = /^(push|merge-group):([^:]+):([0-9a-f]{40,64})?$/.exec(externalId) ?? []
  if (kind === 'push') {
    return { kind, repository, branch: ref, after: sha, ...(from !== '' && { before: from }) }
  }
  if (kind !== 'merge-group' || from === '') return undefined
  return { kind, repository, baseRef: ref, baseSha: from, headSha: sha }
}
