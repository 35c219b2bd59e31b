import type { Severity } from '../rules/rule.js'
import { severities } from '../rules/rule.js'
import type { Policy } from './policy.js'

export type Verdict = 'clear' | 'flagged' | 'incomplete'

/** The parts of a report that decide about it. Accepted findings and accepted gaps count for nothing. */
export interface Judged {
  readonly findings: readonly { readonly severity: Severity; readonly accepted?: unknown }[]
  readonly gaps: readonly { readonly matters: boolean; readonly accepted?: unknown }[]
  readonly coverage: { readonly expected: number; readonly analysed: number; readonly unverified: number }
}

export interface Judgement {
  readonly verdict: Verdict
  /** Of the command line. */
  readonly exitCode: 0 | 1 | 2
  /** Of the check run. */
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
}

export type VerdictPolicy = Pick<Policy, 'failOn' | 'onIncomplete' | 'onFlaggedBelow'>

/**
 * Flagged at or above `failOn`, then incomplete, then flagged below, then clear: a finding below the threshold never
 * hides a gap that matters. `failOn: never` is about findings only: what could not be learnt is still incomplete.
 */
export function judge({ findings, gaps, coverage }: Judged, policy: VerdictPolicy): Judgement {
  const counted = findings.filter(({ accepted }) => accepted === undefined)
  if (counted.some(({ severity }) => isAtLeast(severity, policy.failOn))) {
    return { verdict: 'flagged', exitCode: 1, conclusion: 'failure' }
  }
  if (gaps.some(({ matters, accepted }) => matters && accepted === undefined) || !isAccountedFor(gaps, coverage)) {
    return { verdict: 'incomplete', exitCode: 2, conclusion: policy.onIncomplete }
  }
  if (counted.length > 0) return { verdict: 'flagged', exitCode: 0, conclusion: policy.onFlaggedBelow }
  return { verdict: 'clear', exitCode: 0, conclusion: 'success' }
}

/** `never` is above every severity. */
export function isAtLeast(severity: Severity, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && severities.indexOf(severity) >= severities.indexOf(threshold)
}

/** What was neither analysed nor is named by a gap fell out of the pipeline unseen: that must never read as clear. */
function isAccountedFor(gaps: Judged['gaps'], { expected, analysed, unverified }: Judged['coverage']): boolean {
  return analysed + unverified === expected && (unverified === 0 || gaps.length > 0)
}
