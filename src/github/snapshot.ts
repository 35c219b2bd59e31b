import type { FileRead, Listing, Snapshot, SnapshotEntry, SnapshotOrigin } from '../change/snapshot.js'
import type { Gap } from '../gap.js'
import { maxRepositoryFileBytes, maxRepositoryFiles, maxTreeRequests } from '../limits.js'
import { describeFailure, type GitHub, statusOf } from './octokit.js'

export interface SnapshotSource {
  readonly github: GitHub
  readonly owner: string
  readonly repo: string
  /**
   * Ends the job's signal for a failure that another time may not have, so that the review stops and comes back instead of
   * reporting a gap; false where the failure is to be a gap, as all are when this is absent.
   */
  readonly interrupt?: ((cause: unknown) => boolean) | undefined
}

export interface Commit {
  readonly sha: string
  /** What people call it. */
  readonly ref?: string
  /** Where to find the commit when the repository does not give it by its sha: `pull/N/head` for a fork's. */
  readonly fallbackRef?: string
}

interface Node {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size?: number
}

interface Tree {
  readonly nodes: readonly Node[]
  readonly truncated: boolean
}

interface Listed {
  readonly listing: Listing
  readonly nodes: ReadonlyMap<string, Node>
}

/** A commit on GitHub, read tree by tree and blob by blob: contents are never asked by path, which would follow links. */
export function openGitHubSnapshot(source: SnapshotSource, commit: Commit): Snapshot {
  return new GitHubSnapshot(source, commit)
}

/** A commit of which nothing can be read, and why. */
export function unreadableSnapshot(origin: SnapshotOrigin, gap: Gap): Snapshot {
  return {
    origin,
    list: async () => ({ entries: [], gaps: [gap] }),
    read: async () => ({ kind: 'unreadable', gap }),
  }
}

class GitHubSnapshot implements Snapshot {
  readonly origin: SnapshotOrigin
  readonly owner: string
  readonly #source: SnapshotSource
  readonly #commit: Commit
  readonly #trees = new Map<string, Promise<Tree>>()
  readonly #reads = new Map<string, Promise<FileRead>>()
  #root: Promise<string> | undefined
  #listed: Promise<Listed> | undefined

  constructor(source: SnapshotSource, commit: Commit) {
    this.#source = source
    this.owner = source.owner
    this.#commit = commit
    this.origin = { kind: 'git', sha: commit.sha, ...(commit.ref !== undefined && { ref: commit.ref }) }
  }

  async list(signal?: AbortSignal): Promise<Listing> {
    return (await this.#list(signal)).listing
  }

  async read(path: string, signal?: AbortSignal): Promise<FileRead> {
    const known = this.#reads.get(path) ?? this.#readAnew(path, signal)
    this.#reads.set(path, known)
    return known
  }

  async #readAnew(path: string, signal: AbortSignal | undefined): Promise<FileRead> {
    try {
      // A policy is one file: walking down to it costs three small answers, a listing one that can have megabytes.
      const node = this.#listed ? (await this.#listed).nodes.get(path) : await this.#walk(path)
      if (!node) return this.#absent(path)
      return await this.#readNode(node, path)
    } catch (error) {
      return { kind: 'unreadable', gap: this.#toGap(error, signal, path) }
    }
  }

  /** What a listing that is not whole does not hold may exist all the same. */
  async #absent(path: string): Promise<FileRead> {
    const gap = this.#listed && (await this.#listed).listing.gaps[0]
    return gap ? { kind: 'unreadable', gap: { ...gap, file: path } } : { kind: 'absent' }
  }

  async #readNode(node: Node, path: string): Promise<FileRead> {
    if (node.type !== 'blob') return { kind: 'absent' }
    if ((node.size ?? 0) > maxRepositoryFileBytes) {
      const detail = `${node.size} bytes, more than ${maxRepositoryFileBytes}`
      return { kind: 'unreadable', gap: { code: 'limit-reached', fact: 'repository', file: path, detail } }
    }
    const { github, owner, repo } = this.#source
    const { data } = await github.rest.git.getBlob({ owner, repo, file_sha: node.sha })
    if (data.encoding !== 'base64') throw new Error(`GitHub sent a blob as ${data.encoding}`)
    const bytes = Buffer.from(data.content, 'base64')
    if (data.size !== null && bytes.length !== data.size) throw new Error('GitHub sent a part of a blob')
    return node.mode === '120000' ? { kind: 'symlink', target: bytes.toString('utf8') } : { kind: 'file', bytes }
  }

  async #walk(path: string): Promise<Node | undefined> {
    const names = path.split('/')
    let sha = await this.#findRoot(false)
    for (const [depth, name] of names.entries()) {
      const tree = await this.#tree(sha, false)
      const node = tree.nodes.find((entry) => entry.path === name)
      if (!node && tree.truncated) throw new Error('GitHub listed a part of a folder')
      if (!node || depth === names.length - 1) return node
      if (node.type !== 'tree') return undefined
      sha = node.sha
    }
    return undefined
  }

  #list(signal: AbortSignal | undefined): Promise<Listed> {
    this.#listed ??= this.#listAnew().catch((error: unknown) => {
      const listing = { entries: [], gaps: [this.#toGap(error, signal)] }
      return { listing, nodes: new Map() }
    })
    return this.#listed
  }

  async #listAnew(): Promise<Listed> {
    const root = await this.#findRoot(true)
    const whole = await this.#tree(root, true)
    const found = whole.truncated ? await this.#listInParts(root) : { nodes: whole.nodes, gaps: [] }
    const nodes = new Map<string, Node>()
    const gaps: Gap[] = [...found.gaps]
    for (const node of found.nodes) {
      if (node.type === 'tree') continue
      if (!isPlainPath(node.path)) gaps.push(repositoryGap(`a path that no checkout may have: ${node.path}`))
      else if (nodes.size >= maxRepositoryFiles) {
        gaps.push({ code: 'limit-reached', fact: 'repository', detail: `more than ${maxRepositoryFiles} files` })
        break
      } else nodes.set(node.path, node)
    }
    return { listing: { entries: [...nodes.values()].map(toEntry), gaps }, nodes }
  }

  /** GitHub stops a recursive listing at 100,000 entries or 7 MB: then each folder is asked for by itself. */
  async #listInParts(root: string): Promise<{ nodes: Node[]; gaps: Gap[] }> {
    const nodes: Node[] = []
    const gaps: Gap[] = []
    const folders = [{ path: '', sha: root, whole: false }]
    for (let requests = 0; ; requests += 1) {
      const folder = folders.pop()
      if (!folder) return { nodes, gaps }
      if (requests >= maxTreeRequests || nodes.length > maxRepositoryFiles) {
        gaps.push({ code: 'limit-reached', fact: 'repository', detail: `a tree of more than ${requests} folders` })
        return { nodes, gaps }
      }
      const tree = await this.#tree(folder.sha, folder.whole)
      if (tree.truncated && folder.whole) {
        folders.push({ ...folder, whole: false })
        continue
      }
      if (tree.truncated) gaps.push(repositoryGap(`GitHub listed only a part of the folder ${folder.path}`))
      const prefix = folder.path === '' ? '' : `${folder.path}/`
      for (const node of tree.nodes) {
        const path = `${prefix}${node.path}`
        if (node.type !== 'tree') nodes.push({ ...node, path })
        else if (!folder.whole) folders.push({ path, sha: node.sha, whole: true })
      }
    }
  }

  /** The commit by its sha, or by the ref that the base repository keeps of a pull request if that is still this commit. */
  #findRoot(recursive: boolean): Promise<string> {
    this.#root ??= this.#findRootAnew(recursive)
    return this.#root
  }

  async #findRootAnew(recursive: boolean): Promise<string> {
    const { sha, fallbackRef } = this.#commit
    try {
      await this.#tree(sha, recursive)
      return sha
    } catch (error) {
      if (!isUnknownCommit(error) || fallbackRef === undefined) throw error
    }
    const { github, owner, repo } = this.#source
    const { data } = await github.rest.git.getRef({ owner, repo, ref: fallbackRef })
    if (data.object.sha !== sha) throw new Error(`${fallbackRef} is no longer ${sha}`)
    return `refs/${fallbackRef}`
  }

  #tree(sha: string, recursive: boolean): Promise<Tree> {
    const key = `${sha} ${recursive}`
    const known = this.#trees.get(key) ?? this.#readTree(sha, recursive)
    this.#trees.set(key, known)
    return known
  }

  async #readTree(sha: string, recursive: boolean): Promise<Tree> {
    const { github, owner, repo } = this.#source
    const { data } = await github.rest.git.getTree({
      owner,
      repo,
      tree_sha: sha,
      ...(recursive && { recursive: 'true' }),
    })
    const nodes = data.tree.map(({ path, mode, type, sha: id, size }) => {
      if (path === undefined || mode === undefined || type === undefined || id === undefined) {
        throw new Error('GitHub sent a tree entry without a path')
      }
      return { path, mode, type, sha: id, ...(size !== undefined && { size }) }
    })
    return { nodes, truncated: data.truncated }
  }

  #toGap(error: unknown, signal: AbortSignal | undefined, file?: string): Gap {
    const { interrupt } = this.#source
    if (signal?.aborted) throw error
    if (interrupt?.(error)) throw error
    return repositoryGap(`${this.#commit.sha}: ${describeFailure(error)}`, file)
  }
}

const repositoryGap = (detail: string, file?: string): Gap => ({
  code: 'repository-unreadable',
  fact: 'repository',
  detail,
  ...(file !== undefined && { file }),
})

/** GitHub answers an unknown sha with 404, and 422 where it does not even look like one of this repository. */
const isUnknownCommit = (error: unknown): boolean => [404, 409, 422].includes(statusOf(error) ?? 0)

const isPlainPath = (path: string): boolean =>
  path !== '' && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && name !== '.git')

const toEntry = ({ path, mode, type, sha }: Node): SnapshotEntry => ({
  path,
  id: sha,
  kind: type === 'commit' ? 'submodule' : mode === '120000' ? 'symlink' : 'file',
})
