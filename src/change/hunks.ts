/** A run of lines by number, from 1: `start` up to `start + count - 1`. */
export interface LineRange {
  readonly start: number
  readonly count: number
}

/** One hunk of a file's diff, as GitHub shows it. Ranges hold line numbers of their own side. */
export interface Hunk {
  readonly oldStart: number
  readonly oldCount: number
  readonly newStart: number
  readonly newCount: number
  /** In the old file. */
  readonly removed: readonly LineRange[]
  /** In the new file. */
  readonly added: readonly LineRange[]
}

/** The side of a review comment as GitHub's API names it: the old file is LEFT, the new one RIGHT. */
export type Side = 'LEFT' | 'RIGHT'

/**
 * Where the hunks come from. `github`: parsed from its own `patch`, so they are what it will accept. `computed`: ours. Two
 * right diffs of one change may differ where text repeats or has moved, and GitHub refuses a whole review for one comment on
 * a line outside its own hunks: `certain` names the lines that every diff shows as changed, because the other file has no
 * such line. `coarse`: the texts differ too much for a diff; there are only the certain lines, each run of them a hunk.
 */
export type FileHunks =
  | { readonly source: 'github'; readonly hunks: readonly Hunk[] }
  | {
      readonly source: 'computed' | 'coarse'
      readonly hunks: readonly Hunk[]
      readonly certain: Readonly<Record<Side, readonly LineRange[]>>
    }

/**
 * The hunk that lets a review comment stand on a line. In GitHub's own hunks: RIGHT on added lines and context, LEFT on
 * removed lines; in ours: only on certain lines. Undefined where GitHub would or might answer 422. A comment on several
 * lines needs them all in one hunk.
 */
export function findCommentableHunk(file: FileHunks, side: Side, line: number): Hunk | undefined {
  if (file.source !== 'github' && !file.certain[side].some((range) => contains(range, line))) return undefined
  return file.hunks.find((hunk) =>
    side === 'RIGHT'
      ? contains({ start: hunk.newStart, count: hunk.newCount }, line)
      : hunk.removed.some((range) => contains(range, line)),
  )
}

/** Whether a line of the new file is added, and not only context. */
export function isAddedLine({ hunks }: FileHunks, line: number): boolean {
  return hunks.some(({ added }) => added.some((range) => contains(range, line)))
}

const contains = ({ start, count }: LineRange, line: number): boolean => line >= start && line < start + count
