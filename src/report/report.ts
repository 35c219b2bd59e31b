import type { SnapshotOrigin } from '../change/snapshot.js'
import type { Gap } from '../gap.js'
import type { Location } from '../lockfile/anchor.js'
import type { DependencyChangeKind } from '../lockfile/dependency-change.js'
import type { Manager } from '../lockfile/dependency-graph.js'
import type { Grade } from '../policy/grade.js'
import type { Verdict } from '../policy/verdict.js'
import type { Finding } from '../rules/finding.js'
import type { Severity } from '../rules/rule.js'
import type { Tree } from './tree.js'

export type { Verdict }

export interface ReportedVersion {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
}

export interface ReportedChange {
  readonly lockfile: string
  readonly manager: Manager
  readonly kind: DependencyChangeKind
  readonly name: string
  readonly before?: ReportedVersion
  readonly after?: ReportedVersion
  readonly direct: boolean
  readonly dev: boolean
  readonly optional: boolean
  readonly paths: readonly (readonly string[])[]
  readonly line: number | null
}

export interface ReportedFinding extends Omit<Finding, 'anchors'> {
  readonly location?: Location
  /** Further places of the same finding: other lockfiles, other lines. */
  readonly locations?: readonly Location[]
  readonly accepted?: { readonly by: string; readonly reason: string; readonly until?: string }
}

export interface ReportedGap extends Gap {
  readonly matters: boolean
  readonly accepted?: { readonly by: string; readonly reason: string; readonly until: string }
}

export interface Coverage {
  /** Dependency changes, removed ones included. */
  readonly changed: number
  /** Those whose content had to be learnt: not removed, linked or local. */
  readonly expected: number
  readonly analysed: number
  readonly unverified: number
  readonly filesAnalysed: number
  readonly filesSkipped: number
}

/** The frozen JSON of `review` and `audit`; `report/report.schema.json` describes it to others. */
export interface Report {
  readonly schemaVersion: 1
  readonly verdict: Verdict
  readonly base?: SnapshotOrigin
  readonly head: SnapshotOrigin
  readonly changes: readonly ReportedChange[]
  readonly findings: readonly ReportedFinding[]
  readonly gaps: readonly ReportedGap[]
  readonly notes: readonly string[]
  readonly coverage: Coverage
  /** Of an audit. */
  readonly grade?: Grade
  /** Of an audit. */
  readonly tree?: Tree
  /** Milliseconds by stage: the only part that may differ between two runs on the same input. */
  readonly timings: Readonly<Record<string, number>>
}

/** What decides an exit code and a check's conclusion besides the verdict itself. */
export interface Threshold {
  readonly failOn: Severity | 'never'
}
