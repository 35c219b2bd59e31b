import { maxSnapshotCacheBytes } from '../limits.js'
import { BlobCache } from './blob-cache.js'
import { BlobReader } from './blob-reader.js'
import { answer, failure, type GitAnswer, type GitOutput, runGit } from './git-command.js'
import { GitSnapshot } from './git-snapshot.js'
import type { Snapshot } from './snapshot.js'

export interface ResolvedReference {
  /** As given, or the short name that was found. */
  readonly ref: string
  /** The full sha of the commit. */
  readonly sha: string
}

/** A local clone, bare or not, read only and without network. Must be closed: it keeps a git process. */
export interface GitRepository {
  resolve(ref: string): Promise<GitAnswer<ResolvedReference>>
  /** What `origin/HEAD` names, else the first of `origin/main`, `origin/master`, `main`, `master` that exists. */
  defaultBranch(): Promise<GitAnswer<ResolvedReference>>
  /** The best common ancestor of two commits by full sha. */
  mergeBase(one: string, other: string): Promise<GitAnswer<string>>
  snapshot(commit: { readonly sha: string; readonly ref?: string }): Snapshot
  close(): Promise<void>
}

/** Opens the repository that `directory` stands in. */
export async function openGitRepository(directory: string): Promise<GitAnswer<GitRepository>> {
  const opened = await runGit(directory, ['rev-parse', '--git-dir'])
  if (!opened.ok) return opened
  if (opened.value.status !== 0) {
    const reason = firstLine(opened.value.stderr)
    return failure('not-a-repository', `git cannot read a repository in ${directory}: ${reason}`)
  }
  const blobs = new BlobReader(directory)
  const cache = new BlobCache(maxSnapshotCacheBytes)
  return answer({
    resolve: (ref) => resolveReference(directory, ref),
    defaultBranch: () => findDefaultBranch(directory),
    mergeBase: (one, other) => findMergeBase(directory, one, other),
    snapshot: ({ sha, ref }) => new GitSnapshot(directory, sha, blobs, cache, ref),
    close: () => blobs.close(),
  })
}

const isSha = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)

async function resolveReference(directory: string, ref: string): Promise<GitAnswer<ResolvedReference>> {
  // Git would take it for an option; no branch or tag can be named so.
  if (ref === '' || ref.startsWith('-') || /[\0\n\r]/.test(ref)) {
    return failure('reference-invalid', `${JSON.stringify(ref)} cannot be the name of a commit`)
  }
  const run = await runGit(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (!run.ok) return run
  const sha = run.value.stdout.trim()
  if (run.value.status !== 0 || !isSha(sha)) {
    return failure('reference-unknown', `${ref} is not a commit of this clone; fetch it first, or check the name`)
  }
  return answer({ ref, sha })
}

async function findDefaultBranch(directory: string): Promise<GitAnswer<ResolvedReference>> {
  const run = await runGit(directory, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'])
  if (!run.ok) return run
  const named = run.value.status === 0 ? [run.value.stdout.trim()] : []
  const usual = ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master']
  for (const full of [...named, ...usual]) {
    const resolved = await resolveReference(directory, full)
    if (resolved.ok) return answer({ ref: full.replace(/^refs\/(?:heads|remotes)\//, ''), sha: resolved.value.sha })
  }
  return failure(
    'default-branch-unknown',
    'no default branch was found (origin/HEAD, main or master); name the base with --base',
  )
}

async function findMergeBase(directory: string, one: string, other: string): Promise<GitAnswer<string>> {
  if (!isSha(one) || !isSha(other)) return failure('reference-invalid', 'a merge base needs two full shas')
  const run = await runGit(directory, ['merge-base', one, other])
  if (!run.ok) return run
  const [sha = ''] = run.value.stdout.split('\n')
  if (run.value.status === 0 && isSha(sha)) return answer(sha)
  if (run.value.status !== 1) return failedCommand('merge-base', run.value)
  const shallow = await runGit(directory, ['rev-parse', '--is-shallow-repository'])
  const isShallow = shallow.ok && shallow.value.stdout.trim() === 'true'
  return failure(
    'merge-base-missing',
    isShallow
      ? 'this clone is shallow and does not reach back to a common ancestor of base and head; fetch more history (git fetch --unshallow)'
      : 'base and head have no common ancestor',
  )
}

const failedCommand = (command: string, { status, stderr }: GitOutput): GitAnswer<never> =>
  failure('git-failed', `git ${command} failed with ${status}: ${firstLine(stderr)}`)

const firstLine = (text: string): string => (text.trim().split('\n')[0] ?? '').slice(0, 300)
