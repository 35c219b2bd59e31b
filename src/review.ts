import type { Change } from './change/change.js'
import type { Policy } from './policy/policy.js'
import type { Registry } from './registry/registry.js'
import type { Report } from './report/report.js'
import type { PackageStore } from './store/package-store.js'

export interface ReviewOptions {
  readonly change: Change
  /** Builds the registry once base's policy is known: scopes and hosts come from it and from the operator. */
  readonly openRegistry: (policy: Policy) => Registry
  readonly store: PackageStore
  readonly now: Date
  readonly concurrency: number
  /** The operator's flags, which win over the policy. */
  readonly overrides?: { readonly failOn?: Policy['failOn'] }
  readonly signal?: AbortSignal
  readonly progress?: (text: string) => void
}

/** The report, and the policy that it was judged by. */
export interface Review {
  readonly report: Report
  readonly policy: Policy
}

/** The pipeline. Rejects only when `signal` aborts or for a bug of ours. */
export declare function review(options: ReviewOptions): Promise<Review>
