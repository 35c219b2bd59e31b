import type { Snapshot } from '../change/snapshot.js'
import type { Clock } from '../clock.js'
import type { Policy } from '../policy/policy.js'
import { withAudit } from '../report/audit-check.js'
import type { Report } from '../report/report.js'
import { amendCheck, checkName } from './check-run.js'
import { deskKey, type HeadDesk } from './head-desk.js'
import type { GitHub } from './octokit.js'
import { readBranchTip } from './pull-request.js'
import { readState } from './read-change.js'
import type { AuditRequest, PlannedReview } from './review-request.js'
import type { Session } from './session.js'

/** One state of a repository and who may tighten its policy. */
export interface State {
  readonly head: Snapshot
  readonly organisationPolicy?: Snapshot
}

/** How a state stands, as `audit.ts` tells it. `github` is the installation's client. Rejects when `signal` aborts, and for a bug of ours. */
export type AuditState = (
  state: State,
  signal: AbortSignal,
  github: GitHub,
) => Promise<{ readonly report: Report; readonly policy: Policy }>

export interface AuditDeskOptions {
  readonly audit: AuditState
  readonly clock: Clock
  readonly heads: HeadDesk
}

type AuditEnd =
  | { readonly kind: 'done'; readonly next: readonly PlannedReview[] }
  | { readonly kind: 'later'; readonly at: number }

/** Beside the reviews, whose places they must not take. */
const auditsAtOnce = 2

const waitMs = 60_000

/** Adds to the check runs of pushes how their repositories stand, when all that somebody waits for is done. */
export class AuditDesk {
  readonly #options: AuditDeskOptions
  #running = 0

  constructor(options: AuditDeskOptions) {
    this.#options = options
  }

  async add(session: Session, { repository, sha }: AuditRequest): Promise<AuditEnd> {
    const { audit, clock, heads } = this.#options
    const done: AuditEnd = { kind: 'done', next: [] }
    const later = (): AuditEnd => ({ kind: 'later', at: clock.now() + waitMs })
    // Not in a queue here: a job that waits holds a lane, and reviews need these.
    if (this.#running >= auditsAtOnce) return later()
    this.#running += 1
    try {
      const { client, identity, signal } = session
      if ((await readBranchTip(client, client.defaultBranch)) !== sha) return done
      const { report, policy } = await audit(await readState(session, sha), signal, client.github)
      // An audit that ended all the same although it was told to stop may have been told half of what it asked for.
      signal.throwIfAborted()
      const key = deskKey(repository, sha)
      return await heads.alone(key, async () => {
        if (heads.atWork(key) > 0) return later()
        const target = { client, appId: identity.id, sha, name: checkName }
        return (await amendCheck(target, (output) => withAudit(output, report, policy))) ? done : later()
      })
    } finally {
      this.#running -= 1
    }
  }
}
