import type { ShellBudget } from '../../package/shell/shell-budget.js'
import type { PostureState } from './posture-state.js'

/** What one reader made of one file; what stands before a mistake is read all the same where its program does so. */
export interface PostureRead extends Partial<PostureState> {
  /** The first line that is not of the file's syntax, from 1. */
  readonly broken?: number
  /** Why it was not read to its end, where a limit is the reason. */
  readonly cut?: string
}

/** Reads one kind of file, by its path. Several may read one file. */
export interface PostureReader {
  matches(path: string): boolean
  /**
   * `has` tells whether the same state of the repository has a file at a path; `budget` is what may still be spent on shell texts of that state.
   * Never throws for what a file holds.
   */
  read(file: string, text: string, has: (path: string) => boolean, budget?: ShellBudget): PostureRead
  /** Explains what other files do, and is read beside them although nothing changed in it: settings, manifests. */
  readonly explains?: boolean
  /** Whether a file that its path makes likely is one of the kind, by its first 256 bytes. */
  opens?(start: string): boolean
  /** Where other than `maxPostureFileBytes`. */
  readonly maxBytes?: number
}
