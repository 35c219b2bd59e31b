import cacache, { type CacheObject } from 'cacache'
import { maxKeptResponsesBytes } from '../limits.js'
import type { KeptResponses } from '../registry/kept-responses.js'
import { isSystemError, readEntry } from './cache-entry.js'

/**
 * Answers of registries on disk, all together no larger than `maxBytes`. The folder is theirs alone: what is swept is the whole of it.
 * Several processes may share it; whose entry another one swept asks again.
 */
export function openDiskResponses(folder: string, maxBytes = maxKeptResponsesBytes): KeptResponses {
  // The first text that a process keeps is a reason to look, since the processes before it may each have kept a little.
  let unswept = Number.POSITIVE_INFINITY
  return {
    get: (key) => readEntry(folder, key),
    async put(key, text) {
      try {
        await replace(folder, key, text)
        unswept += text.length
        if (unswept <= maxBytes / 16) return
        unswept = 0
        await sweep(folder, maxBytes)
      } catch (error) {
        // A full or read-only disk costs a request at the next review and hides nothing.
        if (!isSystemError(error)) throw error
      }
    },
  }
}

/** cacache keeps the content that an entry had before for ever. */
async function replace(folder: string, key: string, text: string): Promise<void> {
  const before: CacheObject | null = await cacache.get.info(folder, key)
  const integrity = await cacache.put(folder, key, text)
  if (before && String(before.integrity) !== String(integrity)) await cacache.rm.content(folder, before.integrity)
}

async function sweep(folder: string, maxBytes: number): Promise<void> {
  const entries = Object.values(await cacache.ls(folder)).sort((a, b) => b.time - a.time)
  let bytes = 0
  for (const { key, integrity, size = 0 } of entries) {
    bytes += size
    if (bytes <= maxBytes) continue
    await cacache.rm.entry(folder, key)
    await cacache.rm.content(folder, integrity)
  }
}
