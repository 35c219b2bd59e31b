import { maxOpenPullRequests } from '../limits.js'
import { type GitHub, statusOf } from './octokit.js'

/** The place of all calls about one repository, under the name that it has now. */
export interface RepositoryClient {
  readonly github: GitHub
  readonly owner: string
  readonly repo: string
  readonly defaultBranch: string
}

/** What of a pull request decides about its review. Always read anew: a webhook's copy may be old when it comes. */
export interface PullRequest {
  readonly number: number
  readonly open: boolean
  readonly headSha: string
  readonly baseRef: string
  /** The base's tip when GitHub last looked, which can be days ago. */
  readonly baseSha: string
  /** Milliseconds since the epoch. */
  readonly updatedAt: number
}

interface PullResource {
  readonly number: number
  readonly state: string
  readonly head: { readonly sha: string }
  readonly base: { readonly ref: string; readonly sha: string }
  readonly updated_at: string
}

const toPullRequest = ({ number, state, head, base, updated_at }: PullResource): PullRequest => ({
  number,
  open: state === 'open',
  headSha: head.sha,
  baseRef: base.ref,
  baseSha: base.sha,
  updatedAt: Date.parse(updated_at),
})

/** A webhook's owner and name may be old: GETs follow GitHub's redirect, but a redirected POST would become a GET. */
export async function openRepository(
  github: GitHub,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<RepositoryClient> {
  const { data } = await github.rest.repos.get({ owner, repo: name })
  return { github, owner: data.owner.login, repo: data.name, defaultBranch: data.default_branch }
}

export async function readPullRequest({ github, owner, repo }: RepositoryClient, number: number): Promise<PullRequest> {
  const { data } = await github.rest.pulls.get({ owner, repo, pull_number: number })
  return toPullRequest(data)
}

/**
 * Every open pull request whose head is `sha`. GitHub's own answer to that does not know the commits of forks, and one
 * that is missing could borrow the verdict of another, so the whole list is read.
 */
export async function listPullRequestsWithHead(client: RepositoryClient, sha: string): Promise<PullRequest[]> {
  const open = await listOpenPullRequests(client)
  return open.filter(({ headSha }) => headSha === sha).sort((a, b) => a.number - b.number)
}

export async function listOpenPullRequests({ github, owner, repo }: RepositoryClient): Promise<PullRequest[]> {
  const found: PullRequest[] = []
  const pages = github.paginate.iterator(github.rest.pulls.list, { owner, repo, state: 'open', per_page: 100 })
  for await (const { data } of pages) {
    found.push(...data.map(toPullRequest))
    if (found.length > maxOpenPullRequests) throw new Error(`more than ${maxOpenPullRequests} open pull requests`)
  }
  return found
}

export async function hasOpenPullRequest({ github, owner, repo }: RepositoryClient, branch: string): Promise<boolean> {
  const head = `${owner}:${branch}`
  const { data } = await github.rest.pulls.list({ owner, repo, state: 'open', head, per_page: 1 })
  return data.length > 0
}

/** The commit that a branch is at, or undefined when there is no such branch. */
export async function readBranchTip(
  { github, owner, repo }: RepositoryClient,
  branch: string,
): Promise<string | undefined> {
  try {
    const { data } = await github.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })
    return data.object.sha
  } catch (error) {
    // 409: a repository without a single commit.
    if ([404, 409].includes(statusOf(error) ?? 0)) return undefined
    throw error
  }
}

/** The merge base of two commits; undefined where they share none, or where GitHub does not give the second by its sha. */
export async function readMergeBase(
  { github, owner, repo }: RepositoryClient,
  base: string,
  head: string,
): Promise<string | undefined> {
  try {
    const basehead = `${base}...${head}`
    const { data } = await github.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 })
    return data.merge_base_commit.sha
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
}
