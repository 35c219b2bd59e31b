import type { Anchor } from '../lockfile/anchor.js'
import type { Confidence, Evidence, Severity } from './rule.js'

/** An observation with all that the engine knows about it. */
export interface Finding {
  /** Of rule, package name, new version and stable evidence; never of a line number, a lockfile or the wording. */
  readonly fingerprint: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly package?: { readonly name: string; readonly before?: string; readonly after?: string }
  readonly message: string
  readonly fix: string
  readonly evidence: readonly Evidence[]
  readonly anchors: readonly [Anchor, ...Anchor[]]
}
