import { afterEach, describe, expect, it } from '@jest/globals'
import { faults, type Pull } from '../emulator/github.js'
import { type AppOptions, type AppWorld, checksOn, completed, startWorld } from './world.js'

type Fault = Parameters<AppWorld['github']['inject']>[0]['fault']

const anyCall: Readonly<Record<string, () => Fault>> = {
  'a bad gateway': () => faults.badGateway,
  'an outage': () => faults.unavailable,
  'a secondary limit that does not say how long': () => faults.secondaryLimit(),
  'a secondary limit of half a minute': () => faults.secondaryLimit(30),
  'a 429 that does not say how long': () => faults.tooManyRequests(),
  'a 429 of five seconds': () => faults.tooManyRequests(5),
  'a spent primary limit': () => faults.primaryLimit(new Date(Date.now() + 10 * 60_000)),
  'tokens that end': () => faults.tokensExpire,
}

const anyWrite: typeof anyCall = { ...anyCall, 'a bad gateway after the write': () => faults.badGatewayAfterWrite }

/** Reads end in the same few branches, so not each of them meets everything. */
const anyRead = Object.entries(anyCall).filter(([what]) => /gateway|does not say|tokens/.test(what))

const reads = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
]

const writes = [
  'POST /repos/{owner}/{repo}/check-runs',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
]

const cases = [
  ...reads.flatMap((on, index) => {
    const [what, fault] = anyRead[index % anyRead.length] ?? ['a bad gateway', () => faults.badGateway]
    return [
      { what, on, fault },
      { what: 'an outage', on, fault: () => faults.unavailable },
    ]
  }),
  ...writes.flatMap((on) => Object.entries(anyWrite).map(([what, fault]) => ({ what, on, fault }))),
]

describe('the App, when GitHub fails', () => {
  let world: AppWorld
  let pull: Pull

  const start = async (options: AppOptions = {}): Promise<void> => {
    world = await startWorld(options)
    await world.commit('upgrade', { left: '1.1.0-bad', right: '1.0.0' })
    pull = await world.github.openPull(world.repository, { head: 'upgrade' })
  }

  afterEach(async () => {
    await world.end()
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  const review = async (): Promise<void> => {
    await world.github.deliver(await world.github.events.pull('opened', pull))
    await world.settle()
  }
  const outcome = () => ({
    checks: checksOn(world.repository, pull.head.sha),
    comments: pull.comments.map(({ path, line }) => `${path}:${line}`),
  })
  const once = { checks: [completed('failure')], comments: ['package-lock.json:5'] }

  it.each(cases)('completes one check and comments once, whatever $on meets: $what', async ({ on, fault }) => {
    await start()
    world.github.inject({ on, fault: fault() })
    await review()
    expect(outcome()).toEqual(once)
  })

  it.each([...reads, ...writes])('does so when no answer ever comes to %s', async (on) => {
    await start({ requestTimeoutMs: 300 })
    world.github.inject({ on, fault: faults.hang })
    await review()
    expect(outcome()).toEqual(once)
  })

  it('does so when the App cannot get a token at first', async () => {
    await start()
    world.github.inject({
      on: 'POST /app/installations/{installation_id}/access_tokens',
      fault: faults.unavailable,
      times: 2,
    })
    await review()
    expect(outcome()).toEqual(once)
  })

  it('does so when every kind of write loses its answer once', async () => {
    await start()
    for (const on of writes) world.github.inject({ on, fault: faults.badGatewayAfterWrite })
    await review()
    expect(outcome()).toEqual(once)
  })

  it('says on the check that it failed when GitHub stays away for longer than it tries', async () => {
    await start()
    world.github.inject({
      on: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      fault: faults.unavailable,
      times: 3,
    })
    await review()
    expect(outcome()).toEqual({ checks: [completed('failure')], comments: [] })
    expect(world.repository.checks[0]?.title).toBe('Lockwarden could not finish the review')
  })

  it('calls the review incomplete when a part of the head stays unreadable', async () => {
    await start()
    world.github.inject({
      on: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
      fault: faults.unavailable,
      // One ends the first attempt, one the second; the last attempt meets base's and head's lockfile.
      times: 4,
    })
    await review()
    expect(outcome()).toEqual({ checks: [completed('action_required')], comments: [] })
  })

  it('completes the check without comments when it may not write any', async () => {
    await start()
    world.github.inject({ on: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', fault: faults.forbidden })
    await review()
    expect(outcome()).toEqual({ checks: [completed('failure')], comments: [] })
    expect(world.repository.checks[0]?.annotations.map(({ path, start_line }) => `${path}:${start_line}`)).toEqual([
      'package-lock.json:5',
    ])
  })
})
