import { contentGaps } from '../../src/facts/content-gaps.js'
import type { CollectedFacts } from '../../src/facts/facts.js'
import { type Gap, known } from '../../src/gap.js'
import { lockedAt } from '../../src/load-package.js'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import { lazyNames } from '../../src/names/known-names.js'
import { serverAllowances, serviceOwners } from '../../src/policy/mcp-policy.js'
import { defaultPolicy } from '../../src/policy/policy.js'
import { applyRules } from '../../src/rules/apply.js'
import { configureRules } from '../../src/rules/configure.js'
import type { Finding } from '../../src/rules/finding.js'
import { rules } from '../../src/rules/index.js'
import { severities } from '../../src/rules/rule.js'
import type { CaseFacts } from './case-facts.js'
import { type CorpusCase, isUpgrade } from './corpus-case.js'

export interface Judged {
  readonly case: CorpusCase
  /** The worst first. */
  readonly findings: readonly Finding[]
  /** What would keep a review from being complete. */
  readonly gaps: readonly Gap[]
}

const names = await lazyNames()()

/** What a review under the default policy says of a case. */
export function judgeCase(one: CorpusCase, facts: CaseFacts): Judged {
  const { findings, skipped } = applyRules(
    configureRules(rules, defaultPolicy.rules),
    toChange(one, facts),
    toCollected(facts),
  )
  const worstFirst = findings.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
  const gaps = [...contentGaps(labelOfPackage(one), facts.package), ...skipped.map(({ gap }) => gap)]
  return { case: one, findings: worstFirst, gaps }
}

/** Those that are loud and that nobody argued for. */
export const unargued = ({ case: one, findings }: Judged): readonly Finding[] =>
  findings.filter((finding) => isLoud(finding) && !(one.argued ?? []).some(({ rule }) => rule === finding.rule))

/** Rules that are argued for and no longer speak: the argument is to go. */
export const idleArguments = ({ case: one, findings }: Judged): readonly string[] =>
  (one.argued ?? [])
    .map(({ rule }) => rule)
    .filter((rule) => !findings.some((finding) => finding.rule === rule && isLoud(finding)))

/** At or above what makes a check fail where no policy says otherwise. */
export const isLoud = ({ severity }: Pick<Finding, 'severity'>): boolean =>
  severity === 'high' || severity === 'critical'

/** Loud for more than that an MCP server's tools say something else, which is told of every such change and is no false alarm. */
export const isLoudOfCode = ({ findings }: Judged): boolean =>
  findings.some((finding) => isLoud(finding) && finding.rule !== 'tool-changed')

/** As a lockfile would have it that somebody upgraded, or added a direct dependency to. */
export function toChange(
  one: CorpusCase,
  { package: now, previousPackage: before }: Pick<CaseFacts, 'package' | 'previousPackage'>,
): DependencyChange {
  return {
    kind: isUpgrade(one) ? 'upgraded' : 'added',
    lockfile: 'package-lock.json',
    manager: 'npm',
    name: one.name,
    ...(one.before !== undefined && before && { before: { ...lockedAt(one.before), integrity: before.integrity } }),
    after: { ...lockedAt(one.after), integrity: now.integrity },
    beforeStays: false,
    direct: true,
    dev: false,
    optional: false,
    bundled: false,
    paths: [[one.name]],
  }
}

function toCollected(facts: CaseFacts): CollectedFacts {
  const { integrity } = facts.package
  return {
    expectations: known({ defaultHosts: [], scopeHosts: {}, allowedHosts: [] }),
    publication: known({ state: 'published' }),
    packument: known({
      name: facts.manifest.name ?? '',
      versions: facts.versions,
      time: {},
      distTags: {},
      releases: new Map(),
      securityHolding: false,
      unpublished: false,
    }),
    times: 'not-applicable',
    release: 'not-applicable',
    provenance: 'not-applicable',
    previousProvenance: 'not-applicable',
    signature: 'not-applicable',
    advisories: 'not-applicable',
    manifest: known(facts.manifest),
    integrity: known({ locked: integrity, stated: integrity, agreement: 'same' }),
    package: known(facts.package),
    previousPackage: facts.previousPackage === undefined ? 'not-applicable' : known(facts.previousPackage),
    tools: known({ build: false, release: false }),
    pins: known([]),
    allowance: known(serverAllowances(defaultPolicy)(facts.manifest.name ?? '')),
    services: known(serviceOwners(defaultPolicy)),
    servers: 'not-applicable',
    together: 'not-applicable',
    unproven: 'not-applicable',
    internal: known(false),
    // No repository: nobody's own names, and no settings.
    ownNames: 'not-applicable',
    approvals: 'not-applicable',
    namesake: 'not-applicable',
    // Nobody asks who publishes it: the name has to be quiet by itself.
    lookalike: known({
      resembled: names
        .resemblances(facts.manifest.name ?? '')
        .map((one) => ({ ...one, publisher: 'unknown' as const })),
    }),
    reviewedAt: 'not-applicable',
    releasePolicy: 'not-applicable',
  }
}

const labelOfPackage = ({ name, after }: CorpusCase): string => `${name}@${after}`
