import cacache from 'cacache'

/** Absent and damaged are the same: what it was made from is read again, and it is written anew. */
export async function readEntry(folder: string, key: string): Promise<string | undefined> {
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
    // Left as it is, it stays unreadable: it costs what it would have saved.
    if (!isSystemError(error)) throw error
  }
}

/** Not by instanceof: an error of Node's own can come from another realm. */
export const isSystemError = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
