import { diffArrays } from 'diff'
import { maxDiffEdits } from '../limits.js'

/** A stretch of lines that both texts have, by index from 0. */
export interface Match {
  readonly oldIndex: number
  readonly newIndex: number
  readonly count: number
}

/** The lines that two texts, given as numbers, have in common, in order; null where they differ too much to say. */
export function findMatches(old: readonly number[], now: readonly number[]): readonly Match[] | null {
  const matches: Match[] = []
  let [oldStart, newStart] = [0, 0]
  // Between two lines that both texts have exactly once, the rest is diffed on its own: of a lockfile, one entry.
  for (const [oldEnd, newEnd] of [...findAnchors(old, now), [old.length, now.length] as const]) {
    const between = matchStretch(old, now, oldStart, oldEnd, newStart, newEnd)
    if (between === null) return null
    for (const match of between) matches.push(match)
    if (oldEnd < old.length) matches.push({ oldIndex: oldEnd, newIndex: newEnd, count: 1 })
    ;[oldStart, newStart] = [oldEnd + 1, newEnd + 1]
  }
  return matches
}

/** Pairs of indexes of lines that are unique in both texts, in the longest list that ascends on both sides. */
function findAnchors(old: readonly number[], now: readonly number[]): readonly (readonly [number, number])[] {
  const inOld = uniqueIndexes(old)
  const pairs: [number, number][] = []
  for (const [number, newIndex] of uniqueIndexes(now)) {
    const oldIndex = inOld.get(number)
    if (oldIndex !== undefined) pairs.push([oldIndex, newIndex])
  }
  return longestAscending(pairs.sort((one, other) => one[1] - other[1]))
}

function uniqueIndexes(lines: readonly number[]): ReadonlyMap<number, number> {
  const indexes = new Map<number, number>()
  const repeated = new Set<number>()
  lines.forEach((number, index) => {
    if (indexes.has(number)) repeated.add(number)
    else indexes.set(number, index)
  })
  for (const number of repeated) indexes.delete(number)
  return indexes
}

/** Patience sorting on the old index: O(n log n). */
function longestAscending(pairs: readonly [number, number][]): readonly (readonly [number, number])[] {
  const tops: number[] = []
  const previous: number[] = []
  pairs.forEach(([oldIndex], position) => {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tops[middle] ?? 0]?.[0] ?? 0) < oldIndex) low = middle + 1
      else high = middle
    }
    previous[position] = low > 0 ? (tops[low - 1] ?? -1) : -1
    tops[low] = position
  })
  const chosen: [number, number][] = []
  for (let position = tops.at(-1) ?? -1; position !== -1; position = previous[position] ?? -1) {
    const pair = pairs[position]
    if (pair !== undefined) chosen.push(pair)
  }
  return chosen.reverse()
}

function matchStretch(
  old: readonly number[],
  now: readonly number[],
  oldStart: number,
  oldEnd: number,
  newStart: number,
  newEnd: number,
): readonly Match[] | null {
  const shorter = Math.min(oldEnd - oldStart, newEnd - newStart)
  let head = 0
  while (head < shorter && old[oldStart + head] === now[newStart + head]) head += 1
  let tail = 0
  while (tail < shorter - head && old[oldEnd - 1 - tail] === now[newEnd - 1 - tail]) tail += 1

  const isOneSided = head + tail === shorter
  const middle = isOneSided
    ? []
    : matchShared(
        sharedLines(old, oldStart + head, oldEnd - tail, now.slice(newStart + head, newEnd - tail)),
        sharedLines(now, newStart + head, newEnd - tail, old.slice(oldStart + head, oldEnd - tail)),
      )
  if (middle === null) return null
  return [
    { oldIndex: oldStart, newIndex: newStart, count: head },
    ...middle,
    { oldIndex: oldEnd - tail, newIndex: newEnd - tail, count: tail },
  ]
}

interface NumberedLine {
  readonly index: number
  readonly number: number
}

// Lines that only one side has match nothing in any diff, and most of the work is saved by setting them aside.
function sharedLines(
  lines: readonly number[],
  start: number,
  end: number,
  others: readonly number[],
): readonly NumberedLine[] {
  const known = new Set(others)
  const shared: NumberedLine[] = []
  for (let index = start; index < end; index += 1) {
    const number = lines[index]
    if (number !== undefined && known.has(number)) shared.push({ index, number })
  }
  return shared
}

function matchShared(old: readonly NumberedLine[], now: readonly NumberedLine[]): readonly Match[] | null {
  const parts = diffArrays(
    old.map(({ number }) => number),
    now.map(({ number }) => number),
    { maxEditLength: maxDiffEdits },
  )
  if (parts === undefined) return null
  const matches: Match[] = []
  let [oldIndex, newIndex] = [0, 0]
  for (const { added, removed, count } of parts) {
    for (let step = 0; !added && !removed && step < count; step += 1) {
      const [one, other] = [old[oldIndex + step], now[newIndex + step]]
      if (one !== undefined && other !== undefined)
        matches.push({ oldIndex: one.index, newIndex: other.index, count: 1 })
    }
    if (!added) oldIndex += count
    if (!removed) newIndex += count
  }
  return matches
}
