import type { Probot } from 'probot'
import { describeFailure, isTransient } from './github/octokit.js'
import { planEvent, plannedEvents } from './github/plan-event.js'
import { planSettle, type ReviewRequest } from './github/review-request.js'
import type { Log, Reviewer } from './github/reviewer.js'
import { type JobContext, type JobEnd, JobStopped, type Jobs, type Worker } from './jobs/jobs.js'

export interface AppOptions {
  readonly appId: number
  readonly jobs: Jobs<ReviewRequest>
  readonly log: Log
}

/** Door 1: every webhook that matters becomes jobs, and nothing else happens before GitHub has its answer. */
export function lockwardenApp({ appId, jobs, log }: AppOptions): (probot: Probot) => void {
  return (probot) => {
    for (const name of plannedEvents) {
      probot.on(name, async ({ id: delivery, name: event, payload }) => {
        const batch = planEvent(event, payload, appId)
        const acceptance = await jobs.accept({ delivery, ...batch })
        const lanes = batch.jobs.map(({ lane }) => lane)
        log.info({ delivery, event, action: 'action' in payload ? payload.action : undefined, lanes }, acceptance)
      })
    }
  }
}

/** What the jobs do: each runs the reviewer, and says how it ended in the words of `jobs/`. */
export function toWorker(reviewer: Reviewer, log: Log): Worker<ReviewRequest> {
  return {
    run: (request, context) => runReview(reviewer, log, request, context),
    retryable: isTransient,
    async failed(request, error) {
      const job = nameOf(request)
      log.warn({ job, err: error }, request.kind === 'audit' ? 'the audit failed' : 'the review failed')
      await reviewer.fail(request, job)
    },
  }
}

async function runReview(
  reviewer: Reviewer,
  log: Log,
  request: ReviewRequest,
  { signal, last }: JobContext,
): Promise<JobEnd<ReviewRequest>> {
  const job = nameOf(request)
  const end = await reviewer.run(request, { signal, last })
  if (end.kind === 'later') log.info({ job, at: new Date(end.at).toISOString() }, 'put off: rate limit')
  if (end.kind !== 'stopped') return end
  const why = signal.reason instanceof JobStopped ? signal.reason.why : 'cancelled'
  log.info({ job, why }, 'stopped')
  // A review that takes too long is a failure, and ends as one.
  if (why === 'time') throw signal.reason
  if (end.sha === undefined) return { kind: 'done' }
  // Nothing that is queued now would ever run.
  if (why === 'shutdown') {
    await reviewer.stop(request, end.sha).catch((error: unknown) => {
      log.warn({ job }, `a check run stays in progress until the next start: ${describeFailure(error)}`)
    })
  }
  return { kind: 'done', next: [planSettle(request.repository, end.sha)] }
}

/** For the log and for the text of a failed check: what was reviewed, without a word of foreign text. */
function nameOf(request: ReviewRequest): string {
  const { id } = request.repository
  if (request.kind === 'pull-request') return `${id}#${request.number}`
  if (request.kind === 'push') return `${id}@${request.after} push`
  if (request.kind === 'merge-group') return `${id}@${request.headSha} merge-group`
  return `${id}@${request.sha} ${request.kind}`
}
