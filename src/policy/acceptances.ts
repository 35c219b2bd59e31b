import semver from 'semver'
import ssri from 'ssri'
import type { Gap } from '../gap.js'
import type { Finding } from '../rules/finding.js'
import { isNotAfter } from './day.js'
import { matchesPackage } from './package-pattern.js'
import type { Acceptance } from './policy.js'

/** What a report says of an accepted finding or gap. */
export interface Accepted {
  readonly by: string
  readonly reason: string
  readonly until: string
}

type Acceptable = Pick<Finding, 'rule' | 'package'>

export interface Judgeable<F extends Acceptable, G extends Gap> {
  readonly findings: readonly F[]
  readonly gaps: readonly G[]
}

export interface AcceptanceContext {
  readonly now: Date
  /** Every integrity that head's lockfiles hold for a package at a version; those without one are not in the list. */
  readonly integritiesOf: (name: string, version: string) => readonly string[]
}

export interface AppliedAcceptances<F extends Acceptable, G extends Gap> {
  readonly findings: readonly (F & { readonly accepted?: Accepted })[]
  readonly gaps: readonly (G & { readonly accepted?: Accepted })[]
  /** One for each acceptance that ran out. */
  readonly notes: readonly string[]
}

/**
 * Marks what the policy's acceptances cover; nothing is left out. An acceptance counts up to the end of its last day in
 * UTC. What is about no package is only covered by the package `*` at the version `*`.
 */
export function applyAcceptances<F extends Acceptable, G extends Gap>(
  acceptances: readonly Acceptance[],
  { findings, gaps }: Judgeable<F, G>,
  context: AcceptanceContext,
): AppliedAcceptances<F, G> {
  const valid = acceptances.filter(({ until }) => isNotAfter(context.now, until))
  const expired = acceptances.filter((acceptance) => !valid.includes(acceptance))
  return {
    findings: findings.map((finding) => {
      const about = aboutFinding(finding)
      return marked(
        finding,
        valid.find((one) => 'rule' in one.covers && one.covers.rule === finding.rule && covers(one, about, context)),
      )
    }),
    gaps: gaps.map((gap) => {
      const about = aboutGap(gap)
      return marked(
        gap,
        valid.find((one) => 'gap' in one.covers && one.covers.gap === gap.code && covers(one, about, context)),
      )
    }),
    notes: expired.map(toExpiredNote),
  }
}

/** The package that a finding or a gap is about; undefined where it is about a file. */
type About = { readonly name: string; readonly version: string } | undefined

// A removed package has no new version: then only `*` covers it.
const aboutFinding = ({ package: it }: Acceptable): About => it && { name: it.name, version: it.after ?? '' }

// A name holds `@` only as its first character, so the next one starts the version, which may hold more of them.
function aboutGap({ package: it }: Gap): About {
  if (it === undefined) return undefined
  const at = it.indexOf('@', 1)
  return at === -1 ? { name: it, version: '' } : { name: it.slice(0, at), version: it.slice(at + 1) }
}

function marked<T extends object>(value: T, by: Acceptance | undefined): T & { readonly accepted?: Accepted } {
  return by === undefined ? value : { ...value, accepted: { by: by.by, reason: by.reason, until: by.until } }
}

function covers(acceptance: Acceptance, about: About, { integritiesOf }: AcceptanceContext): boolean {
  if (about === undefined) {
    return acceptance.package === '*' && acceptance.version === '*' && acceptance.integrity === undefined
  }
  return (
    matchesPackage(acceptance.package, about.name) &&
    coversVersion(acceptance.version, about.version) &&
    (acceptance.integrity === undefined || isOnly(acceptance.integrity, integritiesOf(about.name, about.version)))
  )
}

// An exact version means itself: semver would also take 1.0.0+other for it, which is another entry of a lockfile.
function coversVersion(range: string, version: string): boolean {
  if (range === '*' || range === version) return true
  return semver.valid(range) === null && semver.satisfies(version, range)
}

/**
 * Whether every locked integrity can only mean the accepted bytes. Of several hashes of one algorithm npm takes any, so
 * all of the strongest ones must be the accepted; another algorithm proves nothing.
 */
function isOnly(accepted: string, locked: readonly string[]): boolean {
  const wanted = ssri.parse(accepted, { single: true })?.toString()
  if (wanted === undefined || wanted === '' || locked.length === 0) return false
  return locked.every((integrity) => {
    const hashes = ssri.parse(integrity, { strict: true })
    if (hashes === null || Object.keys(hashes).length === 0) return false
    const strongest = hashes[hashes.pickAlgorithm()] ?? []
    return strongest.length > 0 && strongest.every((hash) => `${hash.algorithm}-${hash.digest}` === wanted)
  })
}

function toExpiredNote({ package: name, version, covers: what, until, by }: Acceptance): string {
  const covered = 'rule' in what ? what.rule : `the gap ${what.gap}`
  return `${by}: the acceptance of ${covered} for ${name} ${version} ran out on ${until} and counts for nothing`
}
