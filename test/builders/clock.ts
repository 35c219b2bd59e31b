import type { Clock } from '../../src/clock.js'

export interface ManualClock extends Clock {
  /** Moves time on, runs what has become due in order, and lets the promises that depend on it settle. */
  advance(milliseconds: number): Promise<void>
  /** How many tasks wait. */
  waiting(): number
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** A clock that stands still until it is told to move. */
export function aManualClock(start = Date.parse('2026-11-20T00:00:00Z')): ManualClock {
  let now = start
  const tasks = new Set<{ at: number; task: () => void }>()
  const due = (until: number) => [...tasks].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => now,
    after: (milliseconds, task) => {
      const entry = { at: now + Math.max(0, milliseconds), task }
      tasks.add(entry)
      return () => tasks.delete(entry)
    },
    waiting: () => tasks.size,
    async advance(milliseconds) {
      const until = now + milliseconds
      await settle()
      for (let next = due(until); next; next = due(until)) {
        tasks.delete(next)
        now = Math.max(now, next.at)
        next.task()
        await settle()
      }
      now = until
    },
  }
}
