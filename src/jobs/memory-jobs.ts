import type { Clock } from '../clock.js'
import { maxJobMs, maxPostponements, maxQueuedJobs, maxRememberedDeliveries } from '../limits.js'
import { type Acceptance, type Batch, type JobEnd, JobStopped, type Jobs, type NewJob, type Worker } from './jobs.js'

export interface MemoryJobsOptions {
  readonly clock: Clock
  /** How many lanes may run at the same time. */
  readonly concurrency: number
  /** Runs of one job, failures included, before it counts as failed. */
  readonly maxAttempts: number
  /** Wait before the second attempt; each further one waits four times as long. */
  readonly backoffMs: number
  /** Told what nobody else will hear of: a failure handler that failed itself. */
  readonly onLost?: (error: unknown) => void
}

interface Entry<P> {
  readonly payload: P
  readonly attempt: number
  readonly postponed: number
  readonly runAt: number
}

interface Lane<P> {
  queued?: Entry<P>
  running?: AbortController
}

/** Node's timers hold 24 days; one that is asked for more rings at once. */
const longestTimerMs = 24 * 60 * 60 * 1000

/** Jobs of this process only. What a restart loses, the reconciliation finds again on GitHub. */
export class MemoryJobs<P> implements Jobs<P> {
  readonly #options: MemoryJobsOptions
  readonly #lanes = new Map<string, Lane<P>>()
  readonly #deliveries = new Set<string>()
  readonly #settled = new Set<() => void>()
  #worker: Worker<P> | undefined
  #running = 0
  #closed = false
  #takeBackTimer: (() => void) | undefined

  constructor(options: MemoryJobsOptions) {
    this.#options = options
  }

  async accept({ delivery, jobs, cancel = [] }: Batch<P>): Promise<Acceptance> {
    if (delivery !== undefined && this.#deliveries.has(delivery)) return 'duplicate'
    if (this.#closed) throw new Error('jobs are closed')
    if (this.#lanes.size + jobs.length > maxQueuedJobs) throw new Error('too many jobs are waiting')
    if (delivery !== undefined) this.#remember(delivery)
    for (const lane of cancel) this.#cancel(lane)
    for (const job of jobs) this.#enqueue(job)
    this.#pump()
    return 'accepted'
  }

  start(worker: Worker<P>): void {
    this.#worker = worker
    this.#pump()
  }

  /** Resolves when no job runs and none is due: those that wait for their time do not count. */
  async idle(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#settled.add(resolve))
  }

  /** Lanes with a job that has not been started. */
  get waiting(): number {
    return [...this.#lanes.values()].filter(({ queued }) => queued !== undefined).length
  }

  async close(graceMs: number): Promise<void> {
    this.#closed = true
    this.#takeBackTimer?.()
    for (const lane of this.#lanes.values()) delete lane.queued
    const takeBack = this.#options.clock.after(graceMs, () => {
      for (const { running } of this.#lanes.values()) running?.abort(new JobStopped('shutdown'))
    })
    await this.idle()
    takeBack()
  }

  #remember(delivery: string): void {
    this.#deliveries.add(delivery)
    const [oldest] = this.#deliveries
    if (this.#deliveries.size > maxRememberedDeliveries && oldest !== undefined) this.#deliveries.delete(oldest)
  }

  #cancel(name: string): void {
    const lane = this.#lanes.get(name)
    if (!lane) return
    delete lane.queued
    if (lane.running) lane.running.abort(new JobStopped('cancelled'))
    else this.#lanes.delete(name)
  }

  #enqueue({ lane: name, payload, onlyIfIdle, notBefore = 0 }: NewJob<P>): void {
    const lane = this.#lanes.get(name)
    if (lane && onlyIfIdle) return
    const now = this.#options.clock.now()
    if (notBefore > now && this.#lanes.size >= maxQueuedJobs / 2) return
    const queued = { payload, attempt: 1, postponed: 0, runAt: Math.max(now, notBefore) }
    if (lane) {
      lane.queued = queued
      lane.running?.abort(new JobStopped('newer'))
    } else {
      this.#lanes.set(name, { queued })
    }
  }

  #pump(): void {
    this.#takeBackTimer?.()
    this.#takeBackTimer = undefined
    const worker = this.#worker
    if (!worker || this.#closed) return
    const { clock, concurrency } = this.#options
    let next = Number.POSITIVE_INFINITY
    for (const [name, lane] of this.#lanes) {
      if (!lane.queued || lane.running) continue
      if (lane.queued.runAt > clock.now()) next = Math.min(next, lane.queued.runAt)
      else if (this.#running < concurrency) this.#run(worker, name, lane, lane.queued)
    }
    if (next < Number.POSITIVE_INFINITY) {
      this.#takeBackTimer = clock.after(Math.min(next - clock.now(), longestTimerMs), () => this.#pump())
    }
  }

  /** Never rejects: whatever a worker does, its lane goes on. */
  #run(worker: Worker<P>, name: string, lane: Lane<P>, entry: Entry<P>): void {
    const controller = new AbortController()
    delete lane.queued
    lane.running = controller
    this.#running += 1
    const takeBack = this.#options.clock.after(maxJobMs, () => controller.abort(new JobStopped('time')))
    const ended = this.#attempt(worker, entry, controller.signal).catch((error: unknown) => {
      this.#options.onLost?.(error)
      return undefined
    })
    void ended.then((again) => {
      takeBack()
      delete lane.running
      this.#running -= 1
      // A newer job of the lane makes another attempt at the old one pointless.
      if (again && !lane.queued && !this.#closed && !controller.signal.aborted) lane.queued = again
      if (!lane.queued) this.#lanes.delete(name)
      this.#pump()
      for (const resolve of this.#settled) resolve()
      this.#settled.clear()
    })
  }

  /** One run. What it resolves with is to be run again. */
  async #attempt(worker: Worker<P>, entry: Entry<P>, signal: AbortSignal): Promise<Entry<P> | undefined> {
    const { clock, maxAttempts, backoffMs } = this.#options
    const last = entry.attempt >= maxAttempts
    let end: JobEnd<P>
    try {
      end = await worker.run(entry.payload, { signal, last })
      if (end.kind === 'later' && entry.postponed >= maxPostponements) throw new Error('postponed too often')
    } catch (error) {
      if (isStopped(signal)) return undefined
      if (!last && !signal.aborted && worker.retryable(error)) {
        const wait = backoffMs * 4 ** (entry.attempt - 1)
        return { ...entry, attempt: entry.attempt + 1, runAt: clock.now() + wait }
      }
      await worker.failed(entry.payload, error)
      return undefined
    }
    if (end.kind === 'later') return { ...entry, postponed: entry.postponed + 1, runAt: end.at }
    if (!this.#closed) for (const job of end.next ?? []) this.#enqueue(job)
    return undefined
  }
}

/** Stopped because nobody wants the outcome. A job that took too long is a failure instead. */
const isStopped = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof JobStopped && reason.why !== 'time'
