import type { Listing, SnapshotEntry } from './snapshot.js'

/** What happened to one path. A moved file is one removed and one added. */
export type ChangedFile =
  | { readonly kind: 'added'; readonly path: string; readonly after: SnapshotEntry }
  | { readonly kind: 'removed'; readonly path: string; readonly before: SnapshotEntry }
  | { readonly kind: 'modified'; readonly path: string; readonly before: SnapshotEntry; readonly after: SnapshotEntry }

/** The paths whose bytes, or whose kind, differ between two listings; sorted by path. Gaps are the caller's to report. */
export function diffListings(base: Listing, head: Listing): readonly ChangedFile[] {
  const before = new Map(base.entries.map((entry) => [entry.path, entry]))
  const changed: ChangedFile[] = []
  for (const after of head.entries) {
    const { path } = after
    const old = before.get(path)
    before.delete(path)
    if (old === undefined) changed.push({ kind: 'added', path, after })
    else if (old.id !== after.id || old.kind !== after.kind) {
      changed.push({ kind: 'modified', path, before: old, after })
    }
  }
  for (const [path, old] of before) changed.push({ kind: 'removed', path, before: old })
  return changed.sort((one, other) => (one.path < other.path ? -1 : 1))
}
