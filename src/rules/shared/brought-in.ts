import type { PostureState } from '../../repository/posture/posture-state.js'
import type { RepositoryChange } from '../../repository/repository-change.js'
import type { Observation } from '../rule.js'

/**
 * What a rule saw in one state of the repository, under what makes it the same in the other state: what it says, never the line. With the file
 * in the key it stays where it is; without, it may move from file to file.
 */
export interface Keyed {
  readonly key: string
  readonly observation: Observation
}

/** What head has and base has not; without a base, all of it. What base has twice and head three times, the change brings in once: the last one. */
export function broughtIn(
  { posture }: RepositoryChange,
  observe: (state: PostureState) => readonly Keyed[],
): readonly Observation[] {
  if (posture === undefined) return []
  const now = observe(posture.after)
  if (posture.before === undefined) return now.map(({ observation }) => observation)
  const was = observe(posture.before)
  // First what stays in its file, so that what comes to another one is told of there; then what moved between files.
  const stayed = withoutPairs(now, was, (one) => keyOf(one.key, fileOf(one)))
  const left = withoutPairs(was, now, (one) => keyOf(one.key, fileOf(one)))
  return withoutPairs(stayed, left, ({ key }) => key).map(({ observation }) => observation)
}

/** Those of `all` that have no other one in `others` under the same key, one for one. */
function withoutPairs(
  all: readonly Keyed[],
  others: readonly Keyed[],
  keyBy: (one: Keyed) => string,
): readonly Keyed[] {
  const counts = new Map<string, number>()
  for (const one of others) counts.set(keyBy(one), (counts.get(keyBy(one)) ?? 0) + 1)
  return all.filter((one) => {
    const left = counts.get(keyBy(one)) ?? 0
    counts.set(keyBy(one), left - 1)
    return left <= 0
  })
}

function fileOf({ observation }: Keyed): string {
  const [anchor] = observation.anchors
  return anchor.kind === 'line' || anchor.kind === 'file' ? anchor.file : ''
}

/** One text of several that cannot be mistaken for another one's. */
export const keyOf = (...parts: readonly (string | number | boolean | undefined)[]): string => JSON.stringify(parts)
