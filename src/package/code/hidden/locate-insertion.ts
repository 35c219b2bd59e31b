import type { Cut, Place, Shape } from '../file-code.js'

/** What a text has that an older one had not, where all the rest is the same. */
export interface Insertion {
  readonly from: Place
  /** Behind it. */
  readonly to: Place
  /** Whether a line of the older text, or a piece of a long one, is gone: where something is put into a line, the line is another. */
  readonly replaces: boolean
}

/**
 * Where `now` is the older text with something put in near its start or its end; nothing where they are equal, where lines are only gone, or
 * where more than one line changed.
 */
export function locateInsertion(before: Shape, now: Shape): Insertion | undefined {
  const ends = pairs(before, now, behind)
  let best: { readonly start: Pair; readonly end: Pair } | undefined
  for (const start of pairs(before, now, ahead)) {
    for (const end of ends) {
      if (pieces(start.old, end.old) < 0 || pieces(start.old, end.old) > 1 || pieces(start.now, end.now) < 0) continue
      if (best === undefined || isNarrower(start, end, best.start, best.end)) best = { start, end }
    }
  }
  if (best === undefined || pieces(best.start.now, best.end.now) === 0) return undefined
  // All of it is another text.
  if (pieces(best.start.old, best.end.old) === piecesOf(before)) return undefined
  return {
    from: toPlace(best.start.now),
    to: toPlace(best.end.now),
    replaces: pieces(best.start.old, best.end.old) === 1,
  }
}

interface Pair {
  readonly old: Cut
  readonly now: Cut
}

const ahead = ([, , , digest]: Cut): number => digest
const behind = ([, , , , digest]: Cut): number => digest

/** Cuts with the same text on one side of them. */
function pairs(before: Shape, now: Shape, digestOf: (cut: Cut) => number): readonly Pair[] {
  const known = new Map(before.cuts.map((cut) => [digestOf(cut), cut]))
  return now.cuts.flatMap((cut) => {
    const old = known.get(digestOf(cut))
    return old === undefined ? [] : [{ old, now: cut }]
  })
}

const pieces = (from: Cut, to: Cut): number => to[2] - from[2]

const piecesOf = ({ cuts }: Shape): number => cuts.at(-1)?.[2] ?? 0

function isNarrower(start: Pair, end: Pair, otherStart: Pair, otherEnd: Pair): boolean {
  const old = pieces(start.old, end.old) - pieces(otherStart.old, otherEnd.old)
  return old < 0 || (old === 0 && pieces(start.now, end.now) < pieces(otherStart.now, otherEnd.now))
}

const toPlace = ([line, column]: Cut): Place => ({ line, column })
