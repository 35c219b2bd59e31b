import type { TreeEntry } from '../git-repository.js'
import { apiUrl, htmlUrl } from '../resources/repository.js'
import { type Answer, type Call, notFound, Refusal, type Routes, reads } from '../route.js'
import { isRaw, toBase64Lines, visibleCommit } from './git.js'

/** Above it JSON has no content, and only the raw media type serves the file, to 100 MB. */
const maxJsonBytes = 1024 * 1024
const maxRawBytes = 100 * 1024 * 1024
const maxListed = 1000

export const contentsRoutes: Routes = {
  'GET /repos/{owner}/{repo}/contents/{path}': { needs: reads('contents'), answer: readContents },
}

async function readContents(call: Call) {
  const { world, repository, params, query } = call
  const ref = query.ref ?? repository.defaultBranch
  const commit = await visibleCommit(world, repository, ref).catch(() => {
    throw new Refusal(404, `No commit found for the ref ${ref}`)
  })
  const path = (params.path ?? '').replace(/\/+$/, '')
  const found = await findEntry(call, commit, path)
  if (!found) throw notFound()
  return found === 'root' || found.type === 'tree' ? listDirectory(call, commit, path) : readEntry(call, commit, found)
}

async function findEntry({ repository }: Call, commit: string, path: string): Promise<TreeEntry | 'root' | undefined> {
  if (path === '') return 'root'
  const listed = await repository.git.run(['ls-tree', '-z', '-l', commit, '--', path])
  const [line] = listed.toString('utf8').split('\0')
  const found = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t/.exec(line ?? '')
  if (!found) return undefined
  const [, mode = '', type = '', sha = '', size = '-'] = found
  return { mode, type: type as TreeEntry['type'], sha, path, ...(size !== '-' && { size: Number(size) }) }
}

async function listDirectory(call: Call, commit: string, path: string) {
  const tree = await call.repository.git.text('rev-parse', '--verify', `${commit}:${path}`)
  const entries = await call.repository.git.readTree(tree, false)
  const shown = entries.slice(0, maxListed).map((entry) => {
    const full = { ...entry, path: path === '' ? entry.path : `${path}/${entry.path}` }
    const kind = entry.type === 'tree' ? 'dir' : entry.mode === '120000' ? 'symlink' : 'file'
    return { type: kind, ...entryFields(call, commit, full) }
  })
  return { status: 200, body: shown }
}

async function readEntry(call: Call, commit: string, entry: TreeEntry): Promise<Answer> {
  if (entry.type === 'commit') {
    const body = {
      type: 'submodule',
      submodule_git_url: `${call.world.url}/submodule.git`,
      ...entryFields(call, commit, entry),
    }
    return { status: 200, body }
  }
  const bytes = await call.repository.git.readBlob(entry.sha)
  if (entry.mode === '120000') return readLink(call, commit, entry, bytes.toString('utf8'))
  if (bytes.length > maxRawBytes) throw tooLarge()
  // Not JSON's type, which Octokit would parse: YAML read as text comes through this.
  if (isRaw(call.accept)) return { status: 200, raw: { type: 'application/vnd.github.raw; charset=utf-8', bytes } }
  const small = bytes.length <= maxJsonBytes
  const content = { content: small ? toBase64Lines(bytes) : '', encoding: small ? 'base64' : 'none' }
  return { status: 200, body: { type: 'file', ...entryFields(call, commit, entry), ...content } }
}

const tooLarge = () =>
  new Refusal(403, 'This API returns blobs up to 100 MB in size.', {
    errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }],
  })

/** A link to a file in the repository is answered with that file's content, as if it stood there. */
async function readLink(call: Call, commit: string, entry: TreeEntry, target: string): Promise<Answer> {
  const segments = [...entry.path.split('/').slice(0, -1), ...target.split('/')]
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') resolved.pop()
    else if (segment !== '.' && segment !== '') resolved.push(segment)
  }
  const linked = target.startsWith('/') ? undefined : await findEntry(call, commit, resolved.join('/'))
  if (linked && linked !== 'root' && linked.type === 'blob' && linked.mode !== '120000') {
    return readEntry(call, commit, { ...linked, path: entry.path })
  }
  return { status: 200, body: { type: 'symlink', target, ...entryFields(call, commit, entry) } }
}

function entryFields({ world, repository }: Call, commit: string, { path, sha, size, type }: TreeEntry) {
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  const url = `${apiUrl(world, repository)}/contents/${escaped}?ref=${commit}`
  const git = `${apiUrl(world, repository)}/git/${type === 'tree' ? 'trees' : 'blobs'}/${sha}`
  const html = `${htmlUrl(world, repository)}/blob/${commit}/${escaped}`
  const download = type === 'blob' ? `${htmlUrl(world, repository)}/raw/${commit}/${escaped}` : null
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    size: size ?? 0,
    url,
    html_url: html,
    git_url: git,
    download_url: download,
    _links: { self: url, git, html },
  }
}
