import type { EntryField } from '../dependency-graph.js'
import { lineCounter, scanJson } from '../json-text.js'

export type LineOf = (key: string, field?: EntryField) => number | null

/** Which member of its tuple states a field: the address of a source other than a registry stands with its name. */
export type MemberOf = (key: string, field: EntryField) => number | null

/** Finds lines by scanning the text once, on the first question. Of doubled keys the last counts, as for JSON.parse. */
export function lineIndex(text: string, memberOf: MemberOf): LineOf {
  let offsets: Map<string, number> | undefined
  const lineAt = lineCounter(text)
  return (key, field) => {
    offsets ??= entryOffsets(text)
    const offset = offsets.get(key)
    if (offset === undefined || field === undefined) return offset === undefined ? null : lineAt(offset)
    const member = memberOf(key, field)
    return member === null ? null : lineAt(memberOffset(text, offset, member))
  }
}

function entryOffsets(text: string): Map<string, number> {
  const offsets = new Map<string, number>()
  scanJson(text, (key, path, offset) => {
    if (path.length === 0 && key === 'packages') offsets.clear()
    if (path.length === 1 && path[0] === 'packages') offsets.set(key, offset)
  })
  return offsets
}

/** The offset of a member of the array that the key at `offset` has for its value. The text is known to be JSON. */
function memberOffset(text: string, offset: number, member: number): number {
  const string = /"(?:[^"\\]|\\.)*"/y
  string.lastIndex = offset
  string.test(text)
  let depth = 0
  let seen = 0
  for (let at = string.lastIndex; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (depth === 1 && seen === member && !/[\s,[]/.test(character)) return at
    if (character === '"') {
      string.lastIndex = at
      if (!string.test(text)) return offset
      at = string.lastIndex - 1
    } else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    else if (character === ',' && depth === 1) seen += 1
    if (depth === 0 && character === ']') return offset
  }
  return offset
}
