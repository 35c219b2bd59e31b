import { maxSeenCharacters } from '../../limits.js'
import type { MalformedEntry } from '../dependency-graph.js'

export type MalformedReason = MalformedEntry['reason']

/** Takes what is wrong with an entry. `read: false`: its meaning is lost and it is left out of the graph. */
export type Complain = (key: string, reason: MalformedReason, seen: unknown, read: boolean) => void

export type Complaint = Omit<MalformedEntry, 'line'>

export function complaints(): { readonly list: Complaint[]; readonly complain: Complain } {
  const list: Complaint[] = []
  return { list, complain: (key, reason, seen, read) => list.push({ key, reason, seen: shorten(seen), read }) }
}

function shorten(seen: unknown): string {
  const text = typeof seen === 'string' ? seen : show(seen)
  return text.length > maxSeenCharacters ? `${text.slice(0, maxSeenCharacters - 1)}…` : text
}

/** A value as JSON, for people. */
export function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    // RangeError: JSON.parse reads any depth, JSON.stringify recurses.
    return 'nested too deep'
  }
}

/** Control, format (zero-width, bidirectional, tag) and separator characters: what a person reads is not what is there. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

const unusual = /[^\x20-\x7e]/

/** Nearly every text is plain ASCII, for which a table of Unicode's categories is a slow answer. */
export const hasInvisible = (text: string): boolean => unusual.test(text) && invisible.test(text)
