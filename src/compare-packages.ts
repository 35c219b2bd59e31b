import semver from 'semver'
import { contentGaps, serverGaps } from './facts/content-gaps.js'
import type { CollectedFacts } from './facts/facts.js'
import { type Gap, known, matters, unknown } from './gap.js'
import { isIncomplete, type LoadedPackage, lockedAt } from './load-package.js'
import type { DependencyChange } from './lockfile/dependency-change.js'
import { serverAllowances, serviceOwners } from './policy/mcp-policy.js'
import type { Policy } from './policy/policy.js'
import { toolAllowances } from './policy/tool-allowances.js'
import { type Judgement, judge } from './policy/verdict.js'
import { buildReport } from './report/build-report.js'
import type { Report } from './report/report.js'
import { applyRules } from './rules/apply.js'
import { configureRules } from './rules/configure.js'
import { rules } from './rules/index.js'

/** The report of a change that exchanges one package for another, and what follows from it. */
export interface PackageComparison extends Judgement {
  readonly report: Report
}

/** What the rules say of a package that takes another's place, whether or not a lockfile ever did that. */
export function comparePackages(before: LoadedPackage, after: LoadedPackage, policy: Policy): PackageComparison {
  const change = toChange(before, after)
  const { findings, skipped } = applyRules(configureRules(rules, policy.rules), change, factsOf(before, after, policy))
  const gaps: Gap[] = [
    ...after.gaps,
    ...hiddenContent(after),
    ...previousGaps(before),
    ...skipped.map(({ gap }) => gap),
  ]
  const analysed = isIncomplete(after) ? 0 : 1
  const draft = buildReport({
    verdict: 'incomplete',
    base: { kind: 'directory', path: label(before) },
    head: { kind: 'directory', path: label(after) },
    changes: [change],
    findings,
    gaps,
    notes: [],
    coverage: {
      changed: 1,
      expected: 1,
      analysed,
      unverified: 1 - analysed,
      filesAnalysed: after.content?.code?.analysed ?? 0,
      filesSkipped: after.content?.code?.unanalysed ?? 0,
    },
    timings: {},
    locate: () => null,
  })
  const judgement = judge(draft, policy)
  // No repository holds them: what has a place is the evidence, inside the package.
  const placeless = draft.findings.map(({ location: _, locations: __, ...finding }) => finding)
  return { ...judgement, report: { ...draft, verdict: judgement.verdict, findings: placeless } }
}

export const label = ({ name, version }: LoadedPackage): string => (version === '' ? name : `${name}@${version}`)

function toChange(before: LoadedPackage, after: LoadedPackage): DependencyChange {
  const goesBack =
    semver.valid(before.version) !== null &&
    semver.valid(after.version) !== null &&
    semver.lt(after.version, before.version)
  return {
    kind: goesBack ? 'downgraded' : 'upgraded',
    lockfile: '',
    manager: 'npm',
    name: after.name,
    before: lockedAt(before.version),
    after: lockedAt(after.version),
    beforeStays: false,
    direct: true,
    dev: false,
    optional: false,
    bundled: false,
    paths: [],
  }
}

function factsOf(before: LoadedPackage, after: LoadedPackage, policy: Policy): CollectedFacts {
  const none = {
    expectations: 'not-applicable',
    publication: 'not-applicable',
    packument: 'not-applicable',
    provenance: 'not-applicable',
    previousProvenance: 'not-applicable',
    signature: 'not-applicable',
    times: 'not-applicable',
    pins: 'not-applicable',
    manifest: 'not-applicable',
    integrity: 'not-applicable',
    // They are held against each other by what they hold, not by what is said of them.
    advisories: 'not-applicable',
    package: 'not-applicable',
    // Two packages that a person names are no repository, and whoever compares them knows how old they are.
    servers: 'not-applicable',
    together: 'not-applicable',
    unproven: 'not-applicable',
    internal: 'not-applicable',
    ownNames: 'not-applicable',
    approvals: 'not-applicable',
    namesake: 'not-applicable',
    lookalike: 'not-applicable',
    reviewedAt: 'not-applicable',
    releasePolicy: 'not-applicable',
    tools: known(toolAllowances(policy)(after.name)),
    allowance: known(serverAllowances(policy)(after.name)),
    services: known(serviceOwners(policy)),
  } as const
  const [gap] = previousGaps(before)
  const previousPackage =
    before.content !== undefined ? known(before.content) : gap === undefined ? 'not-applicable' : unknown(gap)
  return { ...none, ...after.facts, previousPackage }
}

/** What stayed unknown of a package that was read. */
const hiddenContent = (loaded: LoadedPackage): readonly Gap[] =>
  loaded.content === undefined
    ? []
    : [...contentGaps(label(loaded), loaded.content), ...serverGaps(label(loaded), loaded.content)]

/** What is compared with was asked for by name: unlike in a review, its absence weighs as much as the other's. */
const previousGaps = ({ gaps, content }: LoadedPackage): readonly Gap[] =>
  content === undefined ? gaps.filter(matters) : []
