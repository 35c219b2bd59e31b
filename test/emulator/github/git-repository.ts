import { execFile, spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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

const fullSha = /^[0-9a-f]{40}$/

/**
 * A bare repository of git itself: shas, merge bases and hunks are what they would be on GitHub. What is asked about objects is
 * asked once, because objects never change; starting git is what an emulator's time goes into.
 */
export class GitRepository {
  private readonly answers = new Map<string, Promise<Buffer>>()

  constructor(readonly directory: string) {}

  /** What `git init --bare` writes, as far as it matters, without starting it. No gc: references stay in files of their own. */
  static async create(directory: string): Promise<GitRepository> {
    await Promise.all(['objects', 'refs/heads'].map((name) => mkdir(join(directory, name), { recursive: true })))
    await Promise.all([
      writeFile(join(directory, 'HEAD'), 'ref: refs/heads/main\n'),
      writeFile(join(directory, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[gc]\n\tauto = 0\n'),
    ])
    return new GitRepository(directory)
  }

  /** `run` for questions about objects named by their full sha. A refusal is not kept: the object may come. */
  async ask(...args: string[]): Promise<Buffer> {
    const key = args.join('\0')
    const known = this.answers.get(key) ?? this.run(args)
    this.answers.set(key, known)
    known.catch(() => this.answers.delete(key))
    return known
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
    const sha = type === 'commit' ? ((await this.readRef(name)) ?? name) : name
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${sha}^{${type}}`]
    const found = fullSha.test(sha) ? this.ask(...args) : this.run(args)
    return found.then((bytes) => bytes.toString('utf8').trim()).catch(() => undefined)
  }

  /** A reference's file, in the order in which git looks for it. */
  private async readRef(name: string): Promise<string | undefined> {
    if (fullSha.test(name) || !/^[\w-]+(?:[./][\w-]+)*$/.test(name)) return undefined
    for (const path of name.startsWith('refs/')
      ? [name]
      : [`refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`]) {
      // Absent, or a folder of further references: git itself has the last word.
      const text = await readFile(join(this.directory, path), 'utf8').catch(() => '')
      if (fullSha.test(text.trim())) return text.trim()
    }
    return undefined
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

  /** A reference is a file with a sha; without one it goes. Git is started for neither. */
  async setRef(ref: string, sha: string | undefined): Promise<void> {
    const file = join(this.directory, ref)
    if (sha === undefined) return rm(file)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `${sha}\n`)
  }

  async fetch(from: GitRepository, source: string, target: string): Promise<void> {
    await this.run(['fetch', '--quiet', '--no-tags', from.directory, `+${source}:${target}`])
  }

  /** Both by their full sha. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    return this.ask('merge-base', a, b).then(
      (bytes) => bytes.toString('utf8').trim(),
      () => undefined,
    )
  }

  async isAncestor(ancestor: string, of: string): Promise<boolean> {
    return ancestor === of || (await this.mergeBase(ancestor, of)) === ancestor
  }

  /** Commits that `head` has and `base` has not, oldest first. */
  async commitsBetween(base: string, head: string): Promise<string[]> {
    const listed = await this.ask('rev-list', '--reverse', head, `^${base}`)
    return listed.toString('utf8').split('\n').filter(Boolean)
  }

  async readCommit(sha: string): Promise<CommitObject> {
    const format = '%H%n%T%n%P%n%an%n%ae%n%aI%n%B'
    const [id = '', tree = '', parents = '', name = '', email = '', date = '', ...message] = (
      await this.ask('log', '-1', `--format=${format}`, sha)
    )
      .toString('utf8')
      .trimEnd()
      .split('\n')
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
    const listed = await this.ask('ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), sha)
    return listed.toString('utf8').split('\0').filter(Boolean).map(parseTreeLine)
  }

  async readBlob(sha: string): Promise<Buffer> {
    return this.ask('cat-file', 'blob', sha)
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
