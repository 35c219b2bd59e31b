import { createHash } from 'node:crypto'
import type { Snapshot } from '../../src/change/snapshot.js'

/** A repository's state held in memory: path → content. Ids are git's own blob names. */
export function aSnapshot(files: Readonly<Record<string, string | Buffer>>): Snapshot {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]))
  return {
    origin: { kind: 'directory', path: '/repository' },
    list: async () => ({
      entries: [...contents].map(([path, bytes]) => ({ path, kind: 'file', id: blobId(bytes) })),
      gaps: [],
    }),
    read: async (path) => {
      const bytes = contents.get(path)
      return bytes === undefined ? { kind: 'absent' } : { kind: 'file', bytes }
    },
  }
}

const blobId = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
