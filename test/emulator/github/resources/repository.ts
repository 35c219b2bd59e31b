import type { Repository, World } from '../state.js'
import { accountResource, nodeId } from './account.js'

const urls: Readonly<Record<string, string>> = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}',
}

export const apiUrl = (world: World, repository: Repository) =>
  `${world.url}/repos/${repository.owner.login}/${repository.name}`
export const htmlUrl = (world: World, repository: Repository) =>
  `${world.url}/${repository.owner.login}/${repository.name}`

/** What every shape of a repository has. */
export function minimalRepository(world: World, repository: Repository) {
  const url = apiUrl(world, repository)
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: `${repository.owner.login}/${repository.name}`,
    owner: accountResource(world, repository.owner),
    private: repository.private,
    html_url: htmlUrl(world, repository),
    description: null,
    fork: repository.parent !== undefined,
    url,
    ...Object.fromEntries(Object.entries(urls).map(([name, rest]) => [`${name}_url`, `${url}/${rest}`])),
  }
}

export function repositoryResource(world: World, repository: Repository) {
  const html = htmlUrl(world, repository)
  return {
    ...minimalRepository(world, repository),
    clone_url: `${html}.git`,
    git_url: `${html}.git`,
    ssh_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    visibility: repository.private ? 'private' : 'public',
    topics: [],
    is_template: false,
    web_commit_signoff_required: false,
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    allow_forking: true,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    open_issues: 0,
    open_issues_count: 0,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
  }
}

/** `GET /repos/{owner}/{repo}`. */
export function fullRepository(world: World, repository: Repository): Record<string, unknown> {
  return {
    ...repositoryResource(world, repository),
    network_count: 0,
    subscribers_count: 0,
    ...(repository.parent && { parent: repositoryResource(world, repository.parent) }),
    ...(repository.parent && { source: repositoryResource(world, repository.parent) }),
  }
}

/** As webhooks have it. */
export function eventRepository(world: World, repository: Repository) {
  return { ...repositoryResource(world, repository), custom_properties: {} }
}
