import type { PostureState } from '../../repository/posture/posture-state.js'
import type { RepositoryChange } from '../../repository/repository-change.js'
import type { Observation } from '../rule.js'

/** What a rule saw in one state of the repository, under what makes it the same in the other state: the file and what it says, never the line. */
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
  const had = new Map<string, number>()
  for (const { key } of observe(posture.before)) had.set(key, (had.get(key) ?? 0) + 1)
  return now.flatMap(({ key, observation }) => {
    const left = had.get(key) ?? 0
    had.set(key, left - 1)
    return left > 0 ? [] : [observation]
  })
}

/** One text of several that cannot be mistaken for another one's. */
export const keyOf = (...parts: readonly (string | number | boolean | undefined)[]): string => JSON.stringify(parts)
