import { Minimatch } from 'minimatch'
import type { Policy } from './policy.js'

/** Whether the policy's `paths.ignore` names a path, so that a change there is only a note. */
export function ignoredPaths({ paths }: Pick<Policy, 'paths'>): (path: string) => boolean {
  const patterns = paths.ignore.map((glob) => new Minimatch(glob, { dot: true, nonegate: true, nocomment: true }))
  return (path) => patterns.some((pattern) => pattern.match(path))
}
