import { type Examined, type ExamineOptions, examine } from './examine.js'
import { locate } from './lockfile/locate.js'
import type { ProjectsDiff } from './lockfile/projects.js'
import { applyAcceptances } from './policy/acceptances.js'
import type { Policy } from './policy/policy.js'
import type { PolicyRead } from './policy/read-policy.js'
import { type Judgement, judge } from './policy/verdict.js'
import { buildReport } from './report/build-report.js'
import type { Report } from './report/report.js'

export type { BaseRegistries } from './examine.js'
export type ReviewOptions = ExamineOptions

/** The report, the policy that it was judged by, and what follows from both. */
export interface Review extends Judgement {
  readonly report: Report
  readonly policy: Policy
  /** Mistakes in base's or the operator's policy file, which was therefore not used. */
  readonly policyErrors: PolicyRead['errors']
}

/** Two states of a repository. Rejects only when `signal` aborts or for a bug of ours. */
export async function review(options: ReviewOptions): Promise<Review> {
  return conclude(options, await examine(options))
}

/** Acceptances, then the verdict, then the report that states it. */
export function conclude({ change, now }: ExamineOptions, examined: Examined): Review {
  const { policy, read, projects, coverage, timings } = examined
  const accepted = applyAcceptances(
    policy.accept,
    { findings: examined.findings, gaps: [...read.gaps, ...projects.gaps, ...examined.gaps] },
    { now, integritiesOf: integritiesIn(projects) },
  )
  const draft = buildReport({
    verdict: 'incomplete',
    base: change.base.origin,
    head: change.head.origin,
    changes: projects.changes,
    findings: accepted.findings,
    gaps: accepted.gaps,
    notes: [...read.notes, ...projects.notes, ...accepted.notes],
    coverage,
    timings,
    locate: (anchor) => locate(anchor, projects.head),
  })
  const judgement = judge(draft, policy)
  const report: Report = { ...draft, verdict: judgement.verdict }
  return { ...judgement, report, policy, policyErrors: read.errors }
}

/** Every integrity that head locks for a package at a version. */
function integritiesIn({ changes }: ProjectsDiff): (name: string, version: string) => readonly string[] {
  const integrities = new Map<string, string[]>()
  for (const { name, after } of changes) {
    if (after?.integrity === undefined) continue
    const key = `${name}@${after.version}`
    integrities.set(key, [...(integrities.get(key) ?? []), after.integrity])
  }
  return (name, version) => integrities.get(`${name}@${version}`) ?? []
}
