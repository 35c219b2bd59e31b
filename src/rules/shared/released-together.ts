import { type BroughtRelease, isTogether, type Together } from '../../facts/identity/brought-release.js'
import { maxHeldTogether } from '../../limits.js'

/** Two packages, one of which needs the other, are released after each other every day. */
const several = 3

/** One account publishes thousands of packages there that have nothing to do with each other, whenever one of them changes. */
const sharedScopes: ReadonlySet<string> = new Set(['@types'])

export interface ReleasedTogether {
  readonly by: 'scope' | 'account'
  readonly siblings: readonly BroughtRelease[]
}

const scopeOf = (name: string): string | undefined => /^(@[^/]+)\//.exec(name)?.[1]

/** Other packages of the same scope, or where it has none of the same account; undefined where they are few. */
export function siblingsOf({ own, others }: Together): ReleasedTogether | undefined {
  const scope = scopeOf(own.name)
  if (scope !== undefined && sharedScopes.has(scope)) return undefined
  const isKin = (other: BroughtRelease): boolean =>
    scope === undefined
      ? scopeOf(other.name) === undefined && own.publisher !== undefined && own.publisher === other.publisher
      : scopeOf(other.name) === scope
  const siblings = [...new Map(others.filter(isKin).map((other) => [other.name, other])).values()]
  siblings.sort((one, other) => (one.name < other.name ? -1 : 1))
  return siblings.length + 1 < several ? undefined : { by: scope === undefined ? 'account' : 'scope', siblings }
}

/** How packages that came out together did so before: what most of those with a past did, beside at least one of the others. */
export type Habit = 'always' | 'sometimes' | 'never' | 'unknown'

/**
 * `always`: half of their releases or more, as in a repository whose packages share a version. `sometimes`: one at least, as in one that
 * releases what has changed, of which a change of ours sees only a part.
 */
export function habitOf(group: readonly BroughtRelease[]): Habit {
  const withPast = group.filter(({ earlier }) => earlier.length > 0).slice(0, maxHeldTogether)
  if (withPast.length < 2) return 'unknown'
  const shares = sharesAccompanied(withPast)
  const most = (isSo: (share: number) => boolean): boolean => shares.filter(isSo).length * 2 >= shares.length
  if (most((share) => share >= 0.5)) return 'always'
  return most((share) => share > 0) ? 'sometimes' : 'never'
}

/** Of each package, the part of its earlier releases that had one of another package within minutes. */
function sharesAccompanied(group: readonly BroughtRelease[]): readonly number[] {
  const dated = group
    .flatMap(({ name, earlier }) => earlier.map((one) => ({ name, ...one })))
    .sort((one, other) => one.published.getTime() - other.published.getTime())
  const counts = new Map<string, number>()
  for (const [at, one] of dated.entries()) {
    const meets = (step: 1 | -1): boolean => {
      for (let n = at + step; ; n += step) {
        const next = dated[n]
        if (next === undefined || !isTogether(next, one)) return false
        if (next.name !== one.name) return true
      }
    }
    if (meets(-1) || meets(1)) counts.set(one.name, (counts.get(one.name) ?? 0) + 1)
  }
  return group.map(({ name, earlier }) => (counts.get(name) ?? 0) / earlier.length)
}
