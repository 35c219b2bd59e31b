import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { describeFailure, fetchWithTimeout, OctokitWithoutRetries, openGitHubApp } from '../../src/github/octokit.js'
import { RateLimited } from '../../src/github/rate-limit.js'
import { aManualClock } from '../builders/clock.js'

// nock replaces a module of Node that all test files of one worker share.
afterAll(() => nock.restore())

const baseUrl = 'https://github.example/api/v3'
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
const access = { installationId: 3, repositoryId: 4, permissions: { checks: 'write', contents: 'read' } } as const
const tokenPath = '/app/installations/3/access_tokens'

function openApp(writeSpacingMs = 0) {
  const clock = aManualClock(Date.now())
  const asApp = new OctokitWithoutRetries({ baseUrl, auth: { appId: 1, privateKey: String(pem) } })
  return { clock, app: openGitHubApp({ asApp, clock, writeSpacingMs, fetch: fetchWithTimeout(2_000) }) }
}

/** Answers with tokens `ghs_1`, `ghs_2`…, and keeps what was asked for. */
function answerTokens(times: number): unknown[] {
  const asked: unknown[] = []
  for (let n = 1; n <= times; n += 1) {
    nock(baseUrl)
      .post(tokenPath)
      .reply(201, (_, body) => {
        asked.push(body)
        return { token: `ghs_${n}`, expires_at: '2026-11-20T13:00:00Z', permissions: {} }
      })
  }
  return asked
}

describe('openGitHubApp', () => {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    nock.enableNetConnect()
    expect(pending).toEqual([])
  })

  it('asks for a token that can do no more than is needed, and uses it until it is old', async () => {
    const asked = answerTokens(2)
    const used: unknown[] = []
    nock(baseUrl)
      .get('/repos/acme/shop')
      .times(3)
      .reply(200, function () {
        used.push(this.req.headers.authorization)
        return {}
      })
    const { app, clock } = openApp()
    const get = () => app.open(access).rest.repos.get({ owner: 'acme', repo: 'shop' })
    await get()
    await get()
    await clock.advance(51 * 60_000)
    await get()
    expect(asked).toEqual(Array(2).fill({ permissions: { checks: 'write', contents: 'read' }, repository_ids: [4] }))
    expect(used).toEqual([['token ghs_1'], ['token ghs_1'], ['token ghs_2']].map(([one]) => one))
  })

  it('repeats a request whose token had ended, once', async () => {
    answerTokens(2)
    nock(baseUrl).post('/repos/acme/shop/check-runs').matchHeader('authorization', 'token ghs_1').reply(401, {})
    nock(baseUrl).post('/repos/acme/shop/check-runs').matchHeader('authorization', 'token ghs_2').reply(401, {})
    const call = openApp()
      .app.open(access)
      .rest.checks.create({
        owner: 'acme',
        repo: 'shop',
        name: 'x',
        head_sha: 'a'.repeat(40),
      })
    await expect(call).rejects.toMatchObject({ status: 401 })
  })

  it.each([500, 502, 503])('never repeats a write by itself: %s', async (status) => {
    answerTokens(1)
    let calls = 0
    nock(baseUrl)
      .persist()
      .post('/repos/acme/shop/check-runs')
      .reply(() => {
        calls += 1
        return [status, {}]
      })
    const create = openApp().app.open(access).rest.checks.create
    await expect(create({ owner: 'acme', repo: 'shop', name: 'x', head_sha: 'a' })).rejects.toMatchObject({ status })
    expect(calls).toBe(1)
    nock.cleanAll()
  })

  it('asks nothing of an installation that is limited until the limit is over', async () => {
    answerTokens(1)
    nock(baseUrl).get('/repos/acme/shop').reply(429, { message: 'slow down' }, { 'retry-after': '30' })
    const { app, clock } = openApp()
    const get = () => app.open(access).rest.repos.get({ owner: 'acme', repo: 'shop' })
    const until = new RateLimited(clock.now() + 30_000)
    await expect(get()).rejects.toEqual(until)
    await clock.advance(29_999)
    await expect(get()).rejects.toEqual(until)
    nock(baseUrl).get('/repos/acme/shop').reply(200, {})
    await clock.advance(1)
    expect((await get()).status).toBe(200)
  })

  it('takes a permission that is missing for what it is', async () => {
    answerTokens(1)
    nock(baseUrl).get('/repos/acme/shop').reply(403, { message: 'Resource not accessible by integration' })
    const get = openApp().app.open(access).rest.repos.get({ owner: 'acme', repo: 'shop' })
    await expect(get).rejects.toMatchObject({ status: 403, name: 'HttpError' })
  })

  it('writes one at a time for one installation, with the space that GitHub asks for', async () => {
    answerTokens(1)
    const { app, clock } = openApp(1000)
    const at: number[] = []
    const start = clock.now()
    nock(baseUrl)
      .post('/repos/acme/shop/check-runs')
      .times(3)
      .reply(201, () => {
        at.push(clock.now() - start)
        return {}
      })
    const write = () => app.open(access).rest.checks.create({ owner: 'acme', repo: 'shop', name: 'x', head_sha: 'a' })
    const all = Promise.all([write(), write(), write()])
    while (at.length < 3) await clock.advance(100)
    await all
    expect(at.map((time, index) => time - (at[index - 1] ?? -1000) >= 1000)).toEqual([true, true, true])
  })

  it('takes an answer that breaks off for a failure, not for an answer', async () => {
    answerTokens(1)
    nock(baseUrl).get('/repos/acme/shop').reply(200, '{"id": 1, "na', { 'content-type': 'application/json' })
    const get = openApp().app.open(access).rest.repos.get({ owner: 'acme', repo: 'shop' })
    await expect(get).rejects.toMatchObject({ status: 502 })
  })

  it('asks once who the App is, and again when that failed', async () => {
    nock(baseUrl).get('/app').reply(503, {})
    nock(baseUrl).get('/app').reply(200, { id: 1, slug: 'lockwarden' })
    const { app } = openApp()
    await expect(app.identity()).rejects.toMatchObject({ status: 503 })
    expect([await app.identity(), await app.identity()]).toEqual(Array(2).fill({ id: 1, slug: 'lockwarden' }))
  })

  it('ends its calls when the job is stopped', async () => {
    answerTokens(1)
    nock(baseUrl).get('/repos/acme/shop').delay(1_000).reply(200, {})
    const controller = new AbortController()
    const get = openApp().app.open(access, controller.signal).rest.repos.get({ owner: 'acme', repo: 'shop' })
    setImmediate(() => controller.abort(new Error('a newer head')))
    await expect(get).rejects.toThrow()
    nock.abortPendingRequests()
    nock.cleanAll()
  })
})

describe('describeFailure', () => {
  it('holds no token and no end', () => {
    const text = describeFailure(new Error(`bad ghs_${'a'.repeat(40)} ${'x'.repeat(1000)}`))
    expect([text.length, text.startsWith('bad [token] x')]).toEqual([500, true])
  })
})
