/**
 * Every reason why something could not be learnt, by its code. The value says whether the gap *matters*: it does when it
 * hides what would be installed, and then no report is `clear`; it does not when it hides only a signal about that.
 */
export const gapCodes = {
  'lockfile-unreadable': true,
  'lockfile-unsupported': true,
  'entry-unreadable': true,
  'repository-unreadable': true,
  'scope-not-allowed': true,
  'packument-unavailable': true,
  'manifest-unavailable': true,
  'tarball-unavailable': true,
  'tarball-invalid': true,
  'integrity-unverified': true,
  'policy-invalid': true,
  'file-unanalysed': true,
  'limit-reached': true,
  'internal-error': true,
  'previous-unavailable': false,
  'time-unavailable': false,
  'time-untrusted': false,
  'publisher-unavailable': false,
  'namesake-unavailable': false,
  'attestations-unavailable': false,
  'trust-root-unavailable': false,
  'keys-unavailable': false,
  'advisories-unavailable': false,
  'ecosystem-unsupported': false,
  'git-source-unread': false,
  'server-unresolved': false,
} as const satisfies Record<string, boolean>

export type GapCode = keyof typeof gapCodes

/** One thing that could not be learnt. `detail` is for people and may hold foreign text: it is escaped at output. */
export interface Gap {
  readonly code: GapCode
  /** `name@version` of the package that it is about. */
  readonly package?: string
  /** Path in the repository that it is about. */
  readonly file?: string
  /** The fact that is missing: a fact name such as `package`, or `lockfile`, `repository`, `policy`. */
  readonly fact: string
  readonly detail: string
  /**
   * Without it nothing is clear, whatever the code alone would say: the policy asks for this fact, or whoever is judged by it could have
   * taken it away.
   */
  readonly required?: boolean
}

export const matters = ({ code, required = false }: Gap): boolean => required || gapCodes[code]

/** A value, or the reason why there is none. */
export type Outcome<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly gap: Gap }

export const known = <T>(value: T): Outcome<T> => ({ known: true, value })

export const unknown = (gap: Gap): Outcome<never> => ({ known: false, gap })
