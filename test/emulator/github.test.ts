import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { appClient, type Client, installationClient } from './client.js'
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
  })
})
