import type { Snapshot } from './snapshot.js'

/** What base → head did to a repository. Both doors build one and hand it to `review`. */
export interface Change {
  /** The merge base for a pull request. */
  readonly base: Snapshot
  readonly head: Snapshot
  /** Where the policy is read: the tip of the base branch, never the head. */
  readonly policy: Snapshot
  /** The organisation's `.github` repository, whose policy is a floor; absent on the command line. */
  readonly organisationPolicy?: Snapshot
}
