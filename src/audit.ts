import type { Snapshot } from './change/snapshot.js'
import { type ExamineOptions, examine } from './examine.js'
import { conclude, type Review } from './review.js'

export interface AuditOptions extends Omit<ExamineOptions, 'change' | 'audit'> {
  readonly head: Snapshot
}

/** A repository before its first file: against it everything that stands there is new. */
const nothing: Snapshot = {
  origin: { kind: 'directory', path: '' },
  list: () => Promise.resolve({ entries: [], gaps: [] }),
  read: () => Promise.resolve({ kind: 'absent' }),
}

/** One state of a repository, judged by the policy that stands in it. Rejects only when `signal` aborts or for a bug of ours. */
export async function audit({ head, ...options }: AuditOptions): Promise<Review> {
  const whole = { ...options, audit: true, change: { base: nothing, head, policy: head } }
  const review = conclude(whole, await examine(whole))
  const { base: _, ...report } = review.report
  return { ...review, report }
}
