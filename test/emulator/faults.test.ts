import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, installationClient } from './client.js'
import { faults, type GitHub, generateKey, openSchemas, type Pull, type Repository, startGitHub } from './github.js'

const privateKey = generateKey()
const schemas = openSchemas()
const checks = 'POST /repos/{owner}/{repo}/check-runs'

describe('a fault of GitHub', () => {
  let github: GitHub
  let repository: Repository
  let pull: Pull
  let call: Client
  let createCheck: () => ReturnType<Client>

  beforeEach(async () => {
    github = await startGitHub({ privateKey, schemas })
    repository = await github.createRepository({
      owner: 'acme',
      name: 'shop',
      files: { 'a.txt': 'a\n', 'b/c.txt': 'c\n' },
    })
    await github.commit(repository, 'upgrade', { 'a.txt': 'b\n' })
    pull = await github.openPull(repository, { head: 'upgrade' })
    call = await installationClient(github, 'acme')
    createCheck = () => call('POST', '/repos/acme/shop/check-runs', { name: 'Lockwarden', head_sha: pull.head.sha })
  })

  afterEach(async () => {
    await github.close()
    expect([github.violations, github.pendingFaults()]).toEqual([[], []])
  })

  it('happens as often as asked, after as many calls as asked', async () => {
    github.inject({ on: checks, fault: faults.badGateway, times: 2, after: 1 })

    const statuses = [await createCheck(), await createCheck(), await createCheck(), await createCheck()]

    expect(statuses.map(({ status }) => status)).toEqual([201, 502, 502, 201])
    expect(repository.checks).toHaveLength(2)
  })

  it('can lose the answer to a write that was done', async () => {
    github.inject({ on: checks, fault: faults.badGatewayAfterWrite })

    const { status } = await createCheck()

    expect([status, repository.checks.length]).toEqual([502, 1])
  })

  it('can be a limit, with and without saying how long it lasts', async () => {
    const reset = new Date(1_800_000_000_000)
    const limits = [
      faults.secondaryLimit(),
      faults.secondaryLimit(30),
      faults.tooManyRequests(),
      faults.tooManyRequests(5),
      faults.primaryLimit(reset),
    ]
    for (const fault of limits) github.inject({ on: checks, fault })

    const answers = []
    for (const _ of limits) answers.push(await createCheck())

    const headers = ['retry-after', 'x-ratelimit-remaining', 'x-ratelimit-reset']
    const seen = answers.map((answer) => [answer.status, ...headers.map((name) => answer.headers.get(name))])
    expect(seen.map(([status, retry]) => [status, retry])).toEqual([
      [403, null],
      [403, '30'],
      [429, null],
      [429, '5'],
      [403, null],
    ])
    expect(seen[4]).toEqual([403, null, '0', '1800000000'])
  })

  it('can end all tokens', async () => {
    github.inject({ on: checks, fault: faults.tokensExpire })
    const first = await createCheck()
    const again = await createCheck()
    call = await installationClient(github, 'acme')

    expect([first.status, again.status, (await createCheck()).status]).toEqual([401, 401, 201])
  })

  it('can be no answer at all', async () => {
    github.inject({ on: 'GET /repos/{owner}/{repo}', fault: faults.hang })
    const signal = AbortSignal.timeout(50)

    const answer = fetch(`${github.url}/repos/acme/shop`, { signal })

    await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('can refuse a line that is in the diff', async () => {
    github.inject({ on: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', fault: faults.lineNotInDiff })
    const review = { event: 'COMMENT', comments: [{ path: 'a.txt', line: 1, body: 'x' }] }

    const answers = [
      await call('POST', '/repos/acme/shop/pulls/1/reviews', review),
      await call('POST', '/repos/acme/shop/pulls/1/reviews', review),
    ]

    expect(answers.map(({ status }) => status)).toEqual([422, 200])
  })

  it('cannot be planned for an operation that does not exist', () => {
    expect(() => github.inject({ on: 'POST /repos/{owner}/{repo}/checks', fault: faults.hang })).toThrow(
      'the fault would never happen',
    )
  })

  it('can leave out patches', async () => {
    github.switches.omitPatches = true

    const { body } = await call('GET', '/repos/acme/shop/pulls/1/files')

    expect(body).toMatchObject([{ filename: 'a.txt', additions: 1 }])
    expect(body).not.toMatchObject([{ patch: expect.anything() }])
  })

  it('can truncate a recursive tree, and then gives each tree by itself', async () => {
    github.switches.truncateTreesAfter = 1
    const base = '/repos/acme/shop/git/trees'

    const all = await call('GET', `${base}/${pull.head.sha}?recursive=1`)
    const flat = await call('GET', `${base}/${pull.head.sha}`)

    expect(all.body).toMatchObject({ truncated: true, tree: [{ path: 'a.txt' }] })
    expect(flat.body).toMatchObject({ truncated: false, tree: [{ path: 'a.txt' }, { path: 'b', type: 'tree' }] })
  })

  it('can hide the commits of a fork, except behind the reference of their pull request', async () => {
    const fork = await github.fork(repository, 'mallory')
    await github.commit(fork, 'theirs', { 'a.txt': 'fork\n' })
    const theirs = await github.openPull(repository, { head: 'theirs', from: fork })
    github.switches.forkCommitsHidden = true

    const direct = await call('GET', `/repos/acme/shop/git/trees/${theirs.head.sha}`)
    const ref = await call('GET', `/repos/acme/shop/git/ref/pull/${theirs.number}/head`)

    expect([direct.status, ref.status, ref.body.object]).toMatchObject([404, 200, { sha: theirs.head.sha }])
  })

  it('can be that a repository was renamed: reading is led on by 301, writing by 307', async () => {
    github.rename(repository, 'store')

    const read = await call('GET', '/repos/acme/shop/pulls/1')
    const written = await createCheck()
    const bare = await fetch(`${github.url}/repos/acme/shop`, {
      redirect: 'manual',
      headers: { authorization: `token ${[...github.world.tokens.keys()][0]}` },
    })

    expect([read.status, written.status, bare.status]).toEqual([200, 201, 301])
    expect(read.body.url).toBe(`${github.url}/repos/acme/store/pulls/1`)
  })
})
