import type { Change } from '../change/change.js'
import type { Clock } from '../clock.js'
import type { Policy } from '../policy/policy.js'
import { failedNotice, type Notice, stoppedNotice } from '../report/check-texts.js'
import type { Report } from '../report/report.js'
import { AuditDesk, type AuditState } from './audit-desk.js'
import { type Conclusion, type Judged, planCheck, toPlan } from './check-plan.js'
import { branchCheckName, cancelCheck, checkName, completeCheck, openCheck } from './check-run.js'
import { type Head, type HeadRequest, isToDefaultBranch, toHead, toTarget } from './head.js'
import { deskKey, HeadDesk } from './head-desk.js'
import { selectFindings } from './inline-comments.js'
import { type GitHub, type GitHubApp, isTransient } from './octokit.js'
import { type Published, publishComments } from './publish-comments.js'
import { hasOpenPullRequest, listPullRequestsWithHead, readPullRequest } from './pull-request.js'
import { RateLimited } from './rate-limit.js'
import { readDiff } from './read-diff.js'
import { planReruns } from './rerun.js'
import { reviewAgainAt } from './review-again.js'
import {
  type PlannedReview,
  planAudit,
  planPullRequest,
  planRerun,
  planSettle,
  type ReviewRequest,
  writeReviewAgain,
} from './review-request.js'
import { openSession, type Session } from './session.js'
import { Slots } from './slots.js'
import { type Subject, sameSubjects } from './subject.js'

/** What the pipeline makes of a change, as `review.ts` gives it. */
export interface ReviewResult {
  readonly report: Report
  readonly policy: Policy
  readonly conclusion: Conclusion
  /** Mistakes in base's policy: the review was made without it, and the check fails whatever it found. */
  readonly policyErrors: readonly unknown[]
}

/** `github` is the installation's client, for what everyone may read. Rejects when `signal` aborts, and for a bug of ours. */
export type ReviewChange = (change: Change, signal: AbortSignal, github: GitHub) => Promise<ReviewResult>

export interface Log {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
}

export interface ReviewerOptions {
  readonly app: GitHubApp
  readonly clock: Clock
  readonly review: ReviewChange
  /** How the state that a push leaves on the default branch stands. Absent: nobody asks. */
  readonly audit?: AuditState
  /** Reviews at the same time. Check runs are opened at once all the same, because an old result must not count meanwhile. */
  readonly concurrency: number
  readonly log: Log
}

export interface ReviewRun {
  readonly signal: AbortSignal
  /** No further attempt follows. */
  readonly last: boolean
}

/** `stopped`: the signal aborted; `sha` is the commit whose check run may still be in progress. */
export type ReviewEnd =
  | { readonly kind: 'done'; readonly next: readonly PlannedReview[] }
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'stopped'; readonly sha?: string }

/** `again`: when a review of the same commit would find less, in milliseconds since the epoch. */
type HeadEnd = { readonly kind: 'moved' } | { readonly kind: 'completed'; readonly again?: number }

interface Reviewed extends Judged {
  readonly change: Change
}

const done = (next: readonly PlannedReview[] = []): ReviewEnd => ({ kind: 'done', next })

/** How often a head that moves under a review is followed before the webhook about it has to come. */
const maxRounds = 3

export class Reviewer {
  readonly #options: ReviewerOptions
  readonly #desk = new HeadDesk()
  readonly #slots: Slots
  readonly #audits: AuditDesk | undefined

  constructor(options: ReviewerOptions) {
    this.#options = options
    const { audit, clock } = options
    this.#audits = audit && new AuditDesk({ audit, clock, heads: this.#desk })
    this.#slots = new Slots(options.concurrency)
  }

  /** Does what is asked and leaves no check run of ours in progress, unless it rejects or says that it comes back. */
  async run(request: ReviewRequest, { signal, last }: ReviewRun): Promise<ReviewEnd> {
    const progress: { sha?: string } = {}
    let session: Session | undefined
    try {
      session = await openSession({ app: this.#options.app, repository: request.repository, signal, last })
      return await this.#perform(session, request, last, progress)
    } catch (error) {
      if (signal.aborted) return { kind: 'stopped', ...progress }
      const cause = session ? session.causeOf(error) : error
      if (cause instanceof RateLimited) return { kind: 'later', at: cause.retryAt }
      throw cause
    }
  }

  /** The last resort for a request that failed for good: its commit gets a check run that fails, never none. */
  async fail(request: ReviewRequest, job: string): Promise<void> {
    if (request.kind === 'rerun' || request.kind === 'settle' || request.kind === 'audit') return
    const session = await this.#openFinalSession(request)
    const pull = request.kind === 'pull-request' ? await readPullRequest(session.client, request.number) : undefined
    if (pull && !pull.open) return this.#cancel(session, pull.headSha)
    const target = toTarget(session, request, pull)
    await this.#desk.alone(deskKey(session.repository, target.sha), async () => {
      await completeCheck(target, await openCheck(target), toPlan('failure', failedNotice(job)))
    })
  }

  /** For a process that ends: says on the commit that nothing goes on there. */
  async stop(request: ReviewRequest, sha: string): Promise<void> {
    const session = await this.#openFinalSession(request)
    await this.#desk.alone(deskKey(session.repository, sha), () => this.#cancel(session, sha, stoppedNotice))
  }

  #openFinalSession({ repository }: ReviewRequest): Promise<Session> {
    return openSession({ app: this.#options.app, repository, signal: new AbortController().signal, last: true })
  }

  async #perform(
    session: Session,
    request: ReviewRequest,
    last: boolean,
    progress: { sha?: string },
  ): Promise<ReviewEnd> {
    if (request.kind === 'settle') return this.#settle(session, request.sha)
    if (request.kind === 'audit') return (await this.#audits?.add(session, request)) ?? done()
    if (request.kind === 'rerun') return done(await planReruns(session, request.sha))
    if (await isCoveredByPullRequest(session, request)) return done()
    const next: PlannedReview[] = []
    for (let round = 1; ; round += 1) {
      const pull = request.kind === 'pull-request' ? await readPullRequest(session.client, request.number) : undefined
      if (pull && !pull.open) return done([...next, planSettle(request.repository, pull.headSha)])
      const head = toHead(session, request, pull)
      progress.sha = head.target.sha
      const outcome = await this.#reviewHead(session, head, last)
      if (outcome.kind === 'completed') {
        if (this.#audits && isToDefaultBranch(session, request)) {
          next.push(planAudit(request.repository, request.after))
        }
        if (outcome.again === undefined) return done(next)
        const again = planRerun(request.repository, head.target.sha)
        return done([...next, { ...again, notBefore: outcome.again }])
      }
      next.push(planSettle(request.repository, head.target.sha))
      if (request.kind !== 'pull-request') return done(next)
      if (round === maxRounds) return done([...next, planPullRequest(request.repository, request.number)])
    }
  }

  async #reviewHead(session: Session, head: Head, last: boolean): Promise<HeadEnd> {
    const key = deskKey(session.repository, head.target.sha)
    const signOff = this.#desk.enter(key)
    try {
      const check = await this.#desk.alone(key, () => openCheck(head.target))
      const judged = await this.#judge(session, head)
      if (!judged) return { kind: 'moved' }
      const comments = await this.#comment(session, head, judged[0], last)
      if (comments.moved) return { kind: 'moved' }
      const again = head.pull && reviewAgainAt(judged, this.#options.clock.now())
      const plan = planCheck(judged, comments.shown, comments.left, again)
      // A restart finds there what this process would remember.
      const target = again === undefined ? head.target : { ...head.target, externalId: writeReviewAgain(again) }
      await this.#desk.alone(key, async () => {
        signOff()
        // Whoever is still at work on this commit judges all that we judged, and more recently.
        if (this.#desk.atWork(key) === 0) await completeCheck(target, check, plan)
      })
      return { kind: 'completed', ...(again !== undefined && { again }) }
    } finally {
      signOff()
    }
  }

  /** Reviews every subject of the commit, and those that came up meanwhile; undefined when it is no head any more. */
  async #judge(session: Session, { subjects }: Head): Promise<readonly [Reviewed, ...Reviewed[]] | undefined> {
    const judged = new Map<string, Reviewed>()
    let current = await subjects()
    for (let round = 1; current; round += 1) {
      if (round > maxRounds) throw new Error('the pull requests with this head keep changing')
      for (const subject of current) {
        if (!judged.has(subject.key)) judged.set(subject.key, await this.#review(session, subject))
      }
      const now = await subjects()
      if (now && sameSubjects(current, now)) {
        const [first, ...rest] = now.flatMap(({ key }) => judged.get(key) ?? [])
        if (!first) throw new Error('a commit is judged for something')
        return [first, ...rest]
      }
      current = now
    }
    return undefined
  }

  async #review({ signal, client }: Session, subject: Subject): Promise<Reviewed> {
    const reviewed = await this.#slots.run(async () => {
      const change = await subject.readChange()
      return { change, ...(await this.#options.review(change, signal, client.github)) }
    }, signal)
    // A review that ended all the same although it was told to stop may have been told half of what it asked for.
    signal.throwIfAborted()
    const conclusion = reviewed.policyErrors.length > 0 ? 'failure' : reviewed.conclusion
    return { ...reviewed, conclusion, label: subject.label }
  }

  async #comment(session: Session, { pull }: Head, reviewed: Reviewed, last: boolean): Promise<Published> {
    const none = { shown: new Set<string>(), left: 0, moved: false }
    if (!pull) return none
    const { report, policy, change } = reviewed
    const warn = (text: string): void => this.#options.log.warn({ pull: pull.number }, text)
    try {
      const { client, identity } = session
      const threshold = policy.comments
      const diff = await readDiff(client, pull, change, selectFindings(report, threshold.from))
      return await publishComments({ client, identity, pull, warn }, { report, threshold, diff })
    } catch (error) {
      // After the last attempt the verdict matters more than its comments.
      if (!last || !isTransient(error) || session.signal.aborted) throw error
      warn('comments could not be published')
      return { ...none, left: selectFindings(report, policy.comments.from).length }
    }
  }

  /** Nothing may stay in progress on a commit that nobody waits for; one that is still a head is reviewed instead. */
  async #settle(session: Session, sha: string): Promise<ReviewEnd> {
    const key = deskKey(session.repository, sha)
    return this.#desk.alone(key, async () => {
      if (this.#desk.atWork(key) > 0) return done()
      const pulls = await listPullRequestsWithHead(session.client, sha)
      if (pulls.length > 0) {
        return done(pulls.map(({ number }) => ({ ...planPullRequest(session.repository, number), onlyIfIdle: true })))
      }
      await this.#cancel(session, sha)
      return done()
    })
  }

  async #cancel(session: Session, sha: string, notice?: Notice): Promise<void> {
    for (const name of [checkName, branchCheckName]) {
      await cancelCheck({ client: session.client, appId: session.identity.id, sha, name, externalId: '' }, notice)
    }
  }
}

/** Its own check would only say the same again under another name. */
const isCoveredByPullRequest = async ({ client }: Session, request: HeadRequest): Promise<boolean> =>
  request.kind === 'push' &&
  request.branch !== client.defaultBranch &&
  (await hasOpenPullRequest(client, request.branch))
