import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Client, installationClient } from './client.js'
import { type GitHub, type Pull, type Repository, startGitHub } from './github.js'

/** Sixty numbered lines, some of them replaced or, as null, left out. */
function lines(changed: Readonly<Record<number, string | null>> = {}): string {
  return Array.from({ length: 60 }, (_, at) => {
    const text = changed[at + 1]
    return text === null ? '' : `${text ?? `line ${at + 1}`}\n`
  }).join('')
}

describe('the diff of a pull request', () => {
  let github: GitHub
  let repository: Repository
  let pull: Pull
  let call: Client

  beforeAll(async () => {
    github = await startGitHub()
    repository = await github.createRepository({
      owner: 'acme',
      name: 'shop',
      files: {
        'a.txt': lines(),
        'big.txt': '',
        'moved.txt': lines({ 1: 'moved' }),
        'gone.txt': 'gone\n',
        'bin.dat': Buffer.from([0, 1]),
      },
    })
    const many = Array.from({ length: 2001 }, (_, at) => `${at}\n`).join('')
    await github.commit(repository, 'upgrade', {
      'a.txt': lines({ 20: 'changed', 22: null, 50: 'other\nadded' }),
      'big.txt': many,
      'moved.txt': null,
      'renamed.txt': lines({ 1: 'moved', 2: 'and changed' }),
      'gone.txt': null,
      'new.txt': 'no newline',
      'bin.dat': Buffer.from([0, 2]),
    })
    await github.commit(repository, 'main', { 'main.txt': 'only on main\n' })
    pull = await github.openPull(repository, { head: 'upgrade' })
    call = await installationClient(github, 'acme')
  })

  afterAll(async () => {
    await github.close()
    expect(github.violations).toEqual([])
  })

  it('lists what the branch did since the merge base, with patches as git makes them and as GitHub leaves them out', async () => {
    const { body } = await call('GET', '/repos/acme/shop/pulls/1/files')

    const files = (body as unknown as Record<string, unknown>[]).map((file) =>
      [
        file.filename,
        file.status,
        file.additions,
        file.deletions,
        file.patch === undefined ? 'no patch' : 'patch',
      ].join(' '),
    )
    expect(files).toEqual([
      'a.txt modified 3 3 patch',
      'big.txt modified 2001 0 no patch',
      'bin.dat modified 0 0 no patch',
      'gone.txt removed 0 1 patch',
      'new.txt added 1 0 patch',
      'renamed.txt renamed 1 1 patch',
    ])
  })

  it('takes a comment on exactly the lines that git diff shows', async () => {
    const shown = (await repository.git.text('diff', 'main...upgrade', '--', 'a.txt')).split('\n')
    const expected: number[] = []
    let at = 0
    for (const line of shown) {
      const header = /^@@ -\d+,\d+ \+(\d+),/.exec(line)
      if (header) at = Number(header[1])
      else if (at > 0 && /^[ +]/.test(line)) expected.push(at++)
    }

    const accepted: number[] = []
    for (let line = 1; line <= 62; line += 1) {
      const comment = { path: 'a.txt', body: 'x', line, side: 'RIGHT', commit_id: pull.head.sha }
      const { status } = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)
      if (status === 201) accepted.push(line)
    }

    expect(accepted).toEqual(expected)
    expect(accepted).toEqual([17, 18, 19, 20, 21, 22, 23, 24, 46, 47, 48, 49, 50, 51, 52, 53])
  })

  it('takes comments on removed lines on the left, and on no other line there', async () => {
    const accepted: number[] = []
    for (let line = 1; line <= 60; line += 1) {
      const comment = { path: 'a.txt', body: 'x', line, side: 'LEFT', commit_id: pull.head.sha }
      const { status } = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)
      if (status === 201) accepted.push(line)
    }

    expect(accepted).toEqual([20, 22, 50])
  })

  it('refuses a whole review for one line that is not in it, and says not which', async () => {
    const before = [pull.reviews.length, pull.comments.length]
    const comments = [
      { path: 'a.txt', line: 20, side: 'RIGHT', body: 'in it' },
      { path: 'a.txt', line: 35, side: 'RIGHT', body: 'not in it' },
    ]

    const answer = await call('POST', '/repos/acme/shop/pulls/1/reviews', { event: 'COMMENT', body: 'x', comments })

    expect([answer.status, answer.body.errors]).toEqual([422, ['Line could not be resolved']])
    expect([pull.reviews.length, pull.comments.length]).toEqual(before)
  })

  it.each([
    ['within a hunk', { start_line: 18, line: 20 }, 200],
    ['over two hunks', { start_line: 20, line: 50 }, 422],
    ['backwards', { start_line: 20, line: 18 }, 422],
    ['in a file that did not change', { path: 'main.txt', line: 1 }, 422],
  ])('answers a comment %s', async (_, place, status) => {
    const comments = [{ path: 'a.txt', side: 'RIGHT', body: 'x', ...place }]

    const answer = await call('POST', '/repos/acme/shop/pulls/1/reviews', { event: 'COMMENT', comments })

    expect(answer.status).toBe(status)
  })

  it('takes a comment on a whole file, which has no line', async () => {
    const comment = { path: 'bin.dat', body: 'x', subject_type: 'file', commit_id: pull.head.sha }

    const { status, body } = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)

    expect([status, body.line, body.subject_type]).toEqual([201, null, 'file'])
  })

  it('can refuse lines of a file whose patch GitHub left out', async () => {
    const comment = { path: 'big.txt', body: 'x', line: 7, commit_id: pull.head.sha }
    const taken = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)
    github.switches.omittedLinesRefused = true
    const refused = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)
    github.switches.omittedLinesRefused = false

    expect([taken.status, refused.status]).toEqual([201, 422])
  })
})

describe('a comment on a pull request', () => {
  it('moves with its line, and is outdated once that line changes', async () => {
    const github = await startGitHub()
    const repository = await github.createRepository({ owner: 'acme', name: 'shop', files: { 'a.txt': lines() } })
    await github.commit(repository, 'upgrade', { 'a.txt': lines({ 20: 'changed', 40: 'changed' }) })
    const pull = await github.openPull(repository, { head: 'upgrade' })
    const call = await installationClient(github, 'acme')
    for (const line of [20, 40]) {
      await call('POST', '/repos/acme/shop/pulls/1/comments', {
        path: 'a.txt',
        body: 'x',
        line,
        commit_id: pull.head.sha,
      })
    }
    await github.commit(repository, 'upgrade', {
      'a.txt': lines({ 1: 'line 1\nnew', 20: 'changed', 40: 'changed again' }),
    })

    const { body } = await call('GET', '/repos/acme/shop/pulls/1/comments')
    const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
      reviewThreads(first: 10) { nodes { line isOutdated comments(first: 1) { nodes { author { login } } } } } } } }`
    const threads = await call('POST', '/graphql', { query })

    await github.close()
    expect(github.violations).toEqual([])
    expect(body).toMatchObject([
      { line: 21, original_line: 20, commit_id: pull.head.sha },
      { line: null, original_line: 40, position: null },
    ])
    const author = { comments: { nodes: [{ author: { login: 'lockwarden' } }] } }
    expect(threads.body).toEqual({
      data: {
        repository: {
          pullRequest: {
            reviewThreads: {
              nodes: [
                { line: 21, isOutdated: false, ...author },
                { line: null, isOutdated: true, ...author },
              ],
            },
          },
        },
      },
    })
  })

  it('can be minimised and shown again, unless GitHub forbids it', async () => {
    const github = await startGitHub()
    const repository = await github.createRepository({ owner: 'acme', name: 'shop', files: { 'a.txt': lines() } })
    await github.commit(repository, 'upgrade', { 'a.txt': lines({ 20: 'changed' }) })
    const pull = await github.openPull(repository, { head: 'upgrade' })
    const call = await installationClient(github, 'acme')
    const comment = { path: 'a.txt', body: 'x', line: 20, commit_id: pull.head.sha }
    const { body } = await call('POST', '/repos/acme/shop/pulls/1/comments', comment)
    const query = `mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
      minimizedComment { isMinimized minimizedReason } } }`
    const variables = { id: body.node_id }
    const minimised = await call('POST', '/graphql', { query, variables })
    github.switches.minimizeForbidden = true
    const forbidden = await call('POST', '/graphql', { query, variables })

    await github.close()
    expect(github.violations).toEqual([])
    expect(minimised.body).toEqual({
      data: { minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } } },
    })
    expect(forbidden.body).toMatchObject({ data: { minimizeComment: null }, errors: [{ message: 'FORBIDDEN' }] })
  })
})
