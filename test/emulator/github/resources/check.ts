import type { CheckRun, CheckSuite, Pull, Repository, World } from '../state.js'
import { appResource, nodeId } from './account.js'
import { commitSummary } from './commit.js'
import { minimalPull } from './pull.js'
import { apiUrl, htmlUrl, minimalRepository } from './repository.js'

/** GitHub names no pull request from a fork here: those must be found otherwise. */
export function pullsOfSuite(repository: Repository, suite: CheckSuite): Pull[] {
  return repository.pulls.filter(
    ({ head, state }) => state === 'open' && head.repository === repository && head.sha === suite.headSha,
  )
}

export function checkRunResource(world: World, repository: Repository, run: CheckRun) {
  const url = `${apiUrl(world, repository)}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url,
    html_url: `${htmlUrl(world, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${htmlUrl(world, repository)}/runs/${run.id}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appResource(world, run.suite.app, permissionsOf(world)),
    pull_requests: pullsOfSuite(repository, run.suite).map((pull) => minimalPull(world, pull)),
  }
}

/** A suite is as far as the least of its runs, and as bad as the worst. */
export function suiteState(repository: Repository, suite: CheckSuite): { status: string; conclusion: string | null } {
  const runs = repository.checks.filter((run) => run.suite === suite)
  if (runs.length === 0) return { status: 'queued', conclusion: null }
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null }
  const order = ['failure', 'timed_out', 'cancelled', 'action_required', 'success', 'neutral', 'skipped']
  return {
    status: 'completed',
    conclusion: order.find((one) => runs.some(({ conclusion }) => conclusion === one)) ?? null,
  }
}

export async function checkSuiteResource(world: World, repository: Repository, suite: CheckSuite) {
  const commit = await repository.git.readCommit(suite.headSha)
  const url = `${apiUrl(world, repository)}/check-suites/${suite.id}`
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url,
    before: null,
    after: suite.headSha,
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    app: appResource(world, suite.app, permissionsOf(world)),
    pull_requests: pullsOfSuite(repository, suite).map((pull) => minimalPull(world, pull)),
    repository: minimalRepository(world, repository),
    head_commit: commitSummary(commit),
    latest_check_runs_count: repository.checks.filter((run) => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
  }
}

export function permissionsOf(world: World) {
  return world.installations[0]?.permissions ?? {}
}
