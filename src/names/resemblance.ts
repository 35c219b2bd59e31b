import type { Edit } from './edits.js'

/** In what one name resembles another. */
export type Likeness =
  | Edit
  | 'separators-moved'
  | 'looks-alike'
  | 'scope-flattened'
  | 'scope-dropped'
  | 'scope-imitated'
  | 'marker-added'
  | 'word-added'
  | 'words-reordered'
  | 'two-edits'

export interface Resemblance {
  /** The well-known package. */
  readonly target: string
  /** Its place in the order of use, 0 the most used. */
  readonly rank: number
  readonly likeness: Likeness
  /** `close`: honest names hardly ever are. `loose`: many honest ones are, so that it takes more than the name to speak of it. */
  readonly closeness: 'close' | 'loose'
}
