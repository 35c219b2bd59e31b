import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CodePool } from '../../../src/package/code/pool.js'
import { installedSeeds, writtenSeeds } from './code-seeds.js'
import { runCodeMutation } from './run-code.js'

// `npm run fuzz:code -- --count 50000`: through the real processes, as many at a time as keep them busy. Goes on where it was stopped.
const atATime = 500

interface State {
  readonly next: number
  readonly faults: number
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: '.build/fuzz-code' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
const seeds = [...writtenSeeds, ...writtenSeeds, ...installedSeeds(800, 60_000)]
mkdirSync(values.folder, { recursive: true })
const statePath = join(values.folder, `state-${seed}.json`)
const saved: State | null = existsSync(statePath) ? (JSON.parse(readFileSync(statePath, 'utf8')) as State) : null
let { next, faults } = saved ?? { next: 0, faults: 0 }
console.log(`${seeds.length} files, mutations ${next} to ${count}, seed ${seed}, state in ${statePath}`)
const pool = new CodePool()
while (next < count) {
  const numbers = Array.from({ length: Math.min(atATime, count - next) }, (_, at) => next + at)
  const outcomes = await Promise.all(numbers.map((number) => runCodeMutation(pool.lane(), seeds, seed, number)))
  if (outcomes.length !== numbers.length) throw new Error(`${numbers.length} files in, ${outcomes.length} answers out`)
  for (const fault of outcomes) {
    if (fault === null) continue
    faults += 1
    const path = join(values.folder, `${seed}-${fault.number}-${fault.path.replaceAll(/[^\w.-]/g, '_')}`)
    writeFileSync(path, fault.text)
    console.log(`${path}: ${fault.what}`)
  }
  next += numbers.length
  writeFileSync(statePath, JSON.stringify({ next, faults } satisfies State))
}
await pool.close()
console.log(`${next} mutations, ${faults} ${faults === 1 ? 'fault' : 'faults'}`)
