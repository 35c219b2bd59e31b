/**
 * Every number that bounds hostile input, each with its reason. Hitting one is a gap `limit-reached` and, for a tarball,
 * the finding tarball-unsafe. Units are in the names.
 */

/** npm's largest real lockfiles are under 10 MB; above this, reading costs more memory than a review may have. */
export const maxRepositoryFileBytes = 50 * 1024 * 1024

/** GitHub's recursive tree stops at 100,000 entries, and no maintained repository of that size was found. */
export const maxRepositoryFiles = 400_000

/** Shown per change: more ways to the same package tell a reviewer nothing new. */
export const maxPaths = 3
