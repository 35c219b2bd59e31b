import { maxReconciledBranches } from '../limits.js'
import { checkName, findCheck, listOpenChecks } from './check-run.js'
import { describeFailure, type GitHub, type GitHubApp } from './octokit.js'
import { listOpenPullRequests, type RepositoryClient } from './pull-request.js'
import { RateLimited } from './rate-limit.js'
import type { RepositoryReference } from './repository.js'
import {
  type PlannedReview,
  planMergeGroup,
  planPullRequest,
  planPush,
  planRerun,
  readExternalId,
  readReviewAgain,
} from './review-request.js'
import type { Log } from './reviewer.js'

/** GitHub's clock and ours need not agree, and a delivery has its time. */
const overlapMs = 30 * 60 * 1000

/** What was found in one repository; not `complete` where something could not be read. */
export interface Unfinished {
  readonly jobs: readonly PlannedReview[]
  readonly complete: boolean
}

const unread: Unfinished = { jobs: [], complete: false }

/**
 * What a restart or a lost delivery left undone, found from GitHub alone: open pull requests whose head has no completed check
 * of ours, or one that a later review finds better, and branches and merge groups on which one is still in progress. `since` (milliseconds since the epoch) is when the
 * last pass began: later ones look only at pull requests that changed, because each costs a request of the hourly limit.
 */
export async function* findUnfinished(app: GitHubApp, log: Log, since?: number): AsyncGenerator<Unfinished> {
  const { id: appId } = await app.identity()
  const installations = app.asApp.paginate.iterator(app.asApp.rest.apps.listInstallations, { per_page: 100 })
  for await (const { data } of installations) {
    for (const { id, suspended_at } of data) {
      if (!suspended_at) yield* findUnfinishedOf(app, { appId, installationId: id, since }, log)
    }
  }
}

interface Pass {
  readonly appId: number
  readonly installationId: number
  readonly since: number | undefined
}

async function* findUnfinishedOf(app: GitHubApp, pass: Pass, log: Log): AsyncGenerator<Unfinished> {
  const permissions = { checks: 'read', contents: 'read', metadata: 'read', pull_requests: 'read' } as const
  const github = app.open({ installationId: pass.installationId, permissions })
  try {
    for await (const { repository, client } of listRepositories(github, pass.installationId)) {
      try {
        yield { jobs: await findUnfinishedIn(client, repository, pass), complete: true }
      } catch (error) {
        if (error instanceof RateLimited) throw error
        // One repository that cannot be read must not hide the others.
        log.warn({ repository: repository.id }, `not reconciled: ${describeFailure(error)}`)
        yield unread
      }
    }
  } catch (error) {
    // The next pass is a few minutes away, and other installations have limits of their own.
    log.warn({ installation: pass.installationId }, `not reconciled: ${describeFailure(error)}`)
    yield unread
  }
}

async function* listRepositories(github: GitHub, installationId: number) {
  const pages = github.paginate.iterator(github.rest.apps.listReposAccessibleToInstallation, { per_page: 100 })
  for await (const { data } of pages) {
    for (const { id, name, owner, archived, default_branch } of data) {
      if (archived) continue
      const repository: RepositoryReference = { installationId, id, name, owner: owner.login }
      const client: RepositoryClient = { github, owner: owner.login, repo: name, defaultBranch: default_branch }
      yield { repository, client }
    }
  }
}

async function findUnfinishedIn(
  client: RepositoryClient,
  repository: RepositoryReference,
  { appId, since }: Pass,
): Promise<readonly PlannedReview[]> {
  const pulls = await findUnreviewedPulls(client, repository, appId, since)
  const branches = since === undefined ? await findOpenBranches(client, repository, appId) : []
  return [...pulls, ...branches].map((job) => ({ ...job, onlyIfIdle: true }))
}

async function findUnreviewedPulls(
  client: RepositoryClient,
  repository: RepositoryReference,
  appId: number,
  since = 0,
): Promise<PlannedReview[]> {
  const planned: PlannedReview[] = []
  for (const { number, headSha, updatedAt } of await listOpenPullRequests(client)) {
    if (updatedAt < since - overlapMs) continue
    const fallbackRef = `pull/${number}/head`
    const run = await findCheck({ client, appId, sha: headSha, name: checkName, fallbackRef })
    // Cancelled is what we leave behind when we are stopped: on a head that somebody waits for it is no result.
    if (!run?.completed || run.conclusion === 'cancelled') {
      planned.push(planPullRequest(repository, number))
      continue
    }
    const again = readReviewAgain(run.externalId)
    if (again !== undefined) planned.push({ ...planRerun(repository, headSha), notBefore: again })
  }
  return planned
}

async function findOpenBranches(
  client: RepositoryClient,
  repository: RepositoryReference,
  appId: number,
): Promise<PlannedReview[]> {
  const planned: PlannedReview[] = []
  for (const sha of await listBranchTips(client)) {
    for (const run of await listOpenChecks({ client, appId, sha })) {
      const request = readExternalId(run.externalId, repository, sha)
      if (request?.kind === 'push') planned.push(planPush(request, request.branch === client.defaultBranch))
      if (request?.kind === 'merge-group') planned.push(planMergeGroup(request))
    }
  }
  return planned
}

async function listBranchTips({ github, owner, repo }: RepositoryClient): Promise<Set<string>> {
  const tips = new Set<string>()
  for await (const { data } of github.paginate.iterator(github.rest.repos.listBranches, {
    owner,
    repo,
    per_page: 100,
  })) {
    for (const { commit } of data) tips.add(commit.sha)
    if (tips.size >= maxReconciledBranches) break
  }
  return tips
}
