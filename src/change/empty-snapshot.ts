import type { Snapshot, SnapshotOrigin } from './snapshot.js'

/** The state before the first commit. */
export function emptySnapshot(origin: SnapshotOrigin): Snapshot {
  return { origin, list: async () => ({ entries: [], gaps: [] }), read: async () => ({ kind: 'absent' }) }
}
