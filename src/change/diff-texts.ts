import type { FileHunks, Hunk, LineRange } from './hunks.js'
import { findMatches, type Match } from './match-lines.js'

/** What GitHub shows around a change. */
const contextLines = 3

/**
 * The diff of two texts by lines, as git sees them: a line ends at `\n`, so a carriage return or a missing last newline is
 * part of the line. Null stands for a file that is not there. The same texts give the same hunks: no clock takes part.
 */
export function diffTexts(before: string | null, after: string | null): FileHunks {
  const numbers = new Map<string, number>()
  const [old, now] = [toNumbers(before ?? '', numbers), toNumbers(after ?? '', numbers)]
  const matches = findMatches(old, now)
  const certain = { LEFT: linesMissingIn(now, old), RIGHT: linesMissingIn(old, now) }
  if (matches === null) return { source: 'coarse', hunks: certain.RIGHT.map(toCoarseHunk), certain }
  return { source: 'computed', hunks: toHunks(toEdits(matches, old, now), old.length, now.length), certain }
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

/** The lines of `lines` whose text `others` does not have. */
function linesMissingIn(others: readonly number[], lines: readonly number[]): readonly LineRange[] {
  const known = new Set(others)
  const ranges: LineRange[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const start = index
    while (index < lines.length && !known.has(lines[index] ?? -1)) index += 1
    if (index > start) ranges.push({ start: start + 1, count: index - start })
  }
  return ranges
}

const toCoarseHunk = (range: LineRange): Hunk => ({
  oldStart: 0,
  oldCount: 0,
  newStart: range.start,
  newCount: range.count,
  removed: [],
  added: [range],
})
