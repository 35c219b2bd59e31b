import { describe, expect, it } from '@jest/globals'
import { diffListings } from '../../src/change/changed-files.js'
import type { Listing, SnapshotEntry } from '../../src/change/snapshot.js'

const entry = (path: string, id: string, kind: SnapshotEntry['kind'] = 'file'): SnapshotEntry => ({ path, id, kind })
const listing = (...entries: SnapshotEntry[]): Listing => ({ entries, gaps: [] })

describe('diffListings', () => {
  it('finds what was added, removed and modified, by path', () => {
    const base = listing(entry('same', '1'), entry('gone', '2'), entry('edited', '3'), entry('type', '4'))
    const head = listing(entry('type', '4', 'symlink'), entry('new', '5'), entry('edited', '6'), entry('same', '1'))

    expect(diffListings(base, head)).toEqual([
      { kind: 'modified', path: 'edited', before: entry('edited', '3'), after: entry('edited', '6') },
      { kind: 'removed', path: 'gone', before: entry('gone', '2') },
      { kind: 'added', path: 'new', after: entry('new', '5') },
      { kind: 'modified', path: 'type', before: entry('type', '4'), after: entry('type', '4', 'symlink') },
    ])
  })

  it('finds nothing between equal listings in another order', () => {
    const [a, b] = [entry('a', '1'), entry('b', '2')]

    expect(diffListings(listing(a, b), listing(b, a))).toEqual([])
  })
})
