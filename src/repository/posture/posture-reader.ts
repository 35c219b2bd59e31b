import type { PostureState } from './posture-state.js'

/** What one reader made of one file; `broken` is the first line that is not of the file's syntax. */
export interface PostureRead extends Partial<PostureState> {
  readonly broken?: number
}

/** Reads one kind of file, by its path. Never throws for what a file holds; what stands before a mistake is read all the same where its program does so. */
export interface PostureReader {
  matches(path: string): boolean
  /** `has` tells whether the same state of the repository has a file at a path. */
  read(file: string, text: string, has: (path: string) => boolean): PostureRead
}
