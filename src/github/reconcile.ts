import { maxReconciledBranches } from '../limits.js'
import { checkName, findCheck, listOpenChecks } from './check-run.js'
import { describeFailure, type GitHub, type GitHubApp } from './octokit.js'
import { listOpenPullRequests, openRepository, type RepositoryClient } from './pull-request.js'
import { RateLimited } from './rate-limit.js'
import type { RepositoryReference } from './repository.js'
import { type PlannedReview, planMergeGroup, planPullRequest, planPush, readExternalId } from './review-request.js'
import type { Log } from './reviewer.js'

/**
 * What a restart or a lost delivery left undone, found from GitHub alone: open pull requests whose head has no completed check
 * of ours, and branches and merge groups on which one is still in progress. Handed on repository by repository.
 */
export async function* findUnfinished(app: GitHubApp, log: Log): AsyncGenerator<readonly PlannedReview[]> {
  const { id: appId } = await app.identity()
  for await (const { data: installations } of app.asApp.paginate.iterator(app.asApp.rest.apps.listInstallations, {
    per_page: 100,
  })) {
    for (const { id, suspended_at } of installations) {
      if (!suspended_at) yield* findUnfinishedOf(app, appId, id, log)
    }
  }
}

async function* findUnfinishedOf(app: GitHubApp, appId: number, installationId: number, log: Log) {
  const permissions = { checks: 'read', contents: 'read', metadata: 'read', pull_requests: 'read' } as const
  const github = app.open({ installationId, permissions })
  try {
    for await (const repository of listRepositories(github, installationId)) {
      try {
        yield await findUnfinishedIn(github, repository, appId)
      } catch (error) {
        if (error instanceof RateLimited) throw error
        // One repository that cannot be read must not hide the others.
        log.warn({ repository: repository.id }, `not reconciled: ${describeFailure(error)}`)
      }
    }
  } catch (error) {
    // The next pass is a few minutes away, and other installations have limits of their own.
    log.warn({ installation: installationId }, `not reconciled: ${describeFailure(error)}`)
  }
}

async function* listRepositories(github: GitHub, installationId: number): AsyncGenerator<RepositoryReference> {
  const pages = github.paginate.iterator(github.rest.apps.listReposAccessibleToInstallation, { per_page: 100 })
  for await (const { data } of pages) {
    for (const { id, name, owner, archived } of data) {
      if (!archived) yield { installationId, id, name, owner: owner.login }
    }
  }
}

async function findUnfinishedIn(
  github: GitHub,
  repository: RepositoryReference,
  appId: number,
): Promise<readonly PlannedReview[]> {
  const client = await openRepository(github, repository)
  const pulls = await findUnreviewedPulls(client, repository, appId)
  return [...pulls, ...(await findOpenBranches(client, repository, appId))].map((job) => ({ ...job, onlyIfIdle: true }))
}

async function findUnreviewedPulls(
  client: RepositoryClient,
  repository: RepositoryReference,
  appId: number,
): Promise<PlannedReview[]> {
  const planned: PlannedReview[] = []
  for (const { number, headSha } of await listOpenPullRequests(client)) {
    const fallbackRef = `pull/${number}/head`
    const run = await findCheck({ client, appId, sha: headSha, name: checkName, fallbackRef })
    // Cancelled is what we leave behind when we are stopped: on a head that somebody waits for it is no result.
    if (!run?.completed || run.conclusion === 'cancelled') planned.push(planPullRequest(repository, number))
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
