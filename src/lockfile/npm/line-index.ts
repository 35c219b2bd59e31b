import type { EntryField } from '../dependency-graph.js'
import { lineCounter, scanJson } from '../json-text.js'

type EntryLines = { entry: number } & { [F in EntryField]?: number }

export type LineOf = (key: string, field?: EntryField) => number | null

const isField = (key: string): key is EntryField => key === 'version' || key === 'resolved' || key === 'integrity'

/** Finds lines by scanning the text once, on the first question. Of doubled keys the last counts, as for JSON.parse. */
export function lineIndex(text: string, section: 'packages' | 'dependencies'): LineOf {
  let offsets: Map<string, EntryLines> | undefined
  const lineAt = lineCounter(text)
  return (key, field) => {
    offsets ??= section === 'packages' ? packageOffsets(text) : dependencyOffsets(text)
    const found = offsets.get(key)
    const offset = field === undefined ? found?.entry : found?.[field]
    return offset === undefined ? null : lineAt(offset)
  }
}

function packageOffsets(text: string): Map<string, EntryLines> {
  const offsets = new Map<string, EntryLines>()
  scanJson(text, (key, path, offset) => {
    if (path.length === 0 && key === 'packages') offsets.clear()
    if (path[0] !== 'packages' || path.length > 2) return
    if (path.length === 1) offsets.set(key, { entry: offset })
    else if (isField(key)) record(offsets, path[1] ?? '', key, offset)
  })
  return offsets
}

function dependencyOffsets(text: string): Map<string, EntryLines> {
  const offsets = new Map<string, EntryLines>()
  scanJson(text, (key, path, offset) => {
    if (path.length === 0 || path.length > maxPathSegments) return
    for (let at = 0; at < path.length; at += 2) if (path[at] !== 'dependencies') return
    if (path.length % 2 === 1) offsets.set(keyOf(path, key), { entry: offset })
    else if (isField(key)) record(offsets, keyOf(path, undefined), key, offset)
  })
  return offsets
}

/** Twice the depth to which entries are read, since every second segment is the word `dependencies`. */
const maxPathSegments = 200

const keyOf = (path: readonly string[], last: string | undefined): string =>
  [...path.filter((_, at) => at % 2 === 1), ...(last === undefined ? [] : [last])]
    .map((name) => `node_modules/${name}`)
    .join('/')

function record(offsets: Map<string, EntryLines>, key: string, field: EntryField, offset: number): void {
  const entry = offsets.get(key)
  if (entry !== undefined) entry[field] = offset
}

/** The key of the entry that a key in the text belongs to, or is; `''` outside the section. */
export function entryKeyAt(section: 'packages' | 'dependencies', path: readonly string[], key: string): string {
  if (path[0] !== section) return ''
  if (section === 'packages') return path[1] ?? key
  const steps = path.findIndex((step, at) => at % 2 === 0 && step !== 'dependencies')
  const inside = (steps === -1 ? path : path.slice(0, steps)).slice(0, maxPathSegments)
  return keyOf(inside, inside.length % 2 === 1 && inside.length === path.length ? key : undefined)
}
