import type { BroughtRelease } from '../../facts/identity/brought-release.js'

/** Scripts that publish a whole repository need no longer for its packages, and two people seldom meet in so short a time. */
const minutesMs = 10 * 60_000

/** Two packages, one of which needs the other, are released after each other every day. */
const several = 3

/** One account publishes thousands of packages there that have nothing to do with each other, whenever one of them changes. */
const sharedScopes: ReadonlySet<string> = new Set(['@types'])

export interface ReleasedTogether {
  readonly by: 'scope' | 'account'
  readonly siblings: readonly BroughtRelease[]
}

const scopeOf = (name: string): string | undefined => /^(@[^/]+)\//.exec(name)?.[1]

const isWithinMinutes = (one: Date, other: Date): boolean => Math.abs(one.getTime() - other.getTime()) <= minutesMs

/** Other packages of the same scope that came out within minutes, or where it has none of the same account; undefined where they are few. */
export function siblingsOf(own: BroughtRelease, together: readonly BroughtRelease[]): ReleasedTogether | undefined {
  const scope = scopeOf(own.name)
  if (scope !== undefined && sharedScopes.has(scope)) return undefined
  const isKin = (other: BroughtRelease): boolean =>
    scope === undefined
      ? scopeOf(other.name) === undefined && own.publisher !== undefined && own.publisher === other.publisher
      : scopeOf(other.name) === scope
  const near = together.filter(
    (other) => other.name !== own.name && isKin(other) && isWithinMinutes(other.published, own.published),
  )
  const siblings = [...new Map(near.map((other) => [other.name, other])).values()]
  return siblings.length + 1 < several ? undefined : { by: scope === undefined ? 'account' : 'scope', siblings }
}

/** How packages that came out together did so before: what most of those with a past did, beside at least one of the others. */
export type Habit = 'always' | 'sometimes' | 'never' | 'unknown'

/**
 * `always`: half of their releases or more, as in a repository whose packages share a version. `sometimes`: one at least, as in one that
 * releases what has changed, of which a change of ours sees only a part.
 */
export function habitOf(group: readonly BroughtRelease[]): Habit {
  const withPast = group.filter(({ earlier }) => earlier.length > 0)
  if (withPast.length < 2) return 'unknown'
  const shares = withPast.map((one) => {
    const others = withPast.filter(({ name }) => name !== one.name).flatMap(({ earlier }) => earlier)
    const accompanied = one.earlier.filter(({ published }) =>
      others.some((other) => isWithinMinutes(other.published, published)),
    )
    return accompanied.length / one.earlier.length
  })
  const most = (isSo: (share: number) => boolean): boolean => shares.filter(isSo).length * 2 >= shares.length
  if (most((share) => share >= 0.5)) return 'always'
  return most((share) => share > 0) ? 'sometimes' : 'never'
}
