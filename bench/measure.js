import { cpus, totalmem } from 'node:os'

/** Middle value of milliseconds or ratios. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Times the contenders in turn (A B C, A B C, …), so that a machine that slows down slows all of them, after one round
 * that does not count. Resolves with the median milliseconds of each, by name.
 */
export async function interleave(contenders, rounds) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      globalThis.gc?.()
      const start = performance.now()
      await run()
      if (round > 0) times[name].push(performance.now() - start)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
}

export function machine() {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

export const milliseconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`

export const ratio = (value) => `${value.toFixed(2)}×`
