import { major, minor } from 'semver'
import type { DependencyChange } from '../../lockfile/dependency-change.js'

export const dayMs = 86_400_000

/** Below 1.0.0 the minor is what a range stops at. Wants a valid version. */
export const lineOf = (version: string): string => (major(version) === 0 ? `0.${minor(version)}` : `${major(version)}`)

/** `2026-05-14` */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** `2026-05-14 10:00 UTC` */
export const minuteOf = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/**
 * Whether what was odd about a release is history: a package that is new here, in a version that everybody could look at for more than a year. For a
 * package that base has it is news all the same, since it happened after base's version. `false` where nobody knows what the time is.
 */
export const isHistory = (
  { kind }: Pick<DependencyChange, 'kind'>,
  published: Date,
  reviewedAt: Date | undefined,
): boolean => kind === 'added' && reviewedAt !== undefined && reviewedAt.getTime() - published.getTime() > 365 * dayMs
