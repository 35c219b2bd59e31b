import { createRequire } from 'node:module'
import { describe, expect, it } from '@jest/globals'
import { planEvent, plannedEvents } from '../../src/github/plan-event.js'

interface Example {
  readonly name: string
  readonly examples: readonly (Readonly<Record<string, unknown>> & { readonly action?: string })[]
}

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Example[]
const [before, after, zero] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)]
const source = {
  installation: { id: 1 },
  repository: { id: 2, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' },
}
const repository = { installationId: 1, id: 2, owner: 'acme', name: 'shop' }
const plan = (name: string, content: object) => planEvent(name, { ...source, ...content }, 7)
const pullRequestJob = { lane: '2#5', payload: { kind: 'pull-request', repository, number: 5 } }
const settleJob = (sha: string) => ({ lane: `2:settle@${sha}`, payload: { kind: 'settle', repository, sha } })

describe('planEvent', () => {
  it.each(['opened', 'reopened', 'ready_for_review', 'closed'])('reviews a pull request that is %s', (action) => {
    expect(plan('pull_request', { action, number: 5 })).toEqual({ jobs: [pullRequestJob], cancel: [] })
  })

  it('reviews a pull request with a new head, and looks after the old one', () => {
    const event = { action: 'synchronize', number: 5, before, after }
    expect(plan('pull_request', event)).toEqual({ jobs: [pullRequestJob, settleJob(before)], cancel: [] })
  })

  it('reviews a pull request with another base', () => {
    const event = { action: 'edited', number: 5, changes: { base: { ref: { from: 'main' } } } }
    expect(plan('pull_request', event)).toEqual({ jobs: [pullRequestJob], cancel: [] })
  })

  it.each([
    ['pull_request', { action: 'edited', number: 5, changes: { title: { from: 'x' } } }],
    ['pull_request', { action: 'labeled', number: 5 }],
    ['pull_request', { action: 'enqueued', number: 5 }],
    ['push', { ref: 'refs/tags/v1', before, after }],
    ['push', { ref: 'refs/heads/gh-readonly-queue/main/pr-5-aaa', before: zero, after }],
    [
      'merge_group',
      { action: 'other', merge_group: { head_sha: after, base_sha: before, base_ref: 'refs/heads/main' } },
    ],
    ['check_run', { action: 'created', check_run: { head_sha: after, app: { id: 7 } } }],
    ['check_run', { action: 'rerequested', check_run: { head_sha: after, app: { id: 8 } } }],
    ['check_suite', { action: 'requested', check_suite: { head_sha: after, app: { id: 7 } } }],
    ['star', { action: 'created' }],
  ])('does nothing for %s %j', (name, event) => {
    expect(plan(name, event)).toEqual({ jobs: [], cancel: [] })
  })

  it('gives each push to the default branch a lane of its own', () => {
    expect(plan('push', { ref: 'refs/heads/main', before, after })).toEqual({
      jobs: [{ lane: `2@${after}`, payload: { kind: 'push', repository, branch: 'main', before, after } }],
      cancel: [],
    })
  })

  it('gives another branch one lane, and looks after the commit that it was at', () => {
    expect(plan('push', { ref: 'refs/heads/a/b', before, after })).toEqual({
      jobs: [
        { lane: '2:refs/heads/a/b', payload: { kind: 'push', repository, branch: 'a/b', before, after } },
        settleJob(before),
      ],
      cancel: [],
    })
  })

  it('knows no commit before a branch was created', () => {
    expect(plan('push', { ref: 'refs/heads/a', before: zero, after })).toEqual({
      jobs: [{ lane: '2:refs/heads/a', payload: { kind: 'push', repository, branch: 'a', after } }],
      cancel: [],
    })
  })

  it('cancels the review of a branch that is deleted', () => {
    expect(plan('push', { ref: 'refs/heads/a', before, after: zero })).toEqual({
      jobs: [settleJob(before)],
      cancel: ['2:refs/heads/a'],
    })
  })

  it('reviews a merge group, and cancels that when it is destroyed', () => {
    const group = { head_sha: after, base_sha: before, base_ref: 'refs/heads/main' }
    const lane = `2:merge-group@${after}`
    const payload = { kind: 'merge-group', repository, baseRef: 'main', baseSha: before, headSha: after }
    expect(plan('merge_group', { action: 'checks_requested', merge_group: group })).toEqual({
      jobs: [{ lane, payload }],
      cancel: [],
    })
    expect(plan('merge_group', { action: 'destroyed', merge_group: group })).toEqual({
      jobs: [settleJob(after)],
      cancel: [lane],
    })
  })

  it.each(['check_run', 'check_suite'])('runs a commit again when its %s is rerequested', (name) => {
    expect(plan(name, { action: 'rerequested', [name]: { head_sha: after, app: { id: 7 } } })).toEqual({
      jobs: [{ lane: `2:rerun@${after}`, payload: { kind: 'rerun', repository, sha: after } }],
      cancel: [],
    })
  })

  it.each([
    ['no installation', { installation: undefined, action: 'opened', number: 5 }],
    ['no number', { action: 'opened', number: '5' }],
    ['no sha', { action: 'synchronize', number: 5, before: 'main' }],
  ])('throws on a payload with %s', (_, event) => {
    expect(() => plan('pull_request', event)).toThrow()
  })

  it("takes all of GitHub's own examples of its events", () => {
    const wanted = examples.filter(({ name }) => (plannedEvents as readonly string[]).includes(name))
    const payloads = wanted.flatMap(({ name, examples: list }) => list.map((payload) => ({ name, payload })))
    expect(payloads.length).toBeGreaterThan(30)
    for (const { name, payload } of payloads) {
      expect(() => planEvent(name, { installation: { id: 1 }, ...payload }, 7)).not.toThrow()
    }
  })

  it('plans only what survives JSON', () => {
    const planned = plan('push', { ref: 'refs/heads/a', before, after })
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned)
  })
})
