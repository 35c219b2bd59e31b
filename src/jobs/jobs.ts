/** Work to do later. `payload` is plain data that survives JSON, because a store may stand between here and the worker. */
export interface NewJob<P> {
  /** Jobs of one lane never run together: a newer one replaces the queued one and aborts the running one. */
  readonly lane: string
  readonly payload: P
  /** Leave the lane alone if it has a job already: for work that was guessed, not asked for. */
  readonly onlyIfIdle?: boolean
  /** Milliseconds since the epoch. What may wait for days is given up where too much waits already: nobody was promised it to the minute. */
  readonly notBefore?: number
}

/** One webhook delivery, or a pass of our own, as what is to be done for it. */
export interface Batch<P> {
  /** GitHub's delivery id, which stays the same when it delivers again. Absent for our own passes. */
  readonly delivery?: string
  readonly jobs: readonly NewJob<P>[]
  /** Lanes whose work nobody waits for any more. */
  readonly cancel?: readonly string[]
}

export type Acceptance = 'accepted' | 'duplicate'

/** Why a running job was told to stop. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped'
  constructor(readonly why: 'newer' | 'cancelled' | 'shutdown' | 'time') {
    super(`the job was stopped: ${why}`)
  }
}

/** How a job ended. `at` (milliseconds since the epoch) puts it back into its lane until then, without using up an attempt. */
export type JobEnd<P> =
  | { readonly kind: 'done'; readonly next?: readonly NewJob<P>[] }
  | { readonly kind: 'later'; readonly at: number }

export interface JobContext {
  /** Aborts with a `JobStopped`. */
  readonly signal: AbortSignal
  /** True when a failure of this run would be final. */
  readonly last: boolean
}

export interface Worker<P> {
  run(payload: P, context: JobContext): Promise<JobEnd<P>>
  /** Whether a failure may pass by itself, so that another attempt is worth it. */
  retryable(error: unknown): boolean
  /** The job failed for good. Must leave nothing open; what it rejects with is only logged. */
  failed(payload: P, error: unknown): Promise<void>
}

export interface Jobs<P> {
  /** Rejects when closed or full: then nothing of the batch was taken, and the delivery may come again. */
  accept(batch: Batch<P>): Promise<Acceptance>
  start(worker: Worker<P>): void
  /** Takes nothing more, lets running jobs end for `graceMs`, then aborts them and waits until they have settled. */
  close(graceMs: number): Promise<void>
}
