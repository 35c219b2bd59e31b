import type { Pull, PullSide, Repository, World } from '../state.js'
import { accountResource, nodeId } from './account.js'
import { apiUrl, htmlUrl, repositoryResource } from './repository.js'

type ShowRepository = (world: World, repository: Repository) => object

/** As listed. Webhooks show repositories in another shape. */
export function simplePull(world: World, pull: Pull, show: ShowRepository = repositoryResource) {
  const { repository } = pull.base
  const [api, html] = [
    `${apiUrl(world, repository)}/pulls/${pull.number}`,
    `${htmlUrl(world, repository)}/pull/${pull.number}`,
  ]
  const issue = `${apiUrl(world, repository)}/issues/${pull.number}`
  const statuses = `${apiUrl(world, repository)}/statuses/${pull.head.sha}`
  const urls = {
    commits: `${api}/commits`,
    review_comments: `${api}/comments`,
    review_comment: `${apiUrl(world, repository)}/pulls/comments{/number}`,
    comments: `${issue}/comments`,
    statuses,
  }
  return {
    url: api,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name}_url`, url])),
    _links: links({ self: api, html, issue, ...urls }),
    ...pullText(world, pull),
    head: side(world, pull.head, show),
    base: side(world, pull.base, show),
  }
}

function pullText(world: World, pull: Pull) {
  return {
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: accountResource(world, pull.user),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    active_lock_reason: null,
  }
}

export interface PullCounts {
  readonly commits: number
  readonly additions: number
  readonly deletions: number
  readonly files: number
}

export function pullResource(world: World, pull: Pull, counts: PullCounts, show: ShowRepository = repositoryResource) {
  return {
    ...simplePull(world, pull, show),
    merged: pull.mergedAt !== null,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: null,
    comments: pull.timeline.length,
    review_comments: pull.comments.length,
    maintainer_can_modify: false,
    commits: counts.commits,
    additions: counts.additions,
    deletions: counts.deletions,
    changed_files: counts.files,
  }
}

/** As check runs and suites refer to it. */
export function minimalPull(world: World, pull: Pull) {
  const shown = ({ ref, sha, repository }: PullSide) => ({
    ref,
    sha,
    repo: { id: repository.id, url: apiUrl(world, repository), name: repository.name },
  })
  const url = `${apiUrl(world, pull.base.repository)}/pulls/${pull.number}`
  return { id: pull.id, number: pull.number, url, head: shown(pull.head), base: shown(pull.base) }
}

function side(world: World, { repository, ref, sha }: PullSide, show: ShowRepository) {
  const user = accountResource(world, repository.owner)
  return { label: `${repository.owner.login}:${ref}`, ref, sha, user, repo: show(world, repository) }
}

export function links(urls: Readonly<Record<string, string>>): Record<string, { href: string }> {
  return Object.fromEntries(Object.entries(urls).map(([name, href]) => [name, { href }]))
}
