import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** Middle value of milliseconds or ratios. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** A run of so many milliseconds is long enough to be measured once: what the machine compiles no longer counts. */
const longRun = 3_000

/**
 * Runs the contenders in turn (A B C, A B C, …) after rounds that do not count, in which the machine compiles them.
 * Resolves with the median milliseconds of processor time of each, by name: unlike time on the wall, it does not tell
 * how busy the machine is with something else.
 */
export async function interleave(contenders, rounds, warmUps = 2) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      if (times[name][0] > longRun) continue
      const start = process.cpuUsage()
      await run()
      const { user, system } = process.cpuUsage(start)
      const time = (user + system) / 1000
      if (round >= 0 || time > longRun) times[name].push(time)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
}

/** Milliseconds of this process since it started, and of its children that have ended; where there is no /proc, of this process alone. */
export function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000 + ticksOfChildren() * 10
}

/** Linux counts hundredths of a second, user and system time in fields 16 and 17: the name before them may have blanks. */
function ticksOfChildren() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[13]) + Number(fields[14])
  } catch {
    return 0
  }
}

export function machine() {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

export const milliseconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`

export const ratio = (value) => `${value.toFixed(2)}×`
