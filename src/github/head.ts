import { branchCheckName, type CheckTarget, checkName } from './check-run.js'
import type { PullRequest } from './pull-request.js'
import { type PushRequest, type ReviewRequest, writeExternalId } from './review-request.js'
import type { Session } from './session.js'
import { readMergeGroupSubjects, readPullRequestSubjects, readPushSubjects, type Subject } from './subject.js'

/** What is about one commit's own check run. */
export type HeadRequest = Exclude<ReviewRequest, { kind: 'rerun' | 'settle' | 'audit' }>

/** One commit and its check run, and what the commit is judged for. */
export interface Head {
  readonly request: HeadRequest
  readonly target: CheckTarget
  /** Read anew each time; undefined when the commit is no head any more. */
  readonly subjects: () => Promise<readonly Subject[] | undefined>
  /** Whose comments are brought up to date. */
  readonly pull?: PullRequest
}

export const isToDefaultBranch = ({ client }: Session, request: HeadRequest): request is PushRequest =>
  request.kind === 'push' && request.branch === client.defaultBranch

export function toTarget(session: Session, request: HeadRequest, pull: PullRequest | undefined): CheckTarget {
  const { client, identity } = session
  const isBranch = request.kind === 'push' && !isToDefaultBranch(session, request)
  return {
    client,
    appId: identity.id,
    name: isBranch ? branchCheckName : checkName,
    externalId: writeExternalId(request),
    sha:
      pull?.headSha ??
      (request.kind === 'push' ? request.after : request.kind === 'merge-group' ? request.headSha : ''),
    ...(pull && { fallbackRef: `pull/${pull.number}/head` }),
  }
}

export function toHead(session: Session, request: HeadRequest, pull: PullRequest | undefined): Head {
  const target = toTarget(session, request, pull)
  if (request.kind === 'push') return { request, target, subjects: () => readPushSubjects(session, request) }
  if (request.kind === 'merge-group')
    return { request, target, subjects: () => readMergeGroupSubjects(session, request) }
  const subjects = () => readPullRequestSubjects(session, request.number, target.sha)
  return { request, target, subjects, ...(pull && { pull }) }
}
