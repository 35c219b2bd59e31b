import { omitPatches } from '../patch-limits.js'
import { diffCommits } from '../pull-diff.js'
import { nodeId } from '../resources/account.js'
import { commitResource, fileResource, gitCommitResource } from '../resources/commit.js'
import { apiUrl, htmlUrl } from '../resources/repository.js'
import { type Call, notFound, page, Refusal, type Routes, reads } from '../route.js'
import type { Repository, World } from '../state.js'

const contents = reads('contents')
/** The most that a comparison lists, on its first page only. */
const maxComparedFiles = 300
const maxComparedCommits = 250
/** Blobs above it are refused. */
const maxBlobBytes = 100 * 1024 * 1024
/** GitHub's recursive listing ends here, or at 7 MB. */
const maxTreeEntries = 100_000

export const gitRoutes: Routes = {
  'GET /repos/{owner}/{repo}/git/ref/{ref}': { needs: contents, answer: readRef },
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': {
    needs: contents,
    answer: async ({ world, repository, params }) => {
      const sha = await visibleCommit(world, repository, exactSha(params.commit_sha))
      return { status: 200, body: gitCommitResource(world, repository, await repository.git.readCommit(sha)) }
    },
  },
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': { needs: contents, answer: readTree },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': { needs: contents, answer: readBlob },
  'GET /repos/{owner}/{repo}/commits/{ref}': {
    needs: contents,
    answer: async ({ world, repository, params }) => {
      const sha = await visibleCommit(world, repository, params.ref ?? '', 422)
      const commit = await repository.git.readCommit(sha)
      const files = commit.parents[0] ? await diffCommits(repository.git, commit.parents[0], sha) : []
      const count = (of: 'additions' | 'deletions') => files.reduce((sum, file) => sum + file[of], 0)
      const [additions, deletions] = [count('additions'), count('deletions')]
      const stats = { additions, deletions, total: additions + deletions }
      const shown = files.slice(0, maxComparedFiles).map((file) => fileResource(world, repository, sha, file))
      return { status: 200, body: { ...commitResource(world, repository, commit), stats, files: shown } }
    },
  },
  'GET /repos/{owner}/{repo}/compare/{basehead}': { needs: contents, answer: compare },
  'GET /repos/{owner}/{repo}/branches': {
    needs: contents,
    answer: async (call) => {
      const lines = await call.repository.git.text(
        'for-each-ref',
        '--format=%(objectname) %(refname:lstrip=2)',
        'refs/heads',
      )
      const branches = lines
        .split('\n')
        .filter(Boolean)
        .map((line) => branchResource(call, line.slice(41), line.slice(0, 40)))
      return page(call, branches)
    },
  },
  'GET /repos/{owner}/{repo}/branches/{branch}': {
    needs: contents,
    answer: async (call) => {
      const { world, repository, params } = call
      const name = params.branch ?? ''
      const sha = await repository.git.resolve(`refs/heads/${name}`)
      if (!sha) throw new Refusal(404, 'Branch not found')
      const commit = commitResource(world, repository, await repository.git.readCommit(sha))
      const self = `${apiUrl(world, repository)}/branches/${name}`
      const _links = { self, html: `${htmlUrl(world, repository)}/tree/${name}` }
      const protection = { protection: {}, protection_url: `${self}/protection` }
      return { status: 200, body: { name, commit, _links, protected: false, ...protection } }
    },
  },
}

function branchResource({ world, repository }: Call, name: string, sha: string) {
  return { name, commit: { sha, url: `${apiUrl(world, repository)}/commits/${sha}` }, protected: false }
}

/** Git objects are asked for by their full sha; abbreviations and names are not found. */
function exactSha(sha = ''): string {
  if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound()
  return sha
}

/** A commit, unless only a fork has it and the switch says that such are not to be seen. */
export async function visibleCommit(world: World, repository: Repository, name: string, status = 404): Promise<string> {
  const sha = await repository.git.resolve(name)
  if (!sha) throw status === 422 ? new Refusal(422, `No commit found for SHA: ${name}`) : notFound()
  if (world.switches.forkCommitsHidden && name === sha) {
    const holding = await repository.git.text('for-each-ref', '--contains', sha, '--format=x', 'refs/heads')
    if (holding === '') throw notFound()
  }
  return sha
}

async function readRef({ world, repository, params }: Call) {
  const ref = `refs/${params.ref}`
  const sha = await repository.git.resolve(ref)
  if (!sha) throw notFound()
  const api = apiUrl(world, repository)
  const object = { type: 'commit', sha, url: `${api}/git/commits/${sha}` }
  return { status: 200, body: { ref, node_id: nodeId('REF', repository.id), url: `${api}/git/${ref}`, object } }
}

async function readTree({ world, repository, params, query }: Call) {
  const name = params.tree_sha ?? ''
  const sha = await repository.git.resolve(name, 'tree')
  if (!sha) throw notFound()
  if ((await repository.git.resolve(name)) !== undefined) await visibleCommit(world, repository, name)
  // Any value of `recursive` counts, also "0" and "false".
  const entries = await repository.git.readTree(sha, query.recursive !== undefined)
  const most = query.recursive === undefined ? maxTreeEntries : (world.switches.truncateTreesAfter ?? maxTreeEntries)
  const api = apiUrl(world, repository)
  const kinds = { blob: 'blobs', tree: 'trees', commit: 'commits' } as const
  const tree = entries.slice(0, most).map(({ path, mode, type, sha: id, size }) => ({
    path,
    mode,
    type,
    sha: id,
    ...(size !== undefined && { size }),
    ...(type !== 'commit' && { url: `${api}/git/${kinds[type]}/${id}` }),
  }))
  return { status: 200, body: { sha, url: `${api}/git/trees/${sha}`, tree, truncated: entries.length > most } }
}

async function readBlob({ world, repository, params, accept }: Call) {
  const sha = exactSha(params.file_sha)
  const bytes = await repository.git.readBlob(sha).catch(() => {
    throw notFound()
  })
  if (bytes.length > maxBlobBytes) throw new Refusal(403, 'This API returns blobs up to 100 MB in size.')
  if (isRaw(accept)) return { status: 200, raw: { type: 'application/vnd.github.raw; charset=utf-8', bytes } }
  const content = toBase64Lines(bytes)
  const url = `${apiUrl(world, repository)}/git/blobs/${sha}`
  return {
    status: 200,
    body: { sha, node_id: nodeId('B', repository.id), size: bytes.length, url, content, encoding: 'base64' },
  }
}

export const isRaw = (accept: string) => /vnd\.github(\.v3)?\.raw/.test(accept)

/** GitHub breaks lines after 60 characters. */
export function toBase64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{1,60}/g, '$&\n')
}

async function compare(call: Call) {
  const { world, repository, params, query } = call
  const [base = '', head = ''] = (params.basehead ?? '').split('...')
  const [from, to] = await Promise.all([compared(call, base), compared(call, head)])
  const fork = await repository.git.mergeBase(from, to)
  if (!fork) throw new Refusal(404, `No common ancestor between ${base} and ${head}.`)
  const [ahead, behind, files] = await Promise.all([
    repository.git.commitsBetween(from, to),
    repository.git.commitsBetween(to, from),
    diffCommits(repository.git, fork, to),
  ])
  const show = async (sha: string) => commitResource(world, repository, await repository.git.readCommit(sha))
  const html = `${htmlUrl(world, repository)}/compare/${base}...${head}`
  const list = await Promise.all(ahead.slice(0, maxComparedCommits).map(show))
  const shown = omitPatches(world, files)
    .slice(0, maxComparedFiles)
    .map((file) => fileResource(world, repository, to, file))
  const first = Number(query.page ?? 1) === 1
  const body = {
    url: `${apiUrl(world, repository)}/compare/${base}...${head}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await show(from),
    merge_base_commit: await show(fork),
    status: compareStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    ...(page(call, list, (commits) => ({ commits })).body as object),
    files: first ? shown : [],
  }
  return { status: 200, body }
}

function compareStatus(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}

/** `branch`, a sha, or `owner:branch` of another repository in the network. */
async function compared({ world, repository }: Call, name: string): Promise<string> {
  const [owner, branch] = name.includes(':') ? name.split(':') : [undefined, name]
  if (owner === undefined || owner === repository.owner.login) return visibleCommit(world, repository, branch ?? '')
  const fork = world.repositories.find((one) => one.owner.login === owner && one.parent === repository)
  const sha = await fork?.git.resolve(`refs/heads/${branch}`)
  if (!sha || !(await repository.git.resolve(sha))) throw notFound()
  return sha
}
