import semver from 'semver'

/** A finding at or above high that a maintainer should see though the package is harmless, and why. */
export interface Argued {
  readonly rule: string
  readonly reason: string
}

/** A real package of the public registry that does what it says: an upgrade, or, without `before`, its first addition. */
export interface CorpusCase {
  readonly name: string
  readonly before?: string
  readonly after: string
  /** Why it is here. */
  readonly kind: string
  readonly argued?: readonly Argued[]
}

export const isUpgrade = ({ before }: CorpusCase): boolean => before !== undefined

/** Within one major line, as most upgrades are and as tools make them by themselves. */
export const isRoutine = ({ before, after }: CorpusCase): boolean =>
  before !== undefined && semver.major(before) === semver.major(after)

/** What a person types to name a case, and what its file is called: `name@after`, for an upgrade `name@before..after`. */
export const labelOf = ({ name, before, after }: CorpusCase): string =>
  before === undefined ? `${name}@${after}` : `${name}@${before}..${after}`
