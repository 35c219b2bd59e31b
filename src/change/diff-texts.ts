import { diffArrays } from 'diff'
import { maxDiffEdits } from '../limits.js'
import type { FileHunks, Hunk, LineRange } from './hunks.js'

/** What GitHub shows around a change. */
const contextLines = 3

/** A stretch of lines that both texts have, by index from 0. */
interface Match {
  readonly oldIndex: number
  readonly newIndex: number
  readonly count: number
}

/**
 * The diff of two texts by lines, as git sees them: a line ends at `\n`, so a carriage return or a missing last newline is
 * part of the line. Null stands for a file that is not there. The same texts give the same hunks: no clock takes part.
 */
export function diffTexts(before: string | null, after: string | null): FileHunks {
  const numbers = new Map<string, number>()
  const [old, now] = [toNumbers(before ?? '', numbers), toNumbers(after ?? '', numbers)]
  const matches = findMatches(old, now)
  if (matches === null) return { source: 'coarse', hunks: toCoarseHunks(old, now) }
  return { source: 'computed', hunks: toHunks(toEdits(matches, old, now), old.length, now.length) }
}

/** Equal lines get equal numbers, which compare faster than text. */
function toNumbers(text: string, numbers: Map<string, number>): number[] {
  const lines: number[] = []
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline + 1
    const line = text.slice(start, end)
    const number = numbers.get(line) ?? numbers.size
    numbers.set(line, number)
    lines.push(number)
    start = end
  }
  return lines
}

/** Null where the texts differ too much. */
function findMatches(old: readonly number[], now: readonly number[]): readonly Match[] | null {
  const shorter = Math.min(old.length, now.length)
  let head = 0
  while (head < shorter && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1

  const middle = matchMiddle(old, now, head, tail)
  if (middle === null) return null
  return [
    { oldIndex: 0, newIndex: 0, count: head },
    ...middle,
    { oldIndex: old.length - tail, newIndex: now.length - tail, count: tail },
  ]
}

// Lines that only one side has match nothing in any diff. Without them, what is left of a lockfile is small enough.
function matchMiddle(
  old: readonly number[],
  now: readonly number[],
  head: number,
  tail: number,
): readonly Match[] | null {
  const oldLines = sharedLines(old, now, head, tail)
  const newLines = sharedLines(now, old, head, tail)
  const parts = diffArrays(
    oldLines.map(({ number }) => number),
    newLines.map(({ number }) => number),
    { maxEditLength: maxDiffEdits },
  )
  if (parts === undefined) return null
  const matches: Match[] = []
  let [oldIndex, newIndex] = [0, 0]
  for (const { added, removed, count } of parts) {
    for (let step = 0; !added && !removed && step < count; step += 1) {
      const [one, other] = [oldLines[oldIndex + step], newLines[newIndex + step]]
      if (one !== undefined && other !== undefined)
        matches.push({ oldIndex: one.index, newIndex: other.index, count: 1 })
    }
    if (!added) oldIndex += count
    if (!removed) newIndex += count
  }
  return matches
}

function sharedLines(lines: readonly number[], others: readonly number[], head: number, tail: number) {
  const known = new Set(others.slice(head, others.length - tail))
  const shared: { index: number; number: number }[] = []
  for (let index = head; index < lines.length - tail; index += 1) {
    const number = lines[index]
    if (number !== undefined && known.has(number)) shared.push({ index, number })
  }
  return shared
}

/** What lies between two matches: `removed` lines of the old text gave way to `added` lines of the new one. */
interface Edit {
  readonly oldIndex: number
  readonly removed: number
  readonly newIndex: number
  readonly added: number
}

function toEdits(matches: readonly Match[], old: readonly number[], now: readonly number[]): readonly Edit[] {
  const edits: Edit[] = []
  let [oldIndex, newIndex] = [0, 0]
  for (const match of [...matches, { oldIndex: old.length, newIndex: now.length, count: 0 }]) {
    const [removed, added] = [match.oldIndex - oldIndex, match.newIndex - newIndex]
    if (removed > 0 || added > 0) edits.push({ oldIndex, removed, newIndex, added })
    oldIndex = match.oldIndex + match.count
    newIndex = match.newIndex + match.count
  }
  return edits.map((edit, index) => slideDown(edit, edits[index + 1], old, now))
}

// Of the places that a block between equal lines may take, git shows the lowest one: `}, "b": {` reads `"b": { },`.
function slideDown(edit: Edit, next: Edit | undefined, old: readonly number[], now: readonly number[]): Edit {
  const { removed, added } = edit
  if (removed > 0 && added > 0) return edit
  const lines = added > 0 ? now : old
  const index = added > 0 ? edit.newIndex : edit.oldIndex
  const room = (next?.oldIndex ?? old.length) - edit.oldIndex - removed
  let steps = 0
  while (steps < room && lines[index + steps] === lines[index + added + removed + steps]) steps += 1
  return { ...edit, oldIndex: edit.oldIndex + steps, newIndex: edit.newIndex + steps }
}

function toHunks(edits: readonly Edit[], oldLength: number, newLength: number): readonly Hunk[] {
  const groups: Edit[][] = []
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1)
    // Git joins two hunks whose contexts would touch.
    const isNear = last !== undefined && edit.oldIndex - (last.oldIndex + last.removed) <= 2 * contextLines
    if (isNear) groups.at(-1)?.push(edit)
    else groups.push([edit])
  }
  return groups.flatMap((edits) => toHunk(edits, oldLength, newLength))
}

function toHunk(edits: readonly Edit[], oldLength: number, newLength: number): readonly Hunk[] {
  const [first, last] = [edits[0], edits.at(-1)]
  if (first === undefined || last === undefined) return []
  const leading = Math.min(contextLines, first.oldIndex, first.newIndex)
  const [oldEnd, newEnd] = [last.oldIndex + last.removed, last.newIndex + last.added]
  const trailing = Math.min(contextLines, oldLength - oldEnd, newLength - newEnd)
  const side = (from: number, to: number): LineRange => {
    const count = to + trailing - (from - leading)
    // A side without lines is numbered by the line before it, as in a unified diff.
    return { start: from - leading + (count > 0 ? 1 : 0), count }
  }
  const [old, now] = [side(first.oldIndex, oldEnd), side(first.newIndex, newEnd)]
  return [
    {
      oldStart: old.start,
      oldCount: old.count,
      newStart: now.start,
      newCount: now.count,
      removed: edits.flatMap(({ oldIndex, removed }) => toRange(oldIndex, removed)),
      added: edits.flatMap(({ newIndex, added }) => toRange(newIndex, added)),
    },
  ]
}

const toRange = (index: number, count: number): readonly LineRange[] => (count > 0 ? [{ start: index + 1, count }] : [])

// A line whose text the old file does not have is added in whatever diff; of the others nobody knows.
function toCoarseHunks(old: readonly number[], now: readonly number[]): readonly Hunk[] {
  const known = new Set(old)
  const hunks: Hunk[] = []
  for (let index = 0; index < now.length; index += 1) {
    const start = index
    while (index < now.length && !known.has(now[index] ?? -1)) index += 1
    const count = index - start
    if (count > 0) {
      const added = [{ start: start + 1, count }]
      hunks.push({ oldStart: 0, oldCount: 0, newStart: start + 1, newCount: count, removed: [], added })
    }
  }
  return hunks
}
