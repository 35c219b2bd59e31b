import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { faults, type Pull } from '../emulator/github.js'
import { aLockfile, lockfile } from './scripted-review.js'
import { type AppWorld, basePackages, checksOn, completed, startWorld } from './world.js'

describe('the App, on a pull request', () => {
  let world: AppWorld

  beforeEach(async () => {
    world = await startWorld()
  })

  afterEach(async () => {
    await world.end()
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  const bad = { left: '1.1.0-bad', right: '1.0.0' }
  const commentsOf = (pull: Pull) =>
    pull.comments.map(({ path, line, subject, minimized }) => ({ path, line, subject, minimized }))
  const onLine = (line: number | null) => ({ path: lockfile, line, subject: 'line', minimized: null })

  async function open(packages: Readonly<Record<string, string>> = bad): Promise<Pull> {
    await world.commit('upgrade', packages)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await deliver('opened', pull)
    return pull
  }
  async function deliver(action: Parameters<typeof world.github.events.pull>[0], pull: Pull, before?: string) {
    await world.github.deliver(await world.github.events.pull(action, pull, before))
    await world.settle()
  }
  async function push(pull: Pull, packages: Readonly<Record<string, string>>): Promise<string> {
    const before = pull.head.sha
    await world.commit('upgrade', packages)
    await deliver('synchronize', pull, before)
    return before
  }

  it('completes one check run and comments once, on the line, in one review', async () => {
    const pull = await open()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(commentsOf(pull)).toEqual([onLine(5)])
    expect(pull.reviews.map(({ commit, state, user }) => [commit, state, user.login])).toEqual([
      [pull.head.sha, 'COMMENTED', 'lockwarden[bot]'],
    ])
  })

  it('opens the check run before it reads anything of the change', async () => {
    await open()
    const calls = world.github.requests.map(({ operation }) => operation)
    const opened = calls.indexOf('POST /repos/{owner}/{repo}/check-runs')
    expect(opened).toBeGreaterThan(-1)
    expect(calls.slice(0, opened).filter((call) => /trees|blobs|compare/.test(call))).toEqual([])
  })

  it('completes the check run also when nothing that matters changed', async () => {
    await world.github.commit(world.repository, 'docs', { 'README.md': 'Better.\n' })
    const pull = await world.github.openPull(world.repository, { head: 'docs' })
    await deliver('opened', pull)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(pull.reviews).toEqual([])
  })

  it.each(['opened', 'reopened', 'synchronize', 'ready_for_review'] as const)(
    'reviews it when it is %s',
    async (action) => {
      await world.commit('upgrade', basePackages)
      const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
      await deliver(action, pull, action === 'synchronize' ? pull.base.sha : undefined)
      expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    },
  )

  it('does nothing when only its title is edited', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await world.github.deliver(await world.github.events.retitled(pull, 'Old title'))
    await world.settle()
    expect(world.repository.checks).toEqual([])
  })

  it('takes a delivery once, however often it comes', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    const event = await world.github.events.pull('opened', pull)
    const answers = [await world.github.deliver(event)]
    await world.settle()
    const calls = world.github.requests.length
    answers.push(await world.github.deliver(event), await world.github.deliver(event))
    await world.settle()
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(world.github.requests.length).toBe(calls)
  })

  it('reviews the current head when deliveries come out of order', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    const first = pull.head.sha
    const opened = await world.github.events.pull('opened', pull)
    await world.commit('upgrade', basePackages)
    const pushed = await world.github.events.pull('synchronize', pull, first)
    await world.github.deliver(pushed)
    await world.settle()
    await world.github.deliver(opened)
    await world.settle()
    expect(checksOn(world.repository, first)).toEqual([])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(pull.comments).toEqual([])
  })

  it('keeps a comment where it is as long as its finding is there', async () => {
    const pull = await open()
    await push(pull, { ...bad, right: '1.0.1' })
    expect(commentsOf(pull)).toEqual([onLine(5)])
    expect(pull.reviews).toHaveLength(1)
  })

  it('says under a comment that its finding is gone, and minimises it', async () => {
    const pull = await open()
    await push(pull, basePackages)
    expect(commentsOf(pull)).toEqual([{ ...onLine(null), minimized: 'outdated' }])
    expect(pull.comments[0]?.body).toContain(`**No longer found** at ${pull.head.sha.slice(0, 12)}.`)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
  })

  it('shows the same comment again when its finding comes back, and no second one', async () => {
    const pull = await open()
    const body = pull.comments[0]?.body
    await push(pull, basePackages)
    await push(pull, bad)
    expect(pull.comments.map(({ minimized }) => minimized)).toEqual([null])
    expect(pull.comments[0]?.body).toBe(body)
    // It does not stand on the diff any more, so the check run shows the line.
    expect(world.repository.checks.at(-1)?.annotations.map(({ start_line }) => start_line)).toEqual([5])
  })

  it('leaves a comment in sight that a person answered', async () => {
    const pull = await open()
    const [own] = pull.comments
    if (!own) throw new Error('there is no comment')
    const answer = {
      ...own,
      id: 1,
      user: world.github.account('ada'),
      body: 'We built it ourselves.',
      inReplyTo: own.id,
    }
    pull.comments.push(answer)
    await push(pull, basePackages)
    expect(pull.comments.map(({ user, minimized }) => [user.login, minimized])).toEqual([
      ['lockwarden[bot]', null],
      ['ada', null],
    ])
    expect(pull.comments[1]?.body).toBe('We built it ourselves.')
  })

  it('does not take a copied marker of a person for its own comment', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await deliver('opened', pull)
    const [own] = pull.comments
    if (!own) throw new Error('there is no comment')
    pull.comments.splice(0, 1, { ...own, user: world.github.account('mallory') })
    await push(pull, { ...bad, right: '1.0.1' })
    expect(pull.comments.map(({ user }) => user.login)).toEqual(['mallory', 'lockwarden[bot]'])
  })

  it('comments on each line one by one when GitHub refuses the review for one of them', async () => {
    world.github.inject({ on: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', fault: faults.lineNotInDiff })
    const pull = await open({ left: '1.1.0-bad', right: '1.1.0-bad' })
    expect(commentsOf(pull)).toEqual([onLine(5), onLine(8)])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('comments on the file when GitHub refuses the line, and annotates when it refuses that as well', async () => {
    world.github.inject({ on: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', fault: faults.lineNotInDiff })
    world.github.inject({
      on: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments',
      fault: faults.lineNotInDiff,
      times: 3,
    })
    const pull = await open({ left: '1.1.0-bad', right: '1.1.0-bad' })
    expect(commentsOf(pull)).toEqual([{ path: lockfile, line: null, subject: 'file', minimized: null }])
    expect(world.repository.checks[0]?.annotations.map(({ start_line }) => start_line)).toEqual([5])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('places comments by its own diff where GitHub sends no patch', async () => {
    world.github.switches.omitPatches = true
    expect(commentsOf(await open())).toEqual([onLine(5)])
  })

  it('comments on the file where GitHub refuses lines of a diff that it does not show', async () => {
    world.github.switches.omitPatches = true
    world.github.switches.omittedLinesRefused = true
    expect(commentsOf(await open())).toEqual([{ path: lockfile, line: null, subject: 'file', minimized: null }])
  })

  it('reads a tree that GitHub truncates folder by folder', async () => {
    world.github.switches.truncateTreesAfter = 1
    await world.github.commit(world.repository, 'main', { 'a/b/c.txt': 'c\n', 'a/d.txt': 'd\n', 'z.txt': 'z\n' })
    const pull = await open()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(commentsOf(pull)).toEqual([onLine(5)])
  })

  it('goes on when it may not minimise', async () => {
    world.github.switches.minimizeForbidden = true
    const pull = await open()
    await push(pull, basePackages)
    expect(pull.comments.map(({ minimized, body }) => [minimized, body.includes('No longer found')])).toEqual([
      [null, true],
    ])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
  })

  it.each([false, true])('reviews one from a fork (hidden from the base repository: %s)', async (hidden) => {
    world.github.switches.forkCommitsHidden = hidden
    const fork = await world.github.fork(world.repository, 'mallory')
    await world.github.commit(fork, 'upgrade', { [lockfile]: aLockfile(bad) })
    const pull = await world.github.openPull(world.repository, { head: 'upgrade', from: fork })
    await deliver('opened', pull)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(commentsOf(pull)).toEqual([onLine(5)])
  })

  it('compares anew when the base is changed, and sets the check back before', async () => {
    const pull = await open()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    // The same commit, not one alike: two commits a second apart would have another merge base, and rightly fail.
    await world.github.moveBranch(world.repository, 'release', pull.head.sha)
    const from = { ref: pull.base.ref, sha: pull.base.sha }
    await world.github.retarget(pull, 'release')
    const calls = world.github.requests.length
    await world.github.deliver(await world.github.events.retargeted(pull, from))
    await world.settle()
    const writes = world.github.requests.slice(calls).filter(({ operation }) => /PATCH .*check-runs/.test(operation))
    expect(writes.map(({ body }) => (body as { status?: string }).status)).toEqual(['in_progress', 'completed'])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(pull.comments.map(({ minimized }) => minimized)).toEqual(['outdated'])
  })

  it('reads the policy of the organisation from its own repository', async () => {
    await world.github.createRepository({
      owner: 'acme',
      name: '.github',
      private: true,
      files: { '.github/lockwarden.yml': 'version: 1\n' },
    })
    const pull = await open(basePackages)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    const paths = world.github.requests.map(({ path }) => path)
    expect(paths.some((path) => /^\/repos\/acme\/\.github\/git\/trees\//.test(path))).toBe(true)
  })

  it('does not pass when the policy of the organisation cannot be read', async () => {
    world.github.inject({ on: 'GET /repos/{owner}/{repo}', fault: faults.forbidden, after: 1 })
    const pull = await open(basePackages)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('action_required')])
  })

  it('finds a repository that was renamed meanwhile', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    const event = await world.github.events.pull('opened', pull)
    world.github.rename(world.repository, 'store')
    await world.github.deliver(event)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(commentsOf(pull)).toEqual([onLine(5)])
  })
})
