import type { Change } from '../change/change.js'
import { maxPullRequestsPerHead } from '../limits.js'
import { listPullRequestsWithHead, type PullRequest, readBranchTip, readPullRequest } from './pull-request.js'
import { type ChangeSource, readPullRequestChange, readPushedBranchChange, readRangeChange } from './read-change.js'
import type { MergeGroupRequest, PushRequest } from './review-request.js'

/** One place where a commit is judged: a pull request that it is the head of, a push, or a merge group. */
export interface Subject {
  /** Equal keys mean that the same is compared. */
  readonly key: string
  /** `#12 into main`. */
  readonly label: string
  readChange(): Promise<Change>
}

const toSubject = (source: ChangeSource, pull: PullRequest): Subject => ({
  key: `#${pull.number} ${pull.baseRef}`,
  label: `#${pull.number} into ${pull.baseRef}`,
  readChange: () => readPullRequestChange(source, pull),
})

/** Everything that the head of a pull request is judged for; undefined when it is not the head any more. */
export async function readPullRequestSubjects(
  source: ChangeSource,
  number: number,
  headSha: string,
): Promise<readonly Subject[] | undefined> {
  const pull = await readPullRequest(source.client, number)
  if (!pull.open || pull.headSha !== headSha) return undefined
  const others = await readSharedSubjects(source, headSha, number)
  return [toSubject(source, pull), ...others]
}

/**
 * The open pull requests with that head. One of them must not pass because another one did, so none may be left out: too
 * many of them is a failure.
 */
async function readSharedSubjects(source: ChangeSource, sha: string, except?: number): Promise<Subject[]> {
  const pulls = await listPullRequestsWithHead(source.client, sha)
  if (pulls.length > maxPullRequestsPerHead) {
    throw new Error(`${pulls.length} open pull requests have the head ${sha}, more than ${maxPullRequestsPerHead}`)
  }
  return pulls.filter(({ number }) => number !== except).map((pull) => toSubject(source, pull))
}

export async function readPushSubjects(
  source: ChangeSource,
  { branch, before, after }: PushRequest,
): Promise<readonly Subject[] | undefined> {
  const { client } = source
  if (branch === client.defaultBranch) {
    const label = `push to ${branch}`
    const push = { key: label, label, readChange: () => readRangeChange(source, before, after, branch) }
    return [push, ...(await readSharedSubjects(source, after))]
  }
  if ((await readBranchTip(client, branch)) !== after) return undefined
  const label = `${branch} against ${client.defaultBranch}`
  return [{ key: label, label, readChange: () => readPushedBranchChange(source, after) }]
}

export async function readMergeGroupSubjects(
  source: ChangeSource,
  { baseRef, baseSha, headSha }: MergeGroupRequest,
): Promise<readonly Subject[]> {
  const label = `merge group for ${baseRef}`
  const group = { key: label, label, readChange: () => readRangeChange(source, baseSha, headSha, baseRef) }
  return [group, ...(await readSharedSubjects(source, headSha))]
}

export const sameSubjects = (a: readonly Subject[], b: readonly Subject[]): boolean =>
  a.length === b.length && a.every(({ key }) => b.some((other) => other.key === key))
