import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import cacache from 'cacache'
import { analyserVersion, type PackageFacts } from '../package/package-facts.js'
import { isSystemError, readEntry } from './cache-entry.js'
import type { PackageStore } from './package-store.js'

/** `~/.cache/lockwarden`, or where the XDG base directory specification says; a relative XDG path is to be ignored. */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const xdg = env.XDG_CACHE_HOME
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(env.HOME ?? homedir(), '.cache')
  return join(base, 'lockwarden')
}

/**
 * PackageFacts on disk. Entries are content-addressed and verified when read, several processes may share the folder, and
 * facts of another analyser version have another key, so that they are simply not found.
 */
export function openDiskStore(folder: string): PackageStore {
  const keyOf = (integrity: string): string => `facts:${analyserVersion}:${integrity}`
  return {
    async get(integrity) {
      const text = await readEntry(folder, keyOf(integrity))
      return text === undefined ? undefined : parseFacts(text, integrity)
    },
    async put(facts) {
      try {
        await cacache.put(folder, keyOf(facts.integrity), JSON.stringify(facts))
      } catch (error) {
        // A full or read-only disk costs time at the next review and hides nothing.
        if (!isSystemError(error)) throw error
      }
    },
  }
}

/** cacache verifies the bytes against its own index, so what can still be wrong is an index entry that someone moved. */
function parseFacts(text: string, integrity: string): PackageFacts | undefined {
  try {
    const facts = JSON.parse(text) as PackageFacts | null
    return facts?.analyserVersion === analyserVersion && facts.integrity === integrity ? facts : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
