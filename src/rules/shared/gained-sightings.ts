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
  const [kindsBefore, kindsNow] = [count(before, keyOf), count(places, keyOf)]
  // Most kinds are as many as before: only the others are looked at file by file.
  const isMore = (place: SightingAt): boolean => more(kindsNow, kindsBefore, keyOf(place))
  const [known, grown] = [before.filter(isMore), places.filter(isMore)]
  const written = new Set(known.map((place) => keyOf(place) + bare(place.excerpt)))
  const [hereBefore, hereNow] = [count(known, keyIn), count(grown, keyIn)]
  return grown.filter(
    (place) => more(hereNow, hereBefore, keyIn(place)) && !written.has(keyOf(place) + bare(place.excerpt)),
  )
}

/** What is done, with what, and whether by itself: not where, which moves. */
const keyOf = ({ capability, detail, constant = '', when }: SightingAt): string =>
  `${capability}\n${detail}\n${constant}\n${when !== 'call'}`

const bare = (excerpt: string): string => excerpt.replace(/\s+/g, '')

const keyIn = (place: SightingAt): string => `${place.file}\n${keyOf(place)}`

type Counts = ReadonlyMap<string, number>

const more = (now: Counts, before: Counts, key: string): boolean => (now.get(key) ?? 0) > (before.get(key) ?? 0)

function count(places: readonly SightingAt[], toKey: (place: SightingAt) => string): Counts {
  const counts = new Map<string, number>()
  for (const place of places) {
    const key = toKey(place)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
