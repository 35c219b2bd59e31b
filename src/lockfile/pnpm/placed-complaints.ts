import type { MalformedEntry } from '../dependency-graph.js'
import { type Complain, complaints } from '../npm/malformed.js'

/** Complaints, each about the line that was last said to be read. */
export interface PlacedComplaints {
  line: number
  readonly complain: Complain
  readonly malformed: () => MalformedEntry[]
}

export function placedComplaints(): PlacedComplaints {
  const { list, complain } = complaints()
  const lines: number[] = []
  const placed: PlacedComplaints = {
    line: 1,
    complain: (key, reason, seen, read) => {
      complain(key, reason, seen, read)
      lines.push(placed.line)
    },
    malformed: () => list.map((complaint, at) => ({ ...complaint, line: lines[at] ?? null })),
  }
  return placed
}
