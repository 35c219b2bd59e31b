import { execFile, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'

export type FileContent = string | Buffer | { readonly symlink: string } | { readonly submodule: string }

/** Path → content; `null` deletes. */
export type FileChanges = Readonly<Record<string, FileContent | null>>

export interface TreeEntry {
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly sha: string
  readonly size?: number
  readonly path: string
}

export interface CommitObject {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: { readonly name: string; readonly email: string; readonly date: string }
  readonly message: string
}

/** No configuration of the machine may change what is written or how differences are shown. */
const environment = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C', TZ: 'UTC' }
const maxOutputBytes = 512 * 1024 * 1024

/** A bare repository of git itself: shas, merge bases and hunks are what they would be on GitHub. */
export class GitRepository {
  constructor(readonly directory: string) {}

  static async create(directory: string): Promise<GitRepository> {
    await mkdir(directory, { recursive: true })
    const repository = new GitRepository(directory)
    await repository.run(['init', '--quiet', '--bare'])
    return repository
  }

  async run(args: readonly string[], input?: Buffer): Promise<Buffer> {
    const env = { PATH: process.env.PATH, ...environment }
    return new Promise((resolve, reject) => {
      const options = { cwd: this.directory, env, encoding: 'buffer' as const, maxBuffer: maxOutputBytes }
      const child = execFile('git', ['--git-dir=.', ...args], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`git ${args.join(' ')}: ${stderr.toString()}`, { cause: error }))
        else resolve(stdout)
      })
      child.stdin?.end(input)
    })
  }

  async text(...args: string[]): Promise<string> {
    return (await this.run(args)).toString('utf8').trimEnd()
  }

  /** The full sha, or undefined where git knows nothing of that name and type. */
  async resolve(name: string, type: 'commit' | 'tree' | 'blob' = 'commit'): Promise<string | undefined> {
    // A name that begins with a dash would be an option.
    if (name.startsWith('-') || name === '') return undefined
    return this.text('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{${type}}`).catch(() => undefined)
  }

  /** Writes a commit on top of `parents[0]` (or as a root), points `branch` at it, and returns its sha. */
  async commit(options: {
    readonly branch: string
    readonly changes: FileChanges
    readonly parents: readonly string[]
    readonly message: string
    readonly author: { readonly name: string; readonly email: string }
    readonly seconds: number
  }): Promise<string> {
    const { parents, author, seconds } = options
    const stream: (string | Buffer)[] = [
      `commit refs/heads/${options.branch}\nmark :1\n`,
      `committer ${author.name} <${author.email}> ${seconds} +0000\n`,
      data(options.message),
      // Without `from` an existing branch would be continued by what fast-import remembers: nothing, so it must be said.
      ...parents.map((parent, at) => `${at === 0 ? 'from' : 'merge'} ${parent}\n`),
      ...Object.entries(options.changes).flatMap(([path, content]) => fileCommand(path, content)),
      'get-mark :1\n',
    ]
    const input = Buffer.concat(stream.map((part) => Buffer.from(part)))
    return (await this.run(['fast-import', '--quiet', '--force'], input)).toString('utf8').trim()
  }

  /** The tree of both merged, or undefined on a conflict. */
  async mergeTrees(ours: string, theirs: string): Promise<string | undefined> {
    return this.text('merge-tree', '--write-tree', ours, theirs).catch(() => undefined)
  }

  async commitTree(tree: string, parents: readonly string[], message: string, seconds: number): Promise<string> {
    const identity = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.example']
    const env = { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` }
    const args = [...identity, 'commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', message]
    return new Promise((resolve, reject) => {
      const child = spawn('git', ['--git-dir=.', ...args], {
        cwd: this.directory,
        env: { PATH: process.env.PATH, ...environment, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        out += part
      })
      child
        .on('error', reject)
        .on('close', (code) => (code === 0 ? resolve(out.trim()) : reject(new Error(`commit-tree: ${code}`))))
    })
  }

  async setRef(ref: string, sha: string | undefined): Promise<void> {
    await this.run(sha === undefined ? ['update-ref', '-d', ref] : ['update-ref', ref, sha])
  }

  async fetch(from: GitRepository, source: string, target: string): Promise<void> {
    await this.run(['fetch', '--quiet', '--no-tags', from.directory, `+${source}:${target}`])
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.text('merge-base', a, b).catch(() => undefined)
  }

  async isAncestor(ancestor: string, of: string): Promise<boolean> {
    return (await this.mergeBase(ancestor, of)) === ancestor
  }

  /** Commits that `head` has and `base` has not, oldest first. */
  async commitsBetween(base: string, head: string): Promise<string[]> {
    return (await this.text('rev-list', '--reverse', head, `^${base}`)).split('\n').filter(Boolean)
  }

  async readCommit(sha: string): Promise<CommitObject> {
    const format = '%H%n%T%n%P%n%an%n%ae%n%aI%n%B'
    const [id = '', tree = '', parents = '', name = '', email = '', date = '', ...message] = (
      await this.text('log', '-1', `--format=${format}`, sha)
    ).split('\n')
    const utc = new Date(date).toISOString().replace('.000Z', 'Z')
    return {
      sha: id,
      tree,
      parents: parents.split(' ').filter(Boolean),
      author: { name, email, date: utc },
      message: message.join('\n').trim(),
    }
  }

  async readTree(sha: string, recursive: boolean): Promise<TreeEntry[]> {
    const listed = await this.run(['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), sha])
    return listed.toString('utf8').split('\0').filter(Boolean).map(parseTreeLine)
  }

  async readBlob(sha: string): Promise<Buffer> {
    return this.run(['cat-file', 'blob', sha])
  }
}

function parseTreeLine(line: string): TreeEntry {
  const tab = line.indexOf('\t')
  const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/)
  const path = line.slice(tab + 1)
  return { mode, type: type as TreeEntry['type'], sha, path, ...(size !== '-' && { size: Number(size) }) }
}

function data(bytes: string | Buffer): Buffer {
  const body = Buffer.from(bytes)
  return Buffer.concat([Buffer.from(`data ${body.length}\n`), body, Buffer.from('\n')])
}

function fileCommand(path: string, content: FileContent | null): (string | Buffer)[] {
  const quoted = JSON.stringify(path)
  if (content === null) return [`D ${quoted}\n`]
  if (typeof content === 'string' || Buffer.isBuffer(content)) return [`M 100644 inline ${quoted}\n`, data(content)]
  if ('symlink' in content) return [`M 120000 inline ${quoted}\n`, data(content.symlink)]
  return [`M 160000 ${content.submodule} ${quoted}\n`]
}
