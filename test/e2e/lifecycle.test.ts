import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { ReviewChange } from '../../src/github/reviewer.js'
import { maxJobMs } from '../../src/limits.js'
import { anEvidence, aReportedFinding } from '../builders/report.js'
import { faults, type Pull } from '../emulator/github.js'
import { aGate } from './gate.js'
import { reviewScripted } from './scripted-review.js'
import { type AppOptions, type AppWorld, basePackages, checksOn, completed, startWorld } from './world.js'

describe('the App, over time', () => {
  let world: AppWorld

  afterEach(async () => {
    await world.end()
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  const bad = { left: '1.1.0-bad', right: '1.0.0' }
  const longAgo = '2026-01-01T00:00:00Z'
  const dayMs = 24 * 60 * 60 * 1000
  const inProgress = { name: 'Lockwarden', status: 'in_progress', conclusion: null }

  async function start(options: AppOptions, packages: Readonly<Record<string, string>> = bad): Promise<Pull> {
    world = await startWorld(options)
    await world.commit('upgrade', packages)
    return world.github.openPull(world.repository, { head: 'upgrade' })
  }
  const deliver = async (action: 'opened' | 'synchronize' | 'closed' | 'reopened', pull: Pull, before?: string) =>
    world.github.deliver(await world.github.events.pull(action, pull, before))

  it('aborts the review of an old head for a new one, and leaves nothing in progress', async () => {
    const gate = aGate()
    const pull = await start({ review: gate.review })
    const old = pull.head.sha
    await deliver('opened', pull)
    await gate.begun(1)
    expect(checksOn(world.repository, old)).toEqual([inProgress])
    await world.commit('upgrade', basePackages)
    await deliver('synchronize', pull, old)
    gate.open()
    await world.settle()
    expect(checksOn(world.repository, old)).toEqual([completed('cancelled')])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(pull.comments).toEqual([])
  })

  it('publishes nothing about a head that moved while no webhook said so', async () => {
    const gate = aGate()
    const pull = await start({ review: gate.review })
    const old = pull.head.sha
    await deliver('opened', pull)
    await gate.begun(1)
    await world.commit('upgrade', basePackages)
    gate.open()
    await world.settle()
    expect(checksOn(world.repository, old)).toEqual([completed('cancelled')])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(pull.comments).toEqual([])
  })

  it('cancels the check of a pull request that is closed during its review', async () => {
    const gate = aGate()
    const pull = await start({ review: gate.review })
    await deliver('opened', pull)
    await gate.begun(1)
    world.github.closePull(pull)
    await deliver('closed', pull)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('cancelled')])
    expect(pull.comments).toEqual([])
  })

  it('keeps the result of a pull request that is closed afterwards, and sets it back when it is reopened', async () => {
    const pull = await start({})
    await deliver('opened', pull)
    await world.settle()
    world.github.closePull(pull)
    await deliver('closed', pull)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    world.github.reopenPull(pull)
    await deliver('reopened', pull)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(pull.comments).toHaveLength(1)
  })

  it('fails the check when the review itself breaks, without a word of why', async () => {
    const pull = await start({ review: () => Promise.reject(new Error('a secret of the innards')) })
    await deliver('opened', pull)
    await world.settle()
    const [run] = world.repository.checks
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(run?.title).toBe('Lockwarden could not finish the review')
    expect(`${run?.summary}${run?.text}`).not.toContain('innards')
    expect(world.log.join('')).toContain('a secret of the innards')
  })

  it('fails the check of a review that takes longer than any may', async () => {
    const gate = aGate()
    const pull = await start({ review: gate.review })
    await deliver('opened', pull)
    await gate.begun(1)
    await world.clock.advance(maxJobMs)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('lets a running review end when it is told to stop, and takes nothing more', async () => {
    const gate = aGate()
    const signals = new EventEmitter()
    const pull = await start({ review: gate.review, graceSeconds: 30, signals })
    await deliver('opened', pull)
    await gate.begun(1)
    signals.emit('SIGTERM', 'SIGTERM')
    const late = await world.github.deliver(await world.github.events.pull('reopened', pull))
    gate.open()
    await world.app.closed
    expect(late.status).not.toBe(202)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(pull.comments).toHaveLength(1)
  })

  it('says on the check that it was stopped when the grace is over, and reviews again on the next start', async () => {
    const gate = aGate()
    const signals = new EventEmitter()
    const pull = await start({ review: gate.review, graceSeconds: 30, signals })
    await deliver('opened', pull)
    await gate.begun(1)
    signals.emit('SIGINT', 'SIGINT')
    await world.clock.advance(30_000)
    await world.app.closed
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('cancelled')])
    expect(world.repository.checks[0]?.title).toBe('Cancelled: Lockwarden was stopped')
    await world.start()
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(pull.comments).toHaveLength(1)
  })

  it('finds on a start what a crash left in progress, and completes that very check run', async () => {
    const gate = aGate()
    const pull = await start({ review: gate.review })
    await deliver('opened', pull)
    await gate.begun(1)
    // The first process hangs on for ever, which GitHub cannot tell from one that is gone.
    await world.start()
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(pull.comments).toHaveLength(1)
  })

  it('finds on a start the pull requests that nobody told it about, and leaves those with a result alone', async () => {
    const pull = await start({})
    await deliver('opened', pull)
    await world.settle()
    await world.commit('other', basePackages)
    const unseen = await world.github.openPull(world.repository, { head: 'other' })
    const calls = world.github.requests.length
    await world.start()
    await world.settle()
    expect(checksOn(world.repository, unseen.head.sha)).toEqual([completed('success')])
    const updated = world.github.requests
      .slice(calls)
      .filter(({ operation }) => /^(POST|PATCH) .*check-runs/.test(operation))
    expect(
      updated.map(({ operation, body }) => [operation.split(' ')[0], (body as { status?: string }).status]),
    ).toEqual([
      ['POST', 'in_progress'],
      ['PATCH', 'completed'],
    ])
  })

  it('looks again only at pull requests that changed, once it has seen all', async () => {
    const pull = await start({})
    await deliver('opened', pull)
    await world.settle()
    const looked = async (): Promise<number> => {
      const calls = world.github.requests.length
      await world.app.reconcile()
      return world.github.requests.slice(calls).filter(({ path }) => path.endsWith('/check-runs')).length
    }
    expect(await looked()).toBe(1)
    pull.updatedAt = longAgo
    expect(await looked()).toBe(0)
  })

  it('looks at all of them again when it could not read something', async () => {
    const pull = await start({})
    await world.app.close()
    world.github.inject({ on: 'GET /repos/{owner}/{repo}/pulls', fault: faults.unavailable })
    pull.updatedAt = longAgo
    const app = await world.start()
    await app.reconcile()
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('reviews a head again when its fresh release has come of age, also after a restart', async () => {
    const published = Date.now() - 2 * dayMs
    const pull = await start({ review: freshUntil(published + 3 * dayMs, () => world.clock.now()) })
    await deliver('opened', pull)
    await world.app.idle()
    const [check] = world.repository.checks
    const again = new Date(published + 3 * dayMs + 60_000).toISOString()
    expect([check?.conclusion, check?.externalId]).toEqual(['failure', `pull-request:again:${again}`])
    expect(check?.summary).toContain(`again by itself, at \`${again.slice(0, 16).replace('T', ' ')} UTC\``)

    await world.app.close()
    const app = await world.start({ review: freshUntil(published + 3 * dayMs, () => world.clock.now()) })
    await app.idle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    await world.clock.advance(dayMs + 60_000)
    await app.idle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
    expect(world.repository.checks.map(({ externalId }) => externalId)).toEqual(['pull-request'])
  })

  it('asks GitHub to deliver again what nobody took', async () => {
    const pull = await start({})
    await world.app.close()
    expect((await deliver('opened', pull)).status).toBe(0)
    await world.start()
    await world.settle()
    expect(world.github.world.deliveries.map(({ redelivery, status }) => [redelivery, status])).toEqual([
      [false, 0],
      [true, 202],
    ])
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
    expect(pull.comments).toHaveLength(1)
  })

  it('goes on reconciling when GitHub is away on the start', async () => {
    const pull = await start({})
    await world.app.close()
    world.github.inject({ on: 'GET /app/installations', fault: faults.unavailable })
    const app = await world.start()
    expect(world.repository.checks).toEqual([])
    await app.reconcile()
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('never logs a payload or a token', async () => {
    const pull = await start({})
    await deliver('opened', pull)
    await world.settle()
    const log = world.log.join('')
    expect(log).toContain('"lanes":')
    for (const secret of [pull.title, world.github.webhookSecret, 'ghs_', 'eyJ']) expect(log).not.toContain(secret)
  })
})

/** Fails for one release that is fresh until `clears`, and for nothing else. */
const freshUntil =
  (clears: number, now: () => number): ReviewChange =>
  async (change) => {
    const result = await reviewScripted(change)
    if (now() >= clears) return { ...result, report: { ...result.report, findings: [] }, conclusion: 'success' }
    const published = new Date(clears - 3 * 24 * 60 * 60 * 1000).toISOString()
    const fresh = aReportedFinding({ rule: 'release-fresh', evidence: [anEvidence('published', published)] })
    const { location: _, ...finding } = fresh
    return { ...result, report: { ...result.report, findings: [finding] }, conclusion: 'failure' }
  }
