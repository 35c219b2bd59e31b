import type { Concept, Spot, Spots } from './lexicon.js'

/** The first spots of these concepts that follow each other, each at most so many characters after the one before; empty where there are none. */
export function chain(spots: Spots, path: readonly Concept[], gaps: readonly number[], from?: Spot): readonly Spot[] {
  const [concept, ...rest] = path
  if (concept === undefined) return []
  const [gap = 0, ...later] = from === undefined ? [0, ...gaps] : gaps
  for (const spot of spots[concept]) {
    if (from !== undefined && (spot.from < from.to || spot.from - from.to > gap)) continue
    const tail = chain(spots, rest, from === undefined ? gaps : later, spot)
    if (rest.length === 0 || tail.length > 0) return [spot, ...tail]
  }
  return []
}

export const isForeign = (spot: Spot | undefined): boolean => spot !== undefined && spot.tongue !== 'english'

export const within = (a: Spot, b: Spot, gap: number): boolean =>
  a.from < b.from ? b.from - a.to <= gap : a.from - b.to <= gap

/** An order not to do it; "do not forget to" and "never … without" are none. */
export function isDenied(verb: Spot, spots: Spots, reach: number): boolean {
  const denials = spots.not.filter(({ from, to }) => to <= verb.from && verb.from - to <= reach && from !== verb.from)
  const last = denials.at(-1)
  if (last === undefined || last.word === 'without') return false
  return !spots.ignore.some(({ from }) => from >= last.to && from < verb.from)
}
