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

/** GitHub refuses a check run's summary or text, and a comment, from 65,536 characters on; bytes are never fewer than characters. */
export const maxReportTextBytes = 60_000

/** One value of evidence in a comment or on a terminal; the JSON report has all of it. */
export const maxEvidenceCharacters = 600

/** Values of evidence shown for one finding; the JSON report has all of them. */
export const maxEvidenceShown = 8

/** A policy of 300 acceptances is half of this; from about 200 KB of `{` on, the YAML parser takes the whole process down. */
export const maxPolicyBytes = 64 * 1024

/** The policy's own shape is five levels deep; the parser recurses once a level. */
export const maxPolicyDepth = 20

/** Shown of one policy: whoever mends the first ones sees the rest in the next run. */
export const maxPolicyErrors = 50
