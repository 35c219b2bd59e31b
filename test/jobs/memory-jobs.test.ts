import { describe, expect, it } from '@jest/globals'
import { type JobContext, type JobEnd, JobStopped, type Worker } from '../../src/jobs/jobs.js'
import { MemoryJobs, type MemoryJobsOptions } from '../../src/jobs/memory-jobs.js'
import { maxJobMs, maxPostponements, maxQueuedJobs, maxRememberedDeliveries } from '../../src/limits.js'
import { aManualClock } from '../builders/clock.js'

interface Run {
  readonly payload: string
  readonly context: JobContext
  done(end?: JobEnd<string>): void
  fail(error: unknown): void
}

function someJobs(options: Partial<MemoryJobsOptions> = {}) {
  const clock = aManualClock()
  const lost: unknown[] = []
  const jobs = new MemoryJobs<string>({
    clock,
    concurrency: 2,
    maxAttempts: 3,
    backoffMs: 1000,
    onLost: (error) => lost.push(error),
    ...options,
  })
  const runs: Run[] = []
  const failed: [string, unknown][] = []
  const worker: Worker<string> = {
    run: (payload, context) =>
      new Promise((resolve, reject) => {
        runs.push({ payload, context, done: (end = { kind: 'done' }) => resolve(end), fail: reject })
      }),
    retryable: (error) => error === 'passes by itself',
    failed: async (payload, error) => {
      failed.push([payload, error])
      if (error === 'and the handler too') throw error
    },
  }
  jobs.start(worker)
  const run = (index: number): Run => {
    const found = runs[index]
    if (!found) throw new Error(`there is no run ${index}`)
    return found
  }
  const payloads = (): string[] => runs.map(({ payload }) => payload)
  const add = (lane: string, payload: string, more: object = {}) => jobs.accept({ jobs: [{ lane, payload, ...more }] })
  return { clock, jobs, runs, run, payloads, failed, lost, add }
}

describe('MemoryJobs', () => {
  it('runs a job and lets go of its lane when it has ended', async () => {
    const { add, run, payloads, clock, jobs } = someJobs()
    await add('a', 'first')
    run(0).done()
    await jobs.idle()
    await add('a', 'second')
    await clock.advance(0)
    expect(payloads()).toEqual(['first', 'second'])
    expect(run(0).context.signal.aborted).toBe(false)
  })

  it('aborts the running job of a lane for a newer one and waits until it has stopped', async () => {
    const { add, run, payloads, clock } = someJobs()
    await add('a', 'old head')
    await add('a', 'new head')
    expect(run(0).context.signal.reason).toEqual(new JobStopped('newer'))
    expect(payloads()).toEqual(['old head'])
    run(0).fail(run(0).context.signal.reason)
    await clock.advance(0)
    expect(payloads()).toEqual(['old head', 'new head'])
  })

  it('runs a job that is not to run before its time when that has come, months ahead too', async () => {
    const { add, payloads, clock, jobs } = someJobs()
    const days = 24 * 60 * 60 * 1000
    await add('a', 'in forty days', { notBefore: clock.now() + 40 * days })
    await add('b', 'at once', { notBefore: clock.now() - 1 })
    await jobs.accept({ jobs: [] })
    await clock.advance(39 * days)
    expect(payloads()).toEqual(['at once'])
    await clock.advance(1 * days)
    expect(payloads()).toEqual(['at once', 'in forty days'])
  })

  it('gives up what may wait for days where too much waits already, and nothing else', async () => {
    const { jobs, clock, payloads } = someJobs({ concurrency: 1 })
    const notBefore = clock.now() + 1000
    const many = Array.from({ length: maxQueuedJobs / 2 }, (_, n) => ({ lane: `lane ${n}`, payload: 'x', notBefore }))
    await jobs.accept({ jobs: [...many, { lane: 'later', payload: 'later', notBefore }] })
    await jobs.accept({ jobs: [{ lane: 'now', payload: 'now' }] })
    expect([jobs.waiting, payloads()]).toEqual([maxQueuedJobs / 2, ['now']])
  })

  it('runs only the newest of the jobs that wait in one lane', async () => {
    const { add, run, payloads, clock } = someJobs()
    await add('a', '1')
    await add('a', '2')
    await add('a', '3')
    run(0).done()
    await clock.advance(0)
    expect(payloads()).toEqual(['1', '3'])
  })

  it('runs as many lanes together as it is allowed to, oldest first', async () => {
    const { add, run, payloads, clock } = someJobs()
    await add('a', 'a')
    await add('b', 'b')
    await add('c', 'c')
    await add('d', 'd')
    expect(payloads()).toEqual(['a', 'b'])
    run(1).done()
    await clock.advance(0)
    expect(payloads()).toEqual(['a', 'b', 'c'])
  })

  it('takes a delivery once, however often it comes', async () => {
    const { jobs, payloads } = someJobs()
    const batch = { delivery: '4f9b2d40-c4c7-11f0', jobs: [{ lane: 'a', payload: 'a' }] }
    expect([await jobs.accept(batch), await jobs.accept(batch)]).toEqual(['accepted', 'duplicate'])
    expect(payloads()).toEqual(['a'])
  })

  it('forgets the oldest delivery when it remembers as many as it may', async () => {
    const { jobs } = someJobs()
    for (let n = 0; n <= maxRememberedDeliveries; n += 1) await jobs.accept({ delivery: String(n), jobs: [] })
    expect(await jobs.accept({ delivery: '1', jobs: [] })).toBe('duplicate')
    expect(await jobs.accept({ delivery: '0', jobs: [] })).toBe('accepted')
  })

  it('leaves a lane that has a job alone when the new one is only a guess', async () => {
    const { add, run, payloads, clock } = someJobs()
    await add('a', 'asked for')
    await add('a', 'guessed', { onlyIfIdle: true })
    expect(run(0).context.signal.aborted).toBe(false)
    run(0).done()
    await clock.advance(0)
    expect(payloads()).toEqual(['asked for'])
  })

  it('aborts and forgets the jobs of a cancelled lane', async () => {
    const { jobs, add, run, payloads, clock } = someJobs({ concurrency: 1 })
    await add('a', 'running')
    await add('b', 'waiting')
    await jobs.accept({ jobs: [], cancel: ['a', 'b', 'never seen'] })
    expect(run(0).context.signal.reason).toEqual(new JobStopped('cancelled'))
    run(0).done()
    await clock.advance(0)
    expect(payloads()).toEqual(['running'])
  })

  it('puts a job off until the time it names, without using up an attempt or holding a place', async () => {
    const { add, run, payloads, clock, failed } = someJobs({ concurrency: 1 })
    await add('a', 'limited')
    await add('b', 'other')
    run(0).done({ kind: 'later', at: clock.now() + 60_000 })
    await clock.advance(59_999)
    expect(payloads()).toEqual(['limited', 'other'])
    run(1).done()
    await clock.advance(1)
    expect(payloads()).toEqual(['limited', 'other', 'limited'])
    expect(run(2).context.last).toBe(false)
    expect(failed).toEqual([])
  })

  it('gives up a job that is put off without end', async () => {
    const { add, run, clock, failed } = someJobs()
    await add('a', 'limited')
    for (let n = 0; n <= maxPostponements; n += 1) {
      run(n).done({ kind: 'later', at: clock.now() + 1 })
      await clock.advance(1)
    }
    expect(failed).toEqual([['limited', new Error('postponed too often')]])
  })

  it('runs a job again after a failure that may pass, waiting longer each time, and then calls it failed', async () => {
    const { add, run, runs, clock, failed } = someJobs()
    await add('a', 'unlucky')
    run(0).fail('passes by itself')
    await clock.advance(999)
    expect(runs).toHaveLength(1)
    await clock.advance(1)
    run(1).fail('passes by itself')
    await clock.advance(4000)
    expect(run(2).context.last).toBe(true)
    expect(failed).toEqual([])
    run(2).fail('passes by itself')
    await clock.advance(100_000)
    expect(runs).toHaveLength(3)
    expect(failed).toEqual([['unlucky', 'passes by itself']])
  })

  it('does not run a job again after a failure that will not pass', async () => {
    const { add, run, runs, clock, failed } = someJobs()
    await add('a', 'broken')
    run(0).fail('a bug')
    await clock.advance(100_000)
    expect(runs).toHaveLength(1)
    expect(failed).toEqual([['broken', 'a bug']])
  })

  it('drops a failed job when a newer one of its lane waits', async () => {
    const { add, run, payloads, clock, failed } = someJobs()
    await add('a', 'old')
    await add('a', 'new')
    run(0).fail('passes by itself')
    await clock.advance(100_000)
    expect(payloads()).toEqual(['old', 'new'])
    expect(failed).toEqual([])
  })

  it('calls a job failed that takes longer than any review may', async () => {
    const { add, run, clock, failed } = someJobs()
    await add('a', 'hangs')
    await clock.advance(maxJobMs)
    expect(run(0).context.signal.reason).toEqual(new JobStopped('time'))
    run(0).fail('the fetch was aborted')
    await clock.advance(0)
    expect(failed).toEqual([['hangs', 'the fetch was aborted']])
  })

  it('goes on when the failure handler fails, and says so', async () => {
    const { add, run, payloads, clock, lost } = someJobs()
    await add('a', 'broken')
    run(0).fail('and the handler too')
    await clock.advance(0)
    await add('a', 'next')
    expect(lost).toEqual(['and the handler too'])
    expect(payloads()).toEqual(['broken', 'next'])
  })

  it('runs what a job leaves to be done next, in its own lane or another', async () => {
    const { add, run, payloads, clock } = someJobs()
    await add('a', 'first')
    const next = [
      { lane: 'b', payload: 'elsewhere' },
      { lane: 'a', payload: 'here' },
    ]
    run(0).done({ kind: 'done', next })
    await clock.advance(0)
    expect(payloads().sort()).toEqual(['elsewhere', 'first', 'here'])
  })

  it('lets running jobs end when it closes, takes nothing more, and drops what waits', async () => {
    const { add, run, payloads, jobs } = someJobs({ concurrency: 1 })
    await add('a', 'running')
    await add('b', 'waiting')
    const closed = jobs.close(30_000)
    await expect(add('c', 'late')).rejects.toThrow('jobs are closed')
    expect(run(0).context.signal.aborted).toBe(false)
    run(0).done({ kind: 'done', next: [{ lane: 'd', payload: 'next' }] })
    await closed
    expect(payloads()).toEqual(['running'])
  })

  it('aborts what still runs when the grace is over and waits until it has settled', async () => {
    const { add, run, jobs, clock } = someJobs()
    await add('a', 'slow')
    let closed = false
    const closing = jobs.close(30_000).then(() => {
      closed = true
    })
    await clock.advance(30_000)
    expect(run(0).context.signal.reason).toEqual(new JobStopped('shutdown'))
    expect(closed).toBe(false)
    run(0).fail(run(0).context.signal.reason)
    await closing
    expect(closed).toBe(true)
  })
})
