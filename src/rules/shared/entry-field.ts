import type { Anchor } from '../../lockfile/anchor.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { EntryField } from '../../lockfile/dependency-graph.js'

/** A field of the changed entry at head; the entry itself where head's entry has no such field. */
export function entryField({ lockfile, before, after }: DependencyChange, field: EntryField): Anchor {
  const locked = after ?? before
  const key = locked?.key ?? ''
  return locked?.[field] === undefined ? { kind: 'entry', lockfile, key } : { kind: 'entry', lockfile, key, field }
}
