import type { EntryField } from './dependency-graph.js'

/** A symbolic place. `locate` turns it into a file and a line of the head, so that no rule counts lines. */
export type Anchor =
  | { readonly kind: 'entry'; readonly lockfile: string; readonly key: string; readonly field?: EntryField }
  | { readonly kind: 'dependency'; readonly manifest: string; readonly name: string }
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  | { readonly kind: 'file'; readonly file: string }

/** A place in the repository at head. `line` counts from 1; a whole file has none. */
export interface Location {
  readonly file: string
  readonly line?: number
}
