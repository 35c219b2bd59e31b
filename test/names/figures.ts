import { knownNames } from '../../src/names/known-names.js'
import { openNames } from '../../src/names/names.js'
import { measureHonest, missedSquats, readLockedNames, readNameCases } from './measure.js'

// `npm run names`: which real squats are found by their names, and which honest names are taken for others. `-- details` with the honest ones
// that would count only where they were new in the registry.
const withDetails = process.argv.includes('details')
const known = await knownNames()
const names = openNames(known)
const cases = readNameCases()
const locked = await readLockedNames()

/** The less used half is honest too, and was not looked at when the more used half was all there is. */
const half = Math.floor(known.length / 2)
const lessUsed = measureHonest(
  openNames(known.slice(0, half)),
  'less used half, by the more used one',
  known.slice(half),
)

const missed = cases === undefined ? [] : missedSquats(names, cases.squats)
if (cases !== undefined) {
  const found = cases.squats.length - missed.length
  console.log(`squats: ${found} of ${cases.squats.length} found (${percent(found, cases.squats.length)})`)
  for (const line of missed) console.log(`  missed ${line}`)
}
const honest = [
  measureHonest(names, 'known names, by each other', known),
  ...(cases === undefined
    ? []
    : [measureHonest(names, 'honest names one edit apart', [...new Set(cases.legitimate.flat())])]),
  ...(locked === undefined ? [] : [measureHonest(names, 'packages of real lockfiles', locked)]),
]
for (const { set, of, close, loose } of [...honest, lessUsed]) {
  console.log(`\n${set}: of ${of}, ${close.length} by name (${percent(close.length, of)}), ${loose.length} more if new`)
  if (set === lessUsed.set && !withDetails) continue
  for (const line of close) console.log(`  by name ${line}`)
  if (withDetails) for (const line of loose) console.log(`  if new  ${line}`)
}
const isFound = cases === undefined || missed.length <= cases.squats.length * 0.1
const isQuiet = honest.every(({ set, of, close }) => set === 'honest names one edit apart' || close.length < of * 0.003)
process.exitCode = isFound && isQuiet && cases !== undefined && locked !== undefined ? 0 : 1

function percent(part: number, of: number): string {
  return `${((100 * part) / of).toFixed(2)} %`
}
