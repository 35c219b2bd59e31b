import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runOne } from './run.js'
import { realSeeds, writtenSeeds } from './seeds.js'

const maxSeedBytes = 300 * 1024
const saveEvery = 500

interface State {
  readonly seed: number
  readonly next: number
  readonly faults: number
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: '.build/fuzz' },
    only: { type: 'string' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
const seeds = [...writtenSeeds(), ...(realSeeds(maxSeedBytes) ?? [])].filter(
  ({ file }) => values.only === undefined || file === values.only,
)
mkdirSync(values.folder, { recursive: true })
const statePath = join(values.folder, `state-${seed}${values.only === undefined ? '' : `-${values.only}`}.json`)
const saved: State | null = existsSync(statePath) ? JSON.parse(readFileSync(statePath, 'utf8')) : null
let { next, faults } = saved ?? { next: 0, faults: 0 }
console.log(`${seeds.length} lockfiles, mutations ${next} to ${count}, seed ${seed}, state in ${statePath}`)
for (; next < count; next += 1) {
  const fault = runOne(seeds, seed, next)
  if (fault !== null) {
    faults += 1
    const path = join(values.folder, `${seed}-${fault.number}-${fault.file}`)
    writeFileSync(path, fault.text)
    console.log(`${path}, from ${fault.from}: ${fault.what}`)
  }
  if (next % saveEvery === 0) save(next + 1)
}
save(next)
console.log(`${next} mutations, ${faults} ${faults === 1 ? 'fault' : 'faults'}`)
process.exitCode = faults === 0 ? 0 : 1

function save(at: number): void {
  const state: State = { seed, next: at, faults }
  writeFileSync(statePath, JSON.stringify(state))
}
