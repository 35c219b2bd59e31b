import { join } from 'node:path'
import { type FileChanges, GitRepository } from './git-repository.js'
import { commentableLines, followLine } from './pull-diff.js'
import { pullFiles } from './routes/pulls.js'
import { type Account, type Pull, type Repository, type ReviewComment, timestamp, type World } from './state.js'

/** What people do on GitHub. Nothing here sends a webhook: tests do, in the order and number that they want. */

export function findAccount(world: World, login: string, type: Account['type'] = 'User'): Account {
  const known = world.accounts.get(login.toLowerCase())
  if (known) return known
  const account = { id: world.nextId(), login, type }
  world.accounts.set(login.toLowerCase(), account)
  return account
}

export interface RepositoryOptions {
  readonly owner: string
  readonly name: string
  readonly private?: boolean
  /** The first commit of the default branch, `main`. */
  readonly files?: FileChanges
  readonly collaborators?: Readonly<Record<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>>
}

export async function createRepository(
  world: World,
  directory: string,
  options: RepositoryOptions,
): Promise<Repository> {
  const repository: Repository = {
    ...(await bareRepository(world, directory, options)),
    collaborators: new Map(Object.entries(options.collaborators ?? {})),
  }
  for (const login of repository.collaborators.keys()) findAccount(world, login)
  world.repositories.push(repository)
  await commit(world, repository, 'main', options.files ?? { 'README.md': 'A repository.\n' }, 'First commit')
  return repository
}

async function bareRepository(world: World, directory: string, options: RepositoryOptions) {
  const id = world.nextId()
  return {
    id,
    owner: findAccount(world, options.owner, 'Organization'),
    name: options.name,
    private: options.private ?? false,
    defaultBranch: 'main',
    git: await GitRepository.create(join(directory, `${id}.git`)),
    pulls: [],
    suites: [],
    checks: [],
    collaborators: new Map(),
    createdAt: timestamp(world.now()),
    nextNumber: 1,
  }
}

export async function forkRepository(
  world: World,
  directory: string,
  parent: Repository,
  owner: string,
): Promise<Repository> {
  const account = findAccount(world, owner)
  const bare = await bareRepository(world, directory, {
    owner: account.login,
    name: parent.name,
    private: parent.private,
  })
  const fork: Repository = { ...bare, parent }
  world.repositories.push(fork)
  await fork.git.fetch(parent.git, 'refs/heads/*', 'refs/heads/*')
  return fork
}

export function renameRepository(world: World, repository: Repository, name: string): void {
  world.formerNames.set(`${repository.owner.login}/${repository.name}`.toLowerCase(), repository)
  repository.name = name
}

/** Adds a commit to a branch; a new branch starts at the default branch. Pull requests from it and comments on them follow. */
export async function commit(
  world: World,
  repository: Repository,
  branch: string,
  changes: FileChanges,
  message = 'Change files',
): Promise<string> {
  const from =
    (await repository.git.resolve(`refs/heads/${branch}`)) ??
    (await repository.git.resolve(`refs/heads/${repository.defaultBranch}`))
  const author = { name: 'Ada Example', email: 'ada@acme.example' }
  const seconds = Math.floor(world.now().getTime() / 1000)
  const parents = from ? [from] : []
  const sha = await repository.git.commit({ branch, changes, parents, message, author, seconds })
  await branchMoved(world, repository, branch)
  return sha
}

/** A forced push: the branch now begins at `from` and has this one commit more. */
export async function forcePush(
  world: World,
  repository: Repository,
  branch: string,
  from: string,
  changes: FileChanges,
): Promise<string> {
  await repository.git.setRef(`refs/heads/${branch}`, from)
  return commit(world, repository, branch, changes, 'Rewritten')
}

export async function moveBranch(
  world: World,
  repository: Repository,
  branch: string,
  sha: string | undefined,
): Promise<void> {
  await repository.git.setRef(`refs/heads/${branch}`, sha)
  if (sha !== undefined) await branchMoved(world, repository, branch)
}

async function branchMoved(world: World, repository: Repository, branch: string): Promise<void> {
  const from = world.repositories.flatMap(({ pulls }) => pulls)
  for (const pull of from) {
    if (pull.state !== 'open' || pull.head.repository !== repository || pull.head.ref !== branch) continue
    const before = pull.head.sha
    pull.head.sha = (await repository.git.resolve(`refs/heads/${branch}`)) ?? before
    pull.updatedAt = timestamp(world.now())
    await refreshPull(pull)
    await Promise.all(pull.comments.map((comment) => followComment(pull, comment, before)))
  }
}

/** GitHub keeps the head at refs/pull/N/head of the base repository, also when it comes from a fork. */
async function refreshPull({ number, head, base }: Pull): Promise<void> {
  const { git } = base.repository
  const ref = `refs/pull/${number}/head`
  if (head.repository === base.repository) await git.setRef(ref, head.sha)
  else await git.fetch(head.repository.git, `refs/heads/${head.ref}`, ref)
  base.sha = (await git.resolve(`refs/heads/${base.ref}`)) ?? base.sha
}

/** A comment stays on its line while that line is untouched and in the diff; otherwise it is outdated. */
async function followComment(pull: Pull, comment: ReviewComment, before: string): Promise<void> {
  if (comment.subject === 'file') {
    comment.commit = pull.head.sha
    return
  }
  if (comment.line === null || comment.side === 'LEFT') return
  const line = await followLine(pull.base.repository.git, before, pull.head.sha, comment.path, comment.line)
  const file = (await pullFiles(pull)).find(({ path }) => path === comment.path)
  const place = commentableLines(file?.patch).find((one) => one.side === comment.side && one.line === line)
  const shift = place ? place.line - comment.line : 0
  comment.startLine = place && comment.startLine !== null ? comment.startLine + shift : null
  comment.line = place?.line ?? null
  comment.position = place?.position ?? null
  if (place) comment.commit = pull.head.sha
}

export interface PullOptions {
  readonly head: string
  /** Default: the default branch. */
  readonly base?: string
  /** The fork that the head is in. */
  readonly from?: Repository
  readonly author?: string
  readonly title?: string
  readonly body?: string
  readonly draft?: boolean
}

export async function openPull(world: World, repository: Repository, options: PullOptions): Promise<Pull> {
  const source = options.from ?? repository
  const base = options.base ?? repository.defaultBranch
  const at = timestamp(world.now())
  const pull: Pull = {
    id: world.nextId(),
    number: repository.nextNumber++,
    user: findAccount(world, options.author ?? (options.from ? source.owner.login : 'ada')),
    title: options.title ?? 'Upgrade packages',
    body: options.body ?? null,
    state: 'open',
    draft: options.draft ?? false,
    head: { repository: source, ref: options.head, sha: await tip(source, options.head) },
    base: { repository, ref: base, sha: await tip(repository, base) },
    mergeCommit: null,
    mergedAt: null,
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    reviews: [],
    comments: [],
    timeline: [],
    resolved: new Set(),
    files: new Map(),
  }
  await refreshPull(pull)
  repository.pulls.push(pull)
  return pull
}

async function tip(repository: Repository, branch: string): Promise<string> {
  const sha = await repository.git.resolve(`refs/heads/${branch}`)
  if (!sha) throw new Error(`${repository.owner.login}/${repository.name} has no branch ${branch}`)
  return sha
}

export async function retargetPull(world: World, pull: Pull, base: string): Promise<void> {
  pull.base.ref = base
  pull.updatedAt = timestamp(world.now())
  await refreshPull(pull)
}

export function closePull(world: World, pull: Pull): void {
  pull.state = 'closed'
  pull.closedAt = timestamp(world.now())
}

export function reopenPull(pull: Pull): void {
  pull.state = 'open'
  pull.closedAt = null
}

/** With a merge commit on the base branch, whose sha is returned. */
export async function mergePull(world: World, pull: Pull): Promise<string> {
  const { repository, ref } = pull.base
  const sha = await mergeCommit(world, repository, await tip(repository, ref), pull)
  pull.mergeCommit = sha
  pull.mergedAt = timestamp(world.now())
  closePull(world, pull)
  await moveBranch(world, repository, ref, sha)
  return sha
}

async function mergeCommit(world: World, repository: Repository, onto: string, pull: Pull): Promise<string> {
  const tree = await repository.git.mergeTrees(onto, pull.head.sha)
  if (!tree) throw new Error(`pull request ${pull.number} conflicts with ${pull.base.ref}`)
  const seconds = Math.floor(world.now().getTime() / 1000)
  return repository.git.commitTree(tree, [onto, pull.head.sha], `Merge pull request #${pull.number}`, seconds)
}

export interface MergeGroup {
  readonly repository: Repository
  readonly baseRef: string
  readonly baseSha: string
  readonly headRef: string
  readonly headSha: string
}

/** The merge queue's own branch, with the pull requests merged onto the base one after the other. */
export async function createMergeGroup(world: World, pulls: readonly Pull[]): Promise<MergeGroup> {
  const [first] = pulls
  const last = pulls.at(-1)
  if (!first || !last) throw new Error('a merge group has at least one pull request')
  const { repository, ref } = first.base
  const baseSha = await tip(repository, ref)
  let headSha = baseSha
  for (const pull of pulls) headSha = await mergeCommit(world, repository, headSha, pull)
  const branch = `gh-readonly-queue/${ref}/pr-${last.number}-${baseSha}`
  await repository.git.setRef(`refs/heads/${branch}`, headSha)
  return { repository, baseRef: `refs/heads/${ref}`, baseSha, headRef: `refs/heads/${branch}`, headSha }
}
