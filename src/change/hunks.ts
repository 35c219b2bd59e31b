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

/**
 * Where the hunks come from. `github`: parsed from its own `patch`, so they are what it will accept. `computed`: ours,
 * which may differ from GitHub's in a few lines around repeated text. `coarse`: the texts differ too much for a diff;
 * there is only what must count as added, whoever makes the diff.
 */
export interface FileHunks {
  readonly source: 'github' | 'computed' | 'coarse'
  readonly hunks: readonly Hunk[]
}

/** The side of a review comment as GitHub's API names it: the old file is LEFT, the new one RIGHT. */
export type Side = 'LEFT' | 'RIGHT'

/**
 * The hunk that lets a review comment stand on a line: RIGHT on added lines and context, LEFT on removed lines. Undefined
 * where GitHub would answer 422. A comment on several lines needs them all in one hunk.
 */
export function findCommentableHunk({ hunks }: FileHunks, side: Side, line: number): Hunk | undefined {
  return hunks.find((hunk) =>
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
