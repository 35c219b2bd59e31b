import type { MalformedEntry } from '../dependency-graph.js'
import { hasDoubledKeys, lineCounter, scanJson } from '../json-text.js'
import { complaints } from './malformed.js'

export interface DoubledKeyOptions {
  /** The entry in which a key came twice. */
  readonly entryOf: (path: readonly string[], key: string) => string
  /** Whoever installs reads it as we do. */
  readonly read: boolean
}

/** JSON.parse keeps the last of doubled keys and hides the rest, which is where a reviewer may look. */
export function doubledKeys(text: string, document: unknown, { entryOf, read }: DoubledKeyOptions): MalformedEntry[] {
  if (!hasDoubledKeys(text, document)) return []
  const { list, complain } = complaints()
  const lines: number[] = []
  const lineAt = lineCounter(text)
  scanJson(text, (key, path, offset, duplicate) => {
    if (!duplicate) return
    complain(entryOf(path, key), 'duplicate-key', [...path, key].join('.'), read)
    lines.push(lineAt(offset))
  })
  return list.map((complaint, at) => ({ ...complaint, line: lines[at] ?? null }))
}
