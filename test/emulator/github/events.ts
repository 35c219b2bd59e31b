import { randomUUID } from 'node:crypto'
import type { MergeGroup } from './actions.js'
import { accountResource, appResource, nodeId } from './resources/account.js'
import { checkRunResource, permissionsOf, pullsOfSuite, suiteState } from './resources/check.js'
import { issueCommentResource, reactionCounts, reviewCommentResource } from './resources/comment.js'
import { commitSummary } from './resources/commit.js'
import { minimalPull, pullResource, simplePull } from './resources/pull.js'
import { apiUrl, eventRepository, htmlUrl } from './resources/repository.js'
import { countPull } from './routes/pulls.js'
import type { Account, CheckRun, CheckSuite, IssueComment, Pull, Repository, ReviewComment, World } from './state.js'

/** What a webhook carries. It tells the state at the time it was built, whenever and however often it is delivered. */
export interface WebhookEvent {
  readonly guid: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
}

type PullAction = 'opened' | 'reopened' | 'synchronize' | 'ready_for_review' | 'converted_to_draft' | 'closed'

const none = '0000000000000000000000000000000000000000'

/** Builders of each event that the App may receive, from the current state of things. */
export function buildEvents(world: World) {
  const event = (name: string, repository: Repository, sender: Account, content: object): WebhookEvent => ({
    guid: randomUUID(),
    name,
    payload: {
      ...content,
      repository: eventRepository(world, repository),
      sender: accountResource(world, sender),
      ...installed(world, repository),
    },
  })
  const pullEvent = async (action: string, pull: Pull, content: object = {}) => {
    const resource = pullResource(world, pull, await countPull(pull), eventRepository)
    return event('pull_request', pull.base.repository, pull.user, {
      action,
      number: pull.number,
      pull_request: resource,
      ...content,
    })
  }
  return {
    pull: (action: PullAction, pull: Pull, before?: string) =>
      pullEvent(action, pull, action === 'synchronize' ? { before: before ?? none, after: pull.head.sha } : {}),
    retargeted: (pull: Pull, from: { readonly ref: string; readonly sha: string }) =>
      pullEvent('edited', pull, { changes: { base: { ref: { from: from.ref }, sha: { from: from.sha } } } }),
    retitled: (pull: Pull, from: string) => pullEvent('edited', pull, { changes: { title: { from } } }),
    push: async (repository: Repository, branch: string, before: string | undefined, after: string | undefined) =>
      event('push', repository, repository.owner, await pushContent(world, repository, branch, before, after)),
    mergeGroup: async (action: 'checks_requested' | 'destroyed', group: MergeGroup) => {
      const reason = action === 'destroyed' ? { reason: 'invalidated' } : {}
      return event('merge_group', group.repository, group.repository.owner, {
        action,
        ...reason,
        merge_group: await groupContent(group),
      })
    },
    checkRun: (
      repository: Repository,
      run: CheckRun,
      sender: Account,
      action: 'rerequested' | 'requested_action' = 'rerequested',
    ) => event('check_run', repository, sender, { action, check_run: checkRunEvent(world, repository, run) }),
    checkSuite: async (
      repository: Repository,
      suite: CheckSuite,
      sender: Account,
      action: 'rerequested' | 'requested' = 'rerequested',
    ) => event('check_suite', repository, sender, { action, check_suite: await suiteEvent(world, repository, suite) }),
    issueComment: (pull: Pull, comment: IssueComment) =>
      event('issue_comment', pull.base.repository, comment.user, {
        action: 'created',
        issue: issueContent(world, pull),
        comment: withReactions(issueCommentResource(world, pull, comment)),
      }),
    reviewComment: (pull: Pull, comment: ReviewComment) =>
      event('pull_request_review_comment', pull.base.repository, comment.user, {
        action: 'created',
        comment: withReactions(reviewCommentResource(world, pull, comment)),
        pull_request: simplePull(world, pull, eventRepository),
      }),
    renamed: (repository: Repository, from: string) =>
      event('repository', repository, repository.owner, {
        action: 'renamed',
        changes: { repository: { name: { from } } },
      }),
  }
}

export type Events = ReturnType<typeof buildEvents>

function installed(world: World, { owner }: Repository) {
  const installation = world.installations.find(({ account }) => account === owner)
  return installation ? { installation: { id: installation.id, node_id: nodeId('MDIzOk', installation.id) } } : {}
}

function withReactions<T extends { url: string }>(resource: T) {
  return { ...resource, reactions: reactionCounts(`${resource.url}/reactions`) }
}

async function pushContent(world: World, repository: Repository, branch: string, before = none, after = none) {
  const forced = before !== none && after !== none && !(await repository.git.isAncestor(before, after))
  const shas = after === none ? [] : await newCommits(repository, before, after)
  const commits = await Promise.all(shas.map((sha) => commitContent(world, repository, sha)))
  const compare = `${htmlUrl(world, repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`
  const head = after === none ? null : await commitContent(world, repository, after)
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created: before === none,
    deleted: after === none,
    forced,
    base_ref: null,
    compare,
    commits,
    head_commit: head,
    pusher: { name: repository.owner.login, email: 'ada@acme.example' },
  }
}

async function newCommits(repository: Repository, before: string, after: string): Promise<string[]> {
  return before === none ? [after] : repository.git.commitsBetween(before, after)
}

async function commitContent(world: World, repository: Repository, sha: string) {
  const summary = commitSummary(await repository.git.readCommit(sha))
  const url = `${htmlUrl(world, repository)}/commit/${sha}`
  return { ...summary, distinct: true, url, added: [], removed: [], modified: [] }
}

async function groupContent({ repository, headSha, headRef, baseSha, baseRef }: MergeGroup) {
  const head_commit = commitSummary(await repository.git.readCommit(headSha))
  return { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef, head_commit }
}

function suiteContent(world: World, repository: Repository, suite: CheckSuite) {
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url: `${apiUrl(world, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsOfSuite(repository, suite).map((pull) => minimalPull(world, pull)),
    app: eventApp(world, suite),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
  }
}

const eventApp = (world: World, { app }: CheckSuite) => appResource(world, app, permissionsOf(world))

function checkRunEvent(world: World, repository: Repository, run: CheckRun) {
  const check_suite = suiteContent(world, repository, run.suite)
  return { ...checkRunResource(world, repository, run), check_suite, app: eventApp(world, run.suite) }
}

async function suiteEvent(world: World, repository: Repository, suite: CheckSuite) {
  return {
    ...suiteContent(world, repository, suite),
    latest_check_runs_count: repository.checks.filter((run) => run.suite === suite).length,
    check_runs_url: `${apiUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
    head_commit: commitSummary(await repository.git.readCommit(suite.headSha)),
  }
}

/** A pull request as the issue that it also is. */
function issueContent(world: World, pull: Pull) {
  const repository = apiUrl(world, pull.base.repository)
  const url = `${repository}/issues/${pull.number}`
  const html = `${htmlUrl(world, pull.base.repository)}/pull/${pull.number}`
  const api = `${repository}/pulls/${pull.number}`
  return {
    url,
    repository_url: repository,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: pull.number,
    title: pull.title,
    user: accountResource(world, pull.user),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.timeline.length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    author_association: 'CONTRIBUTOR',
    active_lock_reason: null,
    body: pull.body,
    reactions: reactionCounts(`${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    pull_request: {
      url: api,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.mergedAt,
    },
  }
}
