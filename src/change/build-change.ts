import type { Change } from './change.js'
import { openDirectorySnapshot } from './directory-snapshot.js'
import { errorCode } from './error-code.js'
import { answer, failure, type GitAnswer } from './git-command.js'
import type { GitRepository, ResolvedReference } from './git-repository.js'
import type { Snapshot } from './snapshot.js'

/** One side of a review as the command line names it: a reference of the clone, or a directory. */
export type Side =
  | { readonly kind: 'reference'; readonly ref: string }
  | { readonly kind: 'directory'; readonly path: string }

export interface Sides {
  /** Absent: the default branch. */
  readonly base?: Side
  /** Absent: HEAD. */
  readonly head?: Side
}

/**
 * Two states of a repository as a Change. Between two references the base is their merge base, as in a pull request, and
 * the policy comes from the tip of the base reference, which an old branch cannot choose. `repository` may be absent when
 * both sides are directories.
 */
export async function buildChange(sides: Sides, repository?: GitRepository): Promise<GitAnswer<Change>> {
  const base = await openSide(sides.base, repository, (clone) => clone.defaultBranch())
  if (!base.ok) return base
  const head = await openSide(sides.head, repository, (clone) => clone.resolve('HEAD'))
  if (!head.ok) return head
  const tip = base.value
  if (tip.commit === undefined || head.value.commit === undefined || repository === undefined) {
    return answer({ base: tip.snapshot, head: head.value.snapshot, policy: tip.snapshot })
  }
  const merged = await repository.mergeBase(tip.commit.sha, head.value.commit.sha)
  if (!merged.ok) return merged
  // Whoever names an ancestor of base as head asks what going back would do; head against itself would say "clear" to that.
  const goesBack = sides.base !== undefined && merged.value === head.value.commit.sha
  const from =
    goesBack || merged.value === tip.commit.sha
      ? tip.snapshot
      : repository.snapshot({ sha: merged.value, ref: tip.commit.ref })
  return answer({ base: from, head: head.value.snapshot, policy: tip.snapshot })
}

interface OpenedSide {
  readonly snapshot: Snapshot
  readonly commit?: ResolvedReference
}

async function openSide(
  side: Side | undefined,
  repository: GitRepository | undefined,
  findDefault: (repository: GitRepository) => Promise<GitAnswer<ResolvedReference>>,
): Promise<GitAnswer<OpenedSide>> {
  if (side?.kind === 'directory') return openDirectory(side.path)
  if (repository === undefined) return failure('not-a-repository', 'a reference needs a git repository')
  const commit = side === undefined ? await findDefault(repository) : await repository.resolve(side.ref)
  return commit.ok ? answer({ snapshot: repository.snapshot(commit.value), commit: commit.value }) : commit
}

async function openDirectory(path: string): Promise<GitAnswer<OpenedSide>> {
  try {
    return answer({ snapshot: await openDirectorySnapshot(path) })
  } catch (error) {
    return failure('reference-invalid', `${path} cannot be read as a directory (${errorCode(error)})`)
  }
}
