import { omitPatches } from '../patch-limits.js'
import { type ChangedFile, diffCommits } from '../pull-diff.js'
import { fileResource } from '../resources/commit.js'
import { type PullCounts, pullResource, simplePull } from '../resources/pull.js'
import { findPull, page, Refusal, type Routes, reads } from '../route.js'
import type { Pull } from '../state.js'

const pulls = reads('pull_requests')
/** GitHub lists no more files of one pull request, however many it has. */
const maxFiles = 3000

export const pullRoutes: Routes = {
  'GET /repos/{owner}/{repo}/pulls': {
    needs: pulls,
    answer: (call) => {
      const { state = 'open', head, base, direction } = call.query
      const wanted = call.repository.pulls.filter(
        (pull) =>
          (state === 'all' || pull.state === state) &&
          (head === undefined || head === `${pull.head.repository.owner.login}:${pull.head.ref}`) &&
          (base === undefined || base === pull.base.ref),
      )
      // Newest first, unless asked otherwise.
      const sorted = direction === 'asc' ? wanted : wanted.toReversed()
      return page(
        call,
        sorted.map((pull) => simplePull(call.world, pull)),
      )
    },
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': {
    needs: pulls,
    answer: async (call) => {
      const pull = findPull(call)
      if (/\.(diff|patch)$/.test(call.accept)) throw new Refusal(406, 'This emulator has no diff media type')
      return { status: 200, body: pullResource(call.world, pull, await countPull(pull)) }
    },
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': {
    needs: pulls,
    answer: async (call) => {
      const pull = findPull(call)
      const files = omitPatches(call.world, await pullFiles(pull)).slice(0, maxFiles)
      return page(
        call,
        files.map((file) => fileResource(call.world, call.repository, pull.head.sha, file)),
      )
    },
  },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': {
    needs: pulls,
    answer: async (call) => {
      const { repository, params, world } = call
      const sha = await repository.git.resolve(params.commit_sha ?? '')
      if (!sha) throw new Refusal(422, `No commit found for SHA: ${params.commit_sha}`)
      // It does not know commits that only a fork has.
      const own = repository.pulls.filter(({ head }) => head.repository === repository)
      const holds = await Promise.all(own.map(({ head }) => repository.git.isAncestor(sha, head.sha)))
      const open = own.filter((pull, at) => holds[at] && (pull.state === 'open' || pull.mergedAt !== null))
      return page(
        call,
        open.map((pull) => simplePull(world, pull)),
      )
    },
  },
}

/** What the pull request does: from the merge base to the head, before GitHub's omissions. */
export function pullFiles(pull: Pull): Promise<readonly ChangedFile[]> {
  const key = `${pull.base.sha}...${pull.head.sha}`
  const known = pull.files.get(key)
  if (known) return known
  const files = diffPull(pull)
  pull.files.set(key, files)
  return files
}

async function diffPull({ base, head }: Pull): Promise<readonly ChangedFile[]> {
  const { git } = base.repository
  const fork = await git.mergeBase(base.sha, head.sha)
  return diffCommits(git, fork ?? base.sha, head.sha)
}

export async function countPull(pull: Pull): Promise<PullCounts> {
  const [files, commits] = await Promise.all([
    pullFiles(pull),
    pull.base.repository.git.commitsBetween(pull.base.sha, pull.head.sha),
  ])
  const sum = (of: 'additions' | 'deletions') => files.reduce((total, file) => total + file[of], 0)
  return { commits: commits.length, additions: sum('additions'), deletions: sum('deletions'), files: files.length }
}
