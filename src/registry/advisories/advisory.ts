import type { Gap } from '../../gap.js'
import type { PackageReference } from '../registry.js'

export type AdvisorySeverity = 'unknown' | 'low' | 'moderate' | 'high' | 'critical'

/** A published statement that one version of a package is vulnerable or malicious, and stands: withdrawn ones are none. */
export interface Advisory {
  /** `GHSA-…`, `MAL-…`. */
  readonly id: string
  /** Its other ids, sorted: `CVE-…` among them. One vulnerability is one advisory, however many databases list it. */
  readonly aliases: readonly string[]
  readonly summary: string
  /** In words of the database; `unknown` where it states none. */
  readonly severity: AdvisorySeverity
  /** The package is malware, not merely wrong. */
  readonly malicious: boolean
  /** The lowest version of the same line that is said to be free of it: valid semver. */
  readonly fixed?: string
  /** The fixed versions of all lines: valid semver. */
  readonly fixes: readonly string[]
  readonly link: string
}

/** By `name@version`: `[]` for what has none. What was asked for and is missing here is hidden by `gap`. */
export interface AdvisoryLookup {
  readonly found: ReadonlyMap<string, readonly Advisory[]>
  readonly gap?: Gap
}

/** A database of advisories. Rejects only when `signal` aborts; every expected failure is a gap, one for all that it hides. */
export interface AdvisorySource {
  lookup(references: readonly PackageReference[], signal?: AbortSignal): Promise<AdvisoryLookup>
}

export const referenceKey = ({ name, version }: PackageReference): string => `${name}@${version}`

/** The one gap of a lookup. It names no package: what hides a thousand of them for one reason is said once. */
export const advisoriesUnavailable = (detail: string): Gap => ({
  code: 'advisories-unavailable',
  fact: 'advisories',
  detail,
})
