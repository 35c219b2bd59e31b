import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { appClient, appJwt, type Client, clientWith, installationClient } from './client.js'
import { type GitHub, type Repository, startGitHub } from './github.js'

const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'look' }
const output = { title: 'title', summary: 'summary' }

describe('a request that GitHub does not describe', () => {
  let github: GitHub
  let call: Client
  let check: Record<string, unknown>

  beforeAll(async () => {
    github = await startGitHub()
    const repository = await github.createRepository({ owner: 'acme', name: 'shop' })
    await github.commit(repository, 'upgrade', { 'a.txt': 'a\n' })
    const { head } = await github.openPull(repository, { head: 'upgrade' })
    call = await installationClient(github, 'acme')
    check = { name: 'Lockwarden', head_sha: head.sha }
  })

  afterAll(() => github.close())

  const checks = '/repos/acme/shop/check-runs'
  const wrong: Readonly<Record<string, () => Promise<{ status: number }>>> = {
    'fifty-one annotations': () =>
      call('POST', checks, {
        ...check,
        output: { ...output, annotations: Array.from({ length: 51 }, () => annotation) },
      }),
    'a summary of 65,536 characters': () =>
      call('POST', checks, { ...check, output: { ...output, summary: 'x'.repeat(65_536) } }),
    'a conclusion that GitHub does not know': () =>
      call('POST', checks, { ...check, status: 'completed', conclusion: 'bad' }),
    'a mistyped key': () => call('POST', checks, { ...check, head_shaa: 'x' }),
    'a mistyped key below': () => call('POST', checks, { ...check, output: { ...output, annotation: [] } }),
    'a mistyped key where the schema has branches': () => call('PATCH', `${checks}/1`, { conclusions: 'success' }),
    'completing without a conclusion': () => call('PATCH', `${checks}/1`, { status: 'completed' }),
    'an action with a long label': () =>
      call('POST', checks, { ...check, actions: [{ label: 'x'.repeat(21), description: 'x', identifier: 'x' }] }),
    'four actions': () =>
      call('POST', checks, {
        ...check,
        actions: Array.from({ length: 4 }, () => ({ label: 'x', description: 'x', identifier: 'x' })),
      }),
    'an output without a title': () => call('POST', checks, { ...check, output: { summary: 'x' } }),
    'a review event that GitHub does not know': () =>
      call('POST', '/repos/acme/shop/pulls/1/reviews', { event: 'REJECT', body: 'x' }),
    'a review comment without a path': () =>
      call('POST', '/repos/acme/shop/pulls/1/reviews', { event: 'COMMENT', comments: [{ body: 'x', line: 1 }] }),
    'a file comment in a review': () =>
      call('POST', '/repos/acme/shop/pulls/1/reviews', {
        event: 'COMMENT',
        comments: [{ body: 'x', path: 'a.txt', subject_type: 'file' }],
      }),
    'a mistyped query': () => call('GET', '/repos/acme/shop/pulls?stat=open'),
    'a state that GitHub does not know': () => call('GET', '/repos/acme/shop/pulls?state=merged'),
    'a page that is no number': () => call('GET', '/repos/acme/shop/pulls?page=two'),
    'an operation out of the fixture': () => call('DELETE', '/repos/acme/shop'),
    'a GraphQL field that does not exist': () => call('POST', '/graphql', { query: '{ viewer { login } }' }),
    'a GraphQL value that does not exist': () =>
      call('POST', '/graphql', {
        query: 'mutation { minimizeComment(input: { subjectId: "x", classifier: OLD }) { clientMutationId } }',
      }),
    'a GraphQL variable that was not given': () =>
      call('POST', '/graphql', {
        query:
          'mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { clientMutationId } }',
      }),
  }

  it.each(Object.keys(wrong))('is recorded and answered 500: %s', async (name) => {
    const before = github.violations.length

    const answer = await wrong[name]?.()

    expect([answer?.status, github.violations.length]).toEqual([500, before + 1])
  })
})

describe('a request that GitHub refuses', () => {
  let github: GitHub
  let repository: Repository
  let call: Client

  beforeAll(async () => {
    github = await startGitHub()
    repository = await github.createRepository({ owner: 'acme', name: 'shop', private: true })
    await github.createRepository({ owner: 'other', name: 'secret', private: true })
    await github.commit(repository, 'upgrade', { 'a.txt': 'a\n' })
    await github.openPull(repository, { head: 'upgrade' })
    call = await installationClient(github, 'acme')
  })

  afterAll(async () => {
    await github.close()
    expect(github.violations).toEqual([])
  })

  it('does not know a token that it did not hand out, nor one whose time is over', async () => {
    const stranger = clientWith(github, 'token ghs_0000')
    const { status } = await stranger('GET', '/repos/acme/shop')
    let now = new Date('2026-03-01T00:00:00Z')
    const later = await startGitHub({ now: () => now, privateKey: github.app.privateKey })
    await later.createRepository({ owner: 'acme', name: 'shop' })
    const early = await installationClient(later, 'acme')
    const before = await early('GET', '/repos/acme/shop')
    now = new Date('2026-03-01T01:00:01Z')

    const after = await early('GET', '/repos/acme/shop')

    await later.close()
    expect([status, before.status, after.status, later.violations]).toEqual([401, 200, 401, []])
  })

  it.each([
    ['of another App', { iss: 7 }],
    ['that is over', { exp: 1 }],
    ['that lives too long', { exp: Math.floor(Date.parse('2100-01-01') / 1000) }],
    ['from the future', { iat: Math.floor(Date.parse('2100-01-01') / 1000) }],
  ])('refuses a JWT %s', async (_, claims) => {
    const answer = await clientWith(github, `bearer ${appJwt(github, claims)}`)('GET', '/app')

    expect(answer.status).toBe(401)
  })

  it('refuses a JWT that another key signed', async () => {
    const other = await startGitHub()
    await other.close()

    const answer = await clientWith(github, `bearer ${appJwt({ ...github, app: other.app })}`)('GET', '/app')

    expect(answer.status).toBe(401)
  })

  it('hides a private repository of another installation, and one that a token was not asked for', async () => {
    const { id } = await github.createRepository({ owner: 'acme', name: 'second', private: true })
    const narrow = await installationClient(github, 'acme', { repository_ids: [id] })
    const statuses = [
      (await call('GET', '/repos/other/secret')).status,
      (await narrow('GET', '/repos/acme/shop')).status,
      (await narrow('GET', '/repos/acme/second')).status,
    ]

    expect(statuses).toEqual([404, 404, 200])
  })

  it('keeps a token to the permissions that it was asked with', async () => {
    const narrow = await installationClient(github, 'acme', {
      permissions: { contents: 'read', pull_requests: 'read' },
    })
    const head = { name: 'Lockwarden', head_sha: await repository.git.resolve('refs/heads/upgrade') }
    const answers = [
      await narrow('POST', '/repos/acme/shop/check-runs', head),
      await narrow('POST', '/repos/acme/shop/pulls/1/reviews', { event: 'COMMENT', body: 'x' }),
      await narrow('GET', '/repos/acme/shop/pulls/1'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200])
    expect(answers[0]?.headers.get('x-accepted-github-permissions')).toBe('checks=write')
  })

  it('gives no token with more than the installation has', async () => {
    const { id } = github.install('acme')

    const answer = await appClient(github)('POST', `/app/installations/${id}/access_tokens`, {
      permissions: { contents: 'write' },
    })

    expect(answer.status).toBe(422)
  })

  it('knows no check run for a commit that it does not have', async () => {
    const answer = await call('POST', '/repos/acme/shop/check-runs', { name: 'Lockwarden', head_sha: 'a'.repeat(40) })

    expect([answer.status, answer.body.message]).toEqual([422, `No commit found for SHA: ${'a'.repeat(40)}`])
  })
})
