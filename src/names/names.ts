import { maxPackageNameCharacters, maxResemblances } from '../limits.js'
import { closenessOf } from './closeness.js'
import { KnownScopes } from './known-scopes.js'
import { likenessesOf, type Spellings, spell } from './likenesses.js'
import { flattened, splitName } from './name-forms.js'
import type { Resemblance } from './resemblance.js'

export interface Names {
  /** It is itself well-known, or in a scope that well-known packages come from: nobody but their publisher can add to it. */
  isKnown(name: string): boolean
  /** The well-known packages that it may be taken for, the likeliest first, at most `maxResemblances`. */
  resemblances(name: string): readonly Resemblance[]
}

/** `ranked`: the well-known names, the most used first. */
export function openNames(ranked: readonly string[]): Names {
  const known = new Set(ranked)
  const scopes = new KnownScopes(ranked)
  // Most added packages are well-known themselves: nothing is compared, and nothing has to be spelled out, until one is not.
  let spellings: Spellings | undefined
  const isKnown = (name: string): boolean => known.has(name) || scopes.has(splitName(name).scope ?? '')
  return {
    isKnown,
    resemblances(name) {
      if (name.length > maxPackageNameCharacters || isKnown(name)) return []
      spellings ??= spell(ranked)
      const { scope } = splitName(name)
      const form = flattened(splitName(name))
      const compared = [...likenessesOf(name, spellings)].flatMap(([spelling, likeness]) => {
        const closeness = closenessOf(form, spelling, likeness)
        const { target, rank } = spelling
        return closeness === undefined ? [] : [{ target, rank, likeness, closeness }]
      })
      return likeliest([...compared, ...(scope === undefined ? [] : scopes.imitatedBy(scope))])
    },
  }
}

/** One for each well-known package: close before loose, then what is easiest overlooked, then what most people mean. */
function likeliest(all: readonly Resemblance[]): readonly Resemblance[] {
  const order = ({ closeness, likeness }: Resemblance): number =>
    (closeness === 'loose' ? 2 : 0) + (likeness === 'looks-alike' ? 0 : 1)
  const byTarget = new Map<string, Resemblance>()
  for (const one of [...all].sort((a, b) => order(a) - order(b) || a.rank - b.rank))
    if (!byTarget.has(one.target)) byTarget.set(one.target, one)
  return [...byTarget.values()].slice(0, maxResemblances)
}
