import type { Snapshot } from './snapshot.js'

/** A repository before its first file: against it everything that stands in another is new. */
export const emptySnapshot: Snapshot = {
  origin: { kind: 'directory', path: '' },
  list: () => Promise.resolve({ entries: [], gaps: [] }),
  read: () => Promise.resolve({ kind: 'absent' }),
}
