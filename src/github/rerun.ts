import { branchCheckName, checkName, findCheck } from './check-run.js'
import { listPullRequestsWithHead } from './pull-request.js'
import { type PlannedReview, planMergeGroup, planPullRequest, planPush, readExternalId } from './review-request.js'
import type { Session } from './session.js'

/**
 * Everything that a commit is judged for, found by our own means: GitHub names no pull request of a fork on a check run. What
 * a push or a merge group compared is kept in the check run itself.
 */
export async function planReruns({ client, identity, repository }: Session, sha: string): Promise<PlannedReview[]> {
  const pulls = await listPullRequestsWithHead(client, sha)
  const [first] = pulls
  const fallback = first ? { fallbackRef: `pull/${first.number}/head` } : {}
  const planned = pulls.map(({ number }) => planPullRequest(repository, number))
  for (const name of [checkName, branchCheckName]) {
    const run = await findCheck({ client, appId: identity.id, sha, name, ...fallback })
    const request = run && readExternalId(run.externalId, repository, sha)
    if (request?.kind === 'push') planned.push(planPush(request, request.branch === client.defaultBranch))
    if (request?.kind === 'merge-group') planned.push(planMergeGroup(request))
  }
  return planned
}
