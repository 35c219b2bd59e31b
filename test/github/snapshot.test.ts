import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { OctokitWithoutRetries } from '../../src/github/octokit.js'
import { type Commit, openGitHubSnapshot } from '../../src/github/snapshot.js'
import { maxRepositoryFileBytes } from '../../src/limits.js'

// nock replaces a module of Node that all test files of one worker share.
afterAll(() => nock.restore())

const baseUrl = 'https://github.example/api/v3'
const sha = 'a'.repeat(40)
const id = (letter: string): string => letter.repeat(40)

function open(commit: Commit = { sha }, interrupt?: (cause: unknown) => boolean) {
  const github = new OctokitWithoutRetries({ baseUrl, auth: { token: 'x' } })
  return openGitHubSnapshot({ github, owner: 'acme', repo: 'shop', ...(interrupt && { interrupt }) }, commit)
}

const git = () => nock(`${baseUrl}/repos/acme/shop/git`)
const blob = (path: string, sha1: string, more: object = {}) => ({
  path,
  mode: '100644',
  type: 'blob',
  sha: sha1,
  size: 5,
  ...more,
})
const folder = (path: string, sha1: string) => ({ path, mode: '040000', type: 'tree', sha: sha1 })
const tree = (entries: readonly object[], truncated = false) => ({ sha, tree: entries, truncated })
const content = (text: string, size = Buffer.byteLength(text)) => ({
  content: Buffer.from(text).toString('base64'),
  encoding: 'base64',
  size,
})
const unreadable = (detail: string, file?: string) => ({
  code: 'repository-unreadable',
  fact: 'repository',
  detail,
  ...(file !== undefined && { file }),
})

describe('a snapshot of a commit on GitHub', () => {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    nock.enableNetConnect()
    expect(pending).toEqual([])
  })

  it('lists files, links and submodules by what they are, in one request', async () => {
    git()
      .get(`/trees/${sha}`)
      .query({ recursive: 'true' })
      .reply(
        200,
        tree([
          folder('src', id('b')),
          blob('src/a.js', id('c')),
          blob('link', id('d'), { mode: '120000' }),
          { path: 'vendor', mode: '160000', type: 'commit', sha: id('e') },
        ]),
      )
    const snapshot = open()
    const listing = {
      entries: [
        { path: 'src/a.js', id: id('c'), kind: 'file' },
        { path: 'link', id: id('d'), kind: 'symlink' },
        { path: 'vendor', id: id('e'), kind: 'submodule' },
      ],
      gaps: [],
    }
    expect([await snapshot.list(), await snapshot.list()]).toEqual([listing, listing])
    expect(await snapshot.read('vendor')).toEqual({ kind: 'absent' })
    expect(await snapshot.read('src')).toEqual({ kind: 'absent' })
  })

  it('reads a file by walking down to it, once, and never follows a link', async () => {
    git()
      .get(`/trees/${sha}`)
      .reply(200, tree([folder('.github', id('b')), blob('link', id('f'), { mode: '120000' })]))
    git()
      .get(`/trees/${id('b')}`)
      .reply(200, tree([blob('lockwarden.yml', id('c'))]))
    git()
      .get(`/blobs/${id('c')}`)
      .reply(200, content('text\n'))
    git()
      .get(`/blobs/${id('f')}`)
      .reply(200, content('/etc/passwd'))
    const snapshot = open()
    const file = { kind: 'file', bytes: Buffer.from('text\n') }
    expect([await snapshot.read('.github/lockwarden.yml'), await snapshot.read('.github/lockwarden.yml')]).toEqual([
      file,
      file,
    ])
    expect(await snapshot.read('link')).toEqual({ kind: 'symlink', target: '/etc/passwd' })
    expect(await snapshot.read('.github/other.yml')).toEqual({ kind: 'absent' })
    expect(await snapshot.read('link/lockwarden.yml')).toEqual({ kind: 'absent' })
  })

  it('does not ask for a file that is larger than it may be', async () => {
    const size = maxRepositoryFileBytes + 1
    git()
      .get(`/trees/${sha}`)
      .reply(200, tree([blob('big', id('b'), { size })]))
    const detail = `${size} bytes, more than ${maxRepositoryFileBytes}`
    expect(await open().read('big')).toEqual({
      kind: 'unreadable',
      gap: { code: 'limit-reached', fact: 'repository', file: 'big', detail },
    })
  })

  it('does not believe a part of a file', async () => {
    git()
      .get(`/trees/${sha}`)
      .reply(200, tree([blob('a', id('b'))]))
    git()
      .get(`/blobs/${id('b')}`)
      .reply(200, content('ab', 5))
    expect(await open().read('a')).toEqual({
      kind: 'unreadable',
      gap: unreadable(`${sha}: GitHub sent a part of a blob`, 'a'),
    })
  })

  it('lists a truncated tree folder by folder', async () => {
    git()
      .get(`/trees/${sha}`)
      .query({ recursive: 'true' })
      .reply(200, tree([blob('a', id('b'))], true))
    git()
      .get(`/trees/${sha}`)
      .reply(200, tree([blob('a', id('b')), folder('x', id('c'))]))
    git()
      .get(`/trees/${id('c')}`)
      .query({ recursive: 'true' })
      .reply(200, tree([], true))
    git()
      .get(`/trees/${id('c')}`)
      .reply(200, tree([blob('y', id('d')), folder('z', id('e'))]))
    git()
      .get(`/trees/${id('e')}`)
      .query({ recursive: 'true' })
      .reply(200, tree([blob('w', id('f'))]))
    const { entries, gaps } = await open().list()
    expect([entries.map(({ path }) => path), gaps]).toEqual([['a', 'x/y', 'x/z/w'], []])
  })

  it('says that files are missing when GitHub lists only a part of one folder', async () => {
    git().get(`/trees/${sha}`).query({ recursive: 'true' }).reply(200, tree([], true))
    git()
      .get(`/trees/${sha}`)
      .reply(200, tree([blob('a', id('b'))], true))
    const snapshot = open()
    const gap = unreadable('GitHub listed only a part of the folder ')
    expect(await snapshot.list()).toEqual({ entries: [{ path: 'a', id: id('b'), kind: 'file' }], gaps: [gap] })
    expect(await snapshot.read('elsewhere')).toEqual({ kind: 'unreadable', gap: { ...gap, file: 'elsewhere' } })
  })

  it.each(['../up', 'a//b', '/abs', 'a/./b', 'x/.git/config', ''])('does not list a path like "%s"', async (path) => {
    git()
      .get(`/trees/${sha}`)
      .query({ recursive: 'true' })
      .reply(200, tree([blob(path, id('b'))]))
    expect(await open().list()).toEqual({
      entries: [],
      gaps: [unreadable(`a path that no checkout may have: ${path}`)],
    })
  })

  it('finds the commit of a fork by the ref of its pull request', async () => {
    git().get(`/trees/${sha}`).query({ recursive: 'true' }).reply(404, {})
    git().get('/ref/pull%2F5%2Fhead').reply(200, { object: { sha } })
    git()
      .get('/trees/refs%2Fpull%2F5%2Fhead')
      .query({ recursive: 'true' })
      .reply(200, tree([blob('a', id('b'))]))
    const { entries, gaps } = await open({ sha, fallbackRef: 'pull/5/head' }).list()
    expect([entries.map(({ path }) => path), gaps]).toEqual([['a'], []])
  })

  it('does not take another commit for it when that ref has moved', async () => {
    git().get(`/trees/${sha}`).query({ recursive: 'true' }).reply(404, {})
    git()
      .get('/ref/pull%2F5%2Fhead')
      .reply(200, { object: { sha: id('9') } })
    expect(await open({ sha, fallbackRef: 'pull/5/head' }).list()).toEqual({
      entries: [],
      gaps: [unreadable(`${sha}: pull/5/head is no longer ${sha}`)],
    })
  })

  it.each([404, 403, 500])('says what it could not list: %s', async (status) => {
    git().get(`/trees/${sha}`).query({ recursive: 'true' }).reply(status, { message: 'No' })
    const { entries, gaps } = await open().list()
    expect([entries, gaps.map(({ code }) => code)]).toEqual([[], ['repository-unreadable']])
  })

  it('stops the review for a failure that another time may not have', async () => {
    git().get(`/trees/${sha}`).query({ recursive: 'true' }).reply(503, {})
    const causes: unknown[] = []
    const listed = open({ sha }, (cause) => causes.push(cause) > 0).list()
    await expect(listed).rejects.toMatchObject({ status: 503 })
    expect(causes).toHaveLength(1)
  })
})
