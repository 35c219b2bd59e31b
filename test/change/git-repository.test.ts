import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { GitAnswer } from '../../src/change/git-command.js'
import { type GitRepository, openGitRepository } from '../../src/change/git-repository.js'
import { maxRepositoryFileBytes, maxRepositoryFiles, maxRepositoryPathBytes } from '../../src/limits.js'
import { aGitRepository, type TestRepository } from '../builders/git-repository.js'

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function aRepository(): TestRepository {
  const repository = aGitRepository()
  cleanups.push(repository.remove)
  return repository
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-folder-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function unwrap<T>(given: GitAnswer<T>): T {
  if (!given.ok) throw new Error(given.failure.message)
  return given.value
}

const codeOf = (given: GitAnswer<unknown>): string => (given.ok ? 'ok' : given.failure.code)

async function open(directory: string): Promise<GitRepository> {
  const opened = unwrap(await openGitRepository(directory))
  cleanups.push(() => opened.close())
  return opened
}

async function snapshotOf(files: Parameters<TestRepository['commit']>[0]) {
  const made = aRepository()
  const sha = made.commit(files)
  const opened = await open(made.directory)
  return { made, sha, opened, snapshot: opened.snapshot({ sha, ref: 'main' }) }
}

describe('openGitRepository', () => {
  it('says that a folder is no repository', async () => {
    expect(codeOf(await openGitRepository(aFolder()))).toBe('not-a-repository')
  })

  it('says that a folder does not exist', async () => {
    expect(codeOf(await openGitRepository(join(aFolder(), 'missing')))).toBe('git-missing')
  })

  it('resolves branches, tags and short shas to a commit', async () => {
    const { made, sha, opened } = await snapshotOf({ a: '1' })
    made.git('tag', '--annotate', 'v1', '--message', 'v1')

    for (const ref of ['main', 'HEAD', 'v1', sha.slice(0, 10), sha]) {
      expect(await opened.resolve(ref)).toEqual({ ok: true, value: { ref, sha } })
    }
  })

  it.each(['--output=/tmp/x', '-h', '', 'a\nb', 'a\0b'])('refuses the reference %j', async (ref) => {
    const { opened } = await snapshotOf({ a: '1' })

    expect(codeOf(await opened.resolve(ref))).toBe('reference-invalid')
  })

  it('says which reference it does not know', async () => {
    const { opened } = await snapshotOf({ a: '1' })

    expect(await opened.resolve('nowhere')).toEqual({
      ok: false,
      failure: { code: 'reference-unknown', message: expect.stringContaining('nowhere') },
    })
    expect(codeOf(await opened.resolve('HEAD:a'))).toBe('reference-unknown')
  })

  it('finds the default branch by origin/HEAD, then by the usual names', async () => {
    const { made, sha, opened } = await snapshotOf({ a: '1' })
    expect(unwrap(await opened.defaultBranch())).toEqual({ ref: 'main', sha })

    made.git('update-ref', 'refs/remotes/origin/master', sha)
    expect(unwrap(await opened.defaultBranch()).ref).toBe('origin/master')

    made.git('update-ref', 'refs/remotes/origin/trunk', sha)
    made.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk')
    expect(unwrap(await opened.defaultBranch()).ref).toBe('origin/trunk')
  })

  it('says that there is no default branch', async () => {
    const { made, opened } = await snapshotOf({ a: '1' })
    made.git('branch', '--move', 'topic')

    expect(codeOf(await opened.defaultBranch())).toBe('default-branch-unknown')
  })

  it('finds the merge base of two commits', async () => {
    const { made, sha, opened } = await snapshotOf({ a: '1' })
    made.git('switch', '--quiet', '--create', 'topic')
    const topic = made.commit({ b: '1' })
    made.git('switch', '--quiet', 'main')
    const main = made.commit({ c: '1' })

    expect(await opened.mergeBase(main, topic)).toEqual({ ok: true, value: sha })
  })

  it('says that a shallow clone does not reach back far enough, and that unrelated commits have no base', async () => {
    const { made, opened } = await snapshotOf({ a: '1' })
    made.commit({ a: '2' })
    made.git('switch', '--quiet', '--create', 'topic', 'HEAD~1')
    made.commit({ b: '1' })
    const clone = aFolder()
    const source = pathToFileURL(made.directory).href
    execFileSync('git', ['clone', '--quiet', '--depth=1', '--no-single-branch', source, clone], { stdio: 'ignore' })
    const shallow = await open(clone)
    const ends = [unwrap(await shallow.resolve('origin/main')).sha, unwrap(await shallow.resolve('origin/topic')).sha]
    expect(await shallow.mergeBase(ends[0] ?? '', ends[1] ?? '')).toEqual({
      ok: false,
      failure: { code: 'merge-base-missing', message: expect.stringContaining('shallow') },
    })

    const main = unwrap(await opened.resolve('main')).sha
    made.git('switch', '--quiet', '--orphan', 'other')
    const other = made.commit({ z: '1' })
    expect(codeOf(await opened.mergeBase(main, other))).toBe('merge-base-missing')
  })

  it('works on a bare repository, and from a folder inside a worktree', async () => {
    const { made, sha } = await snapshotOf({ 'sub/a': '1', b: '2' })
    const bare = aFolder()
    execFileSync('git', ['clone', '--quiet', '--bare', made.directory, bare], { stdio: 'ignore' })

    for (const directory of [bare, join(made.directory, 'sub')]) {
      const { entries } = await (await open(directory)).snapshot({ sha }).list()
      expect(entries.map(({ path }) => path)).toEqual(['b', 'sub/a'])
    }
  })
})

describe('a snapshot of a commit', () => {
  it('states its origin', async () => {
    const { snapshot, sha, opened } = await snapshotOf({ a: '1' })

    expect(snapshot.origin).toEqual({ kind: 'git', ref: 'main', sha })
    expect(opened.snapshot({ sha }).origin).toEqual({ kind: 'git', sha })
  })

  it("lists files, links and submodules with git's own ids", async () => {
    const { made, sha, opened } = await snapshotOf({ 'package.json': '{}\n', link: { link: '../../etc/passwd' } })
    made.git('update-index', '--add', '--cacheinfo', `160000,${sha},vendor`)
    made.git('commit', '--quiet', '--message', 'Add a submodule')
    const snapshot = opened.snapshot({ sha: made.git('rev-parse', 'HEAD') })

    expect(await snapshot.list()).toEqual({
      entries: [
        { path: 'link', kind: 'symlink', id: made.git('rev-parse', 'HEAD:link') },
        { path: 'package.json', kind: 'file', id: made.git('rev-parse', 'HEAD:package.json') },
        { path: 'vendor', kind: 'submodule', id: sha },
      ],
      gaps: [],
    })
    expect(await snapshot.read('vendor')).toEqual({ kind: 'absent' })
  })

  it('reads files, empty ones too, and the target of a link, and nothing that is not there', async () => {
    const { snapshot } = await snapshotOf({ 'd/a': 'text\n', empty: '', link: { link: '/etc/passwd' } })

    expect(await snapshot.read('d/a')).toEqual({ kind: 'file', bytes: Buffer.from('text\n') })
    expect(await snapshot.read('empty')).toEqual({ kind: 'file', bytes: Buffer.alloc(0) })
    expect(await snapshot.read('link')).toEqual({ kind: 'symlink', target: '/etc/passwd' })
    for (const path of ['d', 'nothing', '/etc/passwd', '../a', 'd/../d/a', '']) {
      expect(await snapshot.read(path)).toEqual({ kind: 'absent' })
    }
  })

  it('takes paths with line breaks, quotes, blanks, tabs and other scripts as they are', async () => {
    const files = { 'a\nb': '1', 'c "d"': '2', 'tab\tx': '3', "it's": '4', 'ünï/ö': '5', '-x': '6', ':(glob)y': '7' }
    const { snapshot } = await snapshotOf(files)

    expect((await snapshot.list()).entries.map(({ path }) => path).toSorted()).toEqual(Object.keys(files).toSorted())
    for (const [path, content] of Object.entries(files)) {
      expect(await snapshot.read(path)).toEqual({ kind: 'file', bytes: Buffer.from(content) })
    }
  })

  it('keeps two paths apart that are not UTF-8', async () => {
    const { made, opened } = await snapshotOf({ a: '1', b: '2' })
    const ids = [made.git('rev-parse', 'HEAD:a'), made.git('rev-parse', 'HEAD:b')]
    const tree = execFileSync('git', ['mktree', '-z'], {
      cwd: made.directory,
      input: Buffer.concat([
        Buffer.from(`100644 blob ${ids[0]}\tx`),
        Buffer.from([0xe9, 0]),
        Buffer.from(`100644 blob ${ids[1]}\tx`),
        Buffer.from([0xea, 0]),
      ]),
    })
    const sha = made.git('commit-tree', tree.toString().trim(), '-m', 'Odd names')
    const snapshot = opened.snapshot({ sha })

    expect((await snapshot.list()).entries.map(({ path }) => path)).toEqual(['x\\xe9', 'x\\xea'])
    expect(await snapshot.read('x\\xea')).toEqual({ kind: 'file', bytes: Buffer.from('2') })
  })

  it('leaves unsafe paths of a tree made by hand out, as a gap', async () => {
    const { made, opened } = await snapshotOf({ a: '1' })
    const inner = made.git('rev-parse', 'HEAD^{tree}')
    const entry = Buffer.concat([Buffer.from('40000 ..\0'), Buffer.from(inner, 'hex')])
    const tree = execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], {
      cwd: made.directory,
      input: entry,
    })
    const sha = made.git('commit-tree', tree.toString().trim(), '-m', 'Unsafe')
    const snapshot = opened.snapshot({ sha })

    expect(await snapshot.list()).toEqual({
      entries: [],
      gaps: [{ code: 'repository-unreadable', fact: 'repository', detail: 'the tree holds an unsafe path: ../a' }],
    })
    expect((await snapshot.read('package.json')).kind).toBe('unreadable')
  })

  it('stops listing a tree that unfolds into more files than the limit, and then calls no path absent', async () => {
    const { made, opened } = await snapshotOf({ a: '1' })
    let tree = made.git('rev-parse', 'HEAD^{tree}')
    for (let depth = 0; depth < 6; depth += 1) {
      const input = Array.from({ length: 10 }, (_, index) => `040000 tree ${tree}\t${index}\n`).join('')
      tree = execFileSync('git', ['mktree'], { cwd: made.directory, input }).toString().trim()
    }
    const snapshot = opened.snapshot({ sha: made.git('commit-tree', tree, '-m', 'A bomb') })
    const { entries, gaps } = await snapshot.list()

    expect(entries).toHaveLength(maxRepositoryFiles)
    expect(gaps).toEqual([
      { code: 'limit-reached', fact: 'repository', detail: `more than ${maxRepositoryFiles} files` },
    ])
    expect((await snapshot.read('package-lock.json')).kind).toBe('unreadable')
  })

  it('stops listing at a path above the limit', async () => {
    const { made, opened } = await snapshotOf({ a: '1' })
    const input = `100644 blob ${made.git('rev-parse', 'HEAD:a')}\t${'x'.repeat(maxRepositoryPathBytes + 1)}\n`
    const tree = execFileSync('git', ['mktree'], { cwd: made.directory, input }).toString().trim()
    const snapshot = opened.snapshot({ sha: made.git('commit-tree', tree, '-m', 'A long path') })

    expect(await snapshot.list()).toEqual({
      entries: [],
      gaps: [
        {
          code: 'limit-reached',
          fact: 'repository',
          detail: `a path is longer than ${maxRepositoryPathBytes} bytes`,
        },
      ],
    })
  })

  it('reads many files at once, each one its own', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`f${index}`, `${index}\n`.repeat(index * 20)]),
    )
    const { snapshot } = await snapshotOf(files)

    const read = await Promise.all(Object.keys(files).map((path) => snapshot.read(path)))

    expect(read.map((file) => (file.kind === 'file' ? file.bytes.toString() : file.kind))).toEqual(Object.values(files))
  })

  it('does not read a file above the limit, and goes on with the ones asked for beside it', async () => {
    const { snapshot } = await snapshotOf({ a: '1', huge: Buffer.alloc(maxRepositoryFileBytes + 1), z: '2' })

    expect(await Promise.all(['a', 'huge', 'z'].map((path) => snapshot.read(path)))).toEqual([
      { kind: 'file', bytes: Buffer.from('1') },
      {
        kind: 'unreadable',
        gap: {
          code: 'limit-reached',
          file: 'huge',
          fact: 'repository',
          detail: `${maxRepositoryFileBytes + 1} bytes, more than ${maxRepositoryFileBytes}`,
        },
      },
      { kind: 'file', bytes: Buffer.from('2') },
    ])
  })

  it('calls a file whose object is missing unreadable, and goes on', async () => {
    const { made, snapshot } = await snapshotOf({ a: '1', gone: '2', z: '3' })
    const id = made.git('rev-parse', 'HEAD:gone')
    rmSync(join(made.directory, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true })

    expect((await snapshot.read('gone')).kind).toBe('unreadable')
    expect(await snapshot.read('z')).toEqual({ kind: 'file', bytes: Buffer.from('3') })
  })

  it('calls a commit whose tree is missing a gap', async () => {
    const { made, snapshot } = await snapshotOf({ a: '1' })
    const id = made.git('rev-parse', 'HEAD^{tree}')
    rmSync(join(made.directory, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true })

    expect((await snapshot.list()).gaps.map(({ code }) => code)).toEqual(['repository-unreadable'])
  })

  it('shows what a commit holds, not what a replacement in the clone says', async () => {
    const { made, snapshot } = await snapshotOf({ a: 'true\n', b: 'false\n' })
    made.git('replace', made.git('rev-parse', 'HEAD:a'), made.git('rev-parse', 'HEAD:b'))

    expect(await snapshot.read('a')).toEqual({ kind: 'file', bytes: Buffer.from('true\n') })
  })

  it('runs nothing that the configuration of the repository names, and fetches nothing', async () => {
    const { made, sha, opened } = await snapshotOf({ 'package.json': '{}\n', '.gitattributes': '* diff=x filter=x\n' })
    const marker = join(aFolder(), 'ran')
    const command = `touch ${marker}`
    for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'diff.external', 'diff.x.textconv']) {
      made.git('config', key, command)
    }
    made.git('config', 'filter.x.smudge', command)
    made.git('config', 'core.repositoryFormatVersion', '1')
    made.git('config', 'extensions.partialClone', 'origin')
    made.git('config', 'remote.origin.url', made.directory)
    made.git('config', 'remote.origin.promisor', 'true')
    made.git('config', 'remote.origin.uploadpack', `${command}; false`)
    made.git('config', 'protocol.allow', 'always')
    const id = made.git('rev-parse', 'HEAD:package.json')
    rmSync(join(made.directory, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true })
    const snapshot = opened.snapshot({ sha })

    expect((await snapshot.read('package.json')).kind).toBe('unreadable')
    expect((await snapshot.read('.gitattributes')).kind).toBe('file')
    await opened.resolve('main')
    await opened.mergeBase(sha, sha)
    expect(existsSync(marker)).toBe(false)
  })

  it('rejects when its caller has given up', async () => {
    const { snapshot } = await snapshotOf({ a: '1' })

    await expect(snapshot.list(AbortSignal.abort())).rejects.toThrow()
    await expect(snapshot.read('a', AbortSignal.abort())).rejects.toThrow()
    expect(await snapshot.read('a')).toEqual({ kind: 'file', bytes: Buffer.from('1') })
  })

  it('calls files unreadable after the repository was closed', async () => {
    const { opened, snapshot } = await snapshotOf({ a: '1', b: '2' })
    await snapshot.read('a')
    await opened.close()

    expect((await snapshot.read('b')).kind).toBe('unreadable')
  })
})
