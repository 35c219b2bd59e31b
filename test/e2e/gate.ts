import type { Change } from '../../src/change/change.js'
import type { ReviewResult } from '../../src/github/reviewer.js'
import { reviewScripted } from './scripted-review.js'

/** Reviews that stand still until they are let through, so that a test decides what happens meanwhile. */
export interface Gate {
  readonly review: (change: Change, signal: AbortSignal) => Promise<ReviewResult>
  /** Resolves when as many reviews have begun, since the start. */
  begun(count: number): Promise<void>
  /** Lets those that stand still through, and all that come. */
  open(): void
  /** From now on they stand still again. */
  close(): void
  /** How many have begun. */
  count(): number
}

export function aGate(): Gate {
  let isOpen = false
  let count = 0
  const waiting = new Set<() => void>()
  const watchers = new Set<() => void>()
  const opened = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (isOpen) return resolve()
      waiting.add(resolve)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  return {
    review: async (change, signal) => {
      count += 1
      for (const watcher of watchers) watcher()
      await opened(signal)
      return reviewScripted(change)
    },
    begun: (wanted) =>
      new Promise((resolve) => {
        const watcher = (): void => {
          if (count < wanted) return
          watchers.delete(watcher)
          resolve()
        }
        watchers.add(watcher)
        watcher()
      }),
    open: () => {
      isOpen = true
      for (const resolve of waiting) resolve()
    },
    close: () => {
      isOpen = false
    },
    count: () => count,
  }
}
