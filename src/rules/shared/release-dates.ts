import { major, minor } from 'semver'

export const dayMs = 86_400_000

/** Below 1.0.0 the minor is what a range stops at. Wants a valid version. */
export const lineOf = (version: string): string => (major(version) === 0 ? `0.${minor(version)}` : `${major(version)}`)

/** `2026-05-14` */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** `2026-05-14 10:00 UTC` */
export const minuteOf = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/**
 * What was odd about a release is found out within days, seldom within a year: one that has been there for longer was seen by everybody. `false`
 * where nobody knows what the time is.
 */
export const isLongAgo = (published: Date, reviewedAt: Date | undefined): boolean =>
  reviewedAt !== undefined && reviewedAt.getTime() - published.getTime() > 365 * dayMs
