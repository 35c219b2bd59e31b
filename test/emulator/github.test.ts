import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { appClient, type Client, installationClient } from './client.js'
import { openDescription } from './github/description.js'
import { type GitHub, type Pull, type Repository, startGitHub } from './github.js'

/** Sixty numbered lines, some of them replaced. */
function lines(changed: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 60 }, (_, at) => `${changed[at + 1] ?? `line ${at + 1}`}\n`).join('')
}

describe('the GitHub on loopback', () => {
  let github: GitHub
  let repository: Repository
  let pull: Pull
  let call: Client

  beforeAll(async () => {
    github = await startGitHub()
    repository = await github.createRepository({
      owner: 'acme',
      name: 'shop',
      private: true,
      files: { 'a.txt': lines(), 'dir/b.txt': 'b\n', 'gone.txt': 'gone\n', link: { symlink: 'dir/b.txt' } },
      collaborators: { ada: 'write', max: 'maintain' },
    })
    await github.commit(repository, 'upgrade', {
      'a.txt': lines({ 20: 'changed' }),
      'gone.txt': null,
      'new.bin': Buffer.from([0, 1]),
    })
    pull = await github.openPull(repository, { head: 'upgrade' })
    call = await installationClient(github, 'acme')
  })

  afterAll(async () => {
    await github.close()
    expect(github.violations).toEqual([])
  })

  it('answers each operation of the fixture as GitHub describes it', async () => {
    const asApp = appClient(github)
    const base = '/repos/acme/shop'
    const head = pull.head.sha
    const tree = await call('GET', `${base}/git/trees/${head}?recursive=1`)
    const blob = (tree.body.tree as { path: string; sha: string }[]).find(({ path }) => path === 'a.txt')?.sha
    const check = await call('POST', `${base}/check-runs`, {
      name: 'Lockwarden',
      head_sha: head,
      status: 'in_progress',
    })
    const suite = (check.body.check_suite as { id: number }).id
    const at = { commit_id: head, path: 'a.txt', body: 'look' }
    const comment = await call('POST', `${base}/pulls/1/comments`, { ...at, line: 20, side: 'RIGHT' })
    const review = await call('POST', `${base}/pulls/1/reviews`, { commit_id: head, event: 'COMMENT', body: 'seen' })
    const issueComment = await call('POST', `${base}/issues/1/comments`, { body: 'hello' })
    const statuses = {
      'GET /app': (await asApp('GET', '/app')).status,
      installations: (await asApp('GET', '/app/installations')).status,
      installation: (await asApp('GET', `/app/installations/${github.install('acme').id}`)).status,
      repositoryInstallation: (await asApp('GET', `${base}/installation`)).status,
      deliveries: (await asApp('GET', '/app/hook/deliveries?per_page=100&status=failure')).status,
      repositories: (await call('GET', '/installation/repositories')).status,
      rate: (await call('GET', '/rate_limit')).status,
      advisories: (await call('GET', '/advisories')).status,
      repository: (await call('GET', base)).status,
      branches: (await call('GET', `${base}/branches`)).status,
      branch: (await call('GET', `${base}/branches/upgrade`)).status,
      ref: (await call('GET', `${base}/git/ref/heads/upgrade`)).status,
      commit: (await call('GET', `${base}/git/commits/${head}`)).status,
      tree: tree.status,
      blob: (await call('GET', `${base}/git/blobs/${blob}`)).status,
      file: (await call('GET', `${base}/contents/a.txt?ref=${head}`)).status,
      directory: (await call('GET', `${base}/contents/dir`)).status,
      root: (await call('GET', `${base}/contents/`)).status,
      link: (await call('GET', `${base}/contents/link`)).status,
      commits: (await call('GET', `${base}/commits/upgrade`)).status,
      commitPulls: (await call('GET', `${base}/commits/${head}/pulls`)).status,
      checks: (await call('GET', `${base}/commits/${head}/check-runs?check_name=Lockwarden&app_id=${github.app.id}`))
        .status,
      suites: (await call('GET', `${base}/commits/${head}/check-suites`)).status,
      compare: (await call('GET', `${base}/compare/main...upgrade`)).status,
      pulls: (await call('GET', `${base}/pulls?state=open`)).status,
      pull: (await call('GET', `${base}/pulls/1`)).status,
      files: (await call('GET', `${base}/pulls/1/files`)).status,
      reviews: (await call('GET', `${base}/pulls/1/reviews`)).status,
      review: review.status,
      editedReview: (await call('PUT', `${base}/pulls/1/reviews/${review.body.id}`, { body: 'seen again' })).status,
      reviewComments: (await call('GET', `${base}/pulls/1/reviews/${review.body.id}/comments`)).status,
      comment: comment.status,
      fileComment: (await call('POST', `${base}/pulls/1/comments`, { ...at, path: 'new.bin', subject_type: 'file' }))
        .status,
      comments: (await call('GET', `${base}/pulls/1/comments?per_page=100`)).status,
      oneComment: (await call('GET', `${base}/pulls/comments/${comment.body.id}`)).status,
      reply: (await call('POST', `${base}/pulls/1/comments/${comment.body.id}/replies`, { body: 'indeed' })).status,
      edited: (await call('PATCH', `${base}/pulls/comments/${comment.body.id}`, { body: 'look!' })).status,
      reaction: (await call('POST', `${base}/pulls/comments/${comment.body.id}/reactions`, { content: 'eyes' })).status,
      deleted: (await call('DELETE', `${base}/pulls/comments/${comment.body.id}`)).status,
      issueComments: (await call('GET', `${base}/issues/1/comments`)).status,
      issueComment: issueComment.status,
      editedIssueComment: (await call('PATCH', `${base}/issues/comments/${issueComment.body.id}`, { body: 'hello!' }))
        .status,
      issueReaction: (
        await call('POST', `${base}/issues/comments/${issueComment.body.id}/reactions`, { content: '+1' })
      ).status,
      check: check.status,
      oneCheck: (await call('GET', `${base}/check-runs/${check.body.id}`)).status,
      updated: (
        await call('PATCH', `${base}/check-runs/${check.body.id}`, { status: 'completed', conclusion: 'success' })
      ).status,
      annotations: (await call('GET', `${base}/check-runs/${check.body.id}/annotations`)).status,
      suite: (await call('GET', `${base}/check-suites/${suite}`)).status,
      suiteChecks: (await call('GET', `${base}/check-suites/${suite}/check-runs`)).status,
      permission: (await call('GET', `${base}/collaborators/max/permission`)).status,
    }
    const created = ['review', 'comment', 'fileComment', 'reply', 'reaction', 'issueComment', 'issueReaction', 'check']
    const expected = Object.keys(statuses).map((name) => [
      name,
      name === 'deleted' ? 204 : created.includes(name) && name !== 'review' ? 201 : 200,
    ])
    expect(statuses).toEqual(Object.fromEntries(expected))
    const called = new Set(github.requests.map(({ operation }) => operation))
    const uncalled = [...openDescription().operations].filter((operation) => !called.has(operation))
    // Those two need a delivery: webhooks.test.ts.
    expect(uncalled).toEqual([
      'GET /app/hook/deliveries/{delivery_id}',
      'POST /app/hook/deliveries/{delivery_id}/attempts',
    ])
    // Compiles every schema of the fixture.
  }, 30_000)

  it('gives lists in pages that name the others', async () => {
    const first = await call('GET', '/repos/acme/shop/pulls/1/files?per_page=1')
    const last = await call('GET', '/repos/acme/shop/pulls/1/files?per_page=1&page=3')

    const url = `${github.url}/repos/acme/shop/pulls/1/files?per_page=1&page=`
    expect([first.headers.get('link'), last.headers.get('link')]).toEqual([
      `<${url}2>; rel="next", <${url}3>; rel="last"`,
      `<${url}2>; rel="prev", <${url}1>; rel="first"`,
    ])
    expect(last.body).toMatchObject([{ filename: 'new.bin' }])
  })

  it('answers 304 to who has it already', async () => {
    const first = await call('GET', '/repos/acme/shop')

    const again = await call('GET', '/repos/acme/shop', undefined, {
      'if-none-match': String(first.headers.get('etag')),
    })

    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('has no content in JSON for a file over a megabyte, but raw and as a blob', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1)
    const sha = await github.commit(repository, 'large', { 'large.txt': large })
    const path = `/repos/acme/shop/contents/large.txt?ref=${sha}`

    const json = await call('GET', path)
    const raw = await call('GET', path, undefined, { accept: 'application/vnd.github.v3.raw' })
    const blob = await call('GET', `/repos/acme/shop/git/blobs/${json.body.sha}`)

    expect([json.body.content, json.body.encoding, json.body.size]).toEqual(['', 'none', large.length])
    expect(raw.text).toBe(large)
    expect(Buffer.from(String(blob.body.content), 'base64').toString()).toBe(large)
  })

  it('answers a link to a file with that file, and calls it a link in the tree', async () => {
    const { body } = await call('GET', '/repos/acme/shop/contents/link')
    const tree = await call('GET', `/repos/acme/shop/git/trees/${pull.head.sha}`)

    expect(body).toMatchObject({ type: 'file', path: 'link', content: 'Ygo=\n' })
    expect(tree.body.tree).toContainEqual(expect.objectContaining({ path: 'link', mode: '120000' }))
  })

  it('adds annotations to those that a check run has, so that a repeated request doubles them', async () => {
    const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'look' }
    const output = { title: 'title', summary: 'summary', annotations: [annotation] }
    const request = { name: 'Twice', head_sha: pull.head.sha, output }
    const { body } = await call('POST', '/repos/acme/shop/check-runs', request)

    const again = await call('PATCH', `/repos/acme/shop/check-runs/${body.id}`, { output })

    expect(again.body.output).toMatchObject({ annotations_count: 2 })
  })

  it('names no pull request for a commit that only a fork has, in check runs or by the commit', async () => {
    const fork = await github.fork(repository, 'mallory')
    await github.commit(fork, 'theirs', { 'a.txt': 'theirs\n' })
    const theirs = await github.openPull(repository, { head: 'theirs', from: fork })
    const check = { name: 'Lockwarden', head_sha: theirs.head.sha }

    const { body } = await call('POST', '/repos/acme/shop/check-runs', check)
    const pulls = await call('GET', `/repos/acme/shop/commits/${theirs.head.sha}/pulls`)
    const found = await call('GET', '/repos/acme/shop/pulls?head=mallory:theirs')

    expect([body.pull_requests, pulls.body]).toEqual([[], []])
    expect(found.body).toMatchObject([{ number: theirs.number, head: { repo: { full_name: 'mallory/shop' } } }])
  })

  it('shows `maintain` as write and `triage` as read, as GitHub does', async () => {
    const { body } = await call('GET', '/repos/acme/shop/collaborators/max/permission')

    expect([body.permission, body.role_name]).toEqual(['write', 'maintain'])
  })

  it('merges a pull request, whose merge commit is then on the base branch', async () => {
    await github.commit(repository, 'small', { 'small.txt': 'small\n' })
    const small = await github.openPull(repository, { head: 'small' })

    const sha = await github.merge(small)

    const branch = await call('GET', '/repos/acme/shop/branches/main')
    const merged = await call('GET', `/repos/acme/shop/pulls/${small.number}`)
    expect(branch.body.commit).toMatchObject({ sha })
    expect(merged.body).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: sha })
  })
})
