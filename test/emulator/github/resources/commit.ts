import type { CommitObject } from '../git-repository.js'
import type { ChangedFile } from '../pull-diff.js'
import type { Repository, World } from '../state.js'
import { nodeId } from './account.js'
import { apiUrl, htmlUrl } from './repository.js'

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }

export function gitCommitResource(world: World, repository: Repository, commit: CommitObject) {
  const [api, html] = [apiUrl(world, repository), htmlUrl(world, repository)]
  return {
    sha: commit.sha,
    node_id: commitNode(commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.author,
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: unsigned,
  }
}

export function commitResource(world: World, repository: Repository, commit: CommitObject) {
  const [api, html] = [apiUrl(world, repository), htmlUrl(world, repository)]
  return {
    sha: commit.sha,
    node_id: commitNode(commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.author,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: unsigned,
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  }
}

/** As check suites, pushes and merge groups name a commit. */
export function commitSummary({ sha, tree, message, author: { name, email, date } }: CommitObject) {
  const person = { name, email }
  return { id: sha, tree_id: tree, message, timestamp: date, author: person, committer: person }
}

export function fileResource(world: World, repository: Repository, head: string, file: ChangedFile) {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl(world, repository)}/blob/${head}/${path}`,
    raw_url: `${htmlUrl(world, repository)}/raw/${head}/${path}`,
    contents_url: `${apiUrl(world, repository)}/contents/${path}?ref=${head}`,
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
    ...(file.patch !== undefined && { patch: file.patch }),
  }
}

function commitNode(sha: string): string {
  return nodeId('C', Number.parseInt(sha.slice(0, 8), 16))
}
