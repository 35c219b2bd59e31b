import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import cacache from 'cacache'
import { analyserVersion, type PackageFacts } from '../package/package-facts.js'
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

/** Absent and damaged are the same: the tarball is read again, and its facts are written anew. */
async function readEntry(folder: string, key: string): Promise<string | undefined> {
  try {
    const { data } = await cacache.get(folder, key)
    return data.toString('utf8')
  } catch (error) {
    // cacache: ENOENT without an entry, EINTEGRITY and EBADSIZE for damaged content; others come from the file system.
    if (!isSystemError(error)) throw error
    if (error.code === 'EINTEGRITY' || error.code === 'EBADSIZE') await removeContent(folder, key)
    return undefined
  }
}

/** cacache never writes over content that it has, damaged or not. */
async function removeContent(folder: string, key: string): Promise<void> {
  try {
    const entry = await cacache.get.info(folder, key)
    if (entry) await cacache.rm.content(folder, entry.integrity)
  } catch (error) {
    // Left as it is, it stays unreadable: that costs the time of one analysis a review.
    if (!isSystemError(error)) throw error
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

/** Not by instanceof: an error of Node's own can come from another realm. */
const isSystemError = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
