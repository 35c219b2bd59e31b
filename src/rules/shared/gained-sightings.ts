import type { Capability } from '../../package/code/file-code.js'
import type { AnalysedFile } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { isAside } from './aside.js'
import { type SightingAt, sightingsIn } from './changed-code.js'

/**
 * The places with one of the abilities that this version brings; all of them where there is no version before. Code that moved to another
 * file, or was bundled anew, is not new: there must be more of the same than before, in a file that has more of it, and not as it was
 * written before. What now runs by itself is new, though it was there to be called. Tests and examples that nothing leads to do not count.
 */
export function gainedSightings(
  now: PackageFacts,
  previous: PackageFacts | undefined,
  abilities: ReadonlySet<Capability>,
): readonly SightingAt[] {
  const placesOf = (files: readonly AnalysedFile[]): readonly SightingAt[] =>
    files.filter((file) => !isAside(file)).flatMap((file) => sightingsIn(file, abilities))
  const places = placesOf(now.code?.files ?? [])
  const before = placesOf(previous?.code?.files ?? [])
  if (before.length === 0) return places
  const written = new Set(before.map((place) => keyOf(place) + bare(place.excerpt)))
  const [countBefore, countNow] = [count(before), count(places)]
  return places.filter((place) => {
    const kind = keyOf(place)
    const here = `${place.file}\n${kind}`
    return (
      (countNow.get(kind) ?? 0) > (countBefore.get(kind) ?? 0) &&
      (countNow.get(here) ?? 0) > (countBefore.get(here) ?? 0) &&
      !written.has(kind + bare(place.excerpt))
    )
  })
}

/** What is done, with what, and whether by itself: not where, which moves. */
const keyOf = ({ capability, detail, constant = '', when }: SightingAt): string =>
  `${capability}\n${detail}\n${constant}\n${when !== 'call'}`

const bare = (excerpt: string): string => excerpt.replace(/\s+/g, '')

/** Of each kind in all files, and in each. */
function count(places: readonly SightingAt[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const place of places) {
    const kind = keyOf(place)
    for (const key of [kind, `${place.file}\n${kind}`]) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
