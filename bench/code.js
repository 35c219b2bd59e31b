import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseModule, parseScript } from 'meriyah'
import { fileAnalyser } from '../dist/package/code/analyse-file.js'
import { CodePool } from '../dist/package/code/pool.js'
import { interleave, ratio } from './measure.js'

const maxBytes = 12_000_000

/** (c) All that is said of code, against nothing but parsing it with the parser that we use: what our own dependencies ship. */
export async function benchCode() {
  const files = someFiles()
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  console.log(`\ncode: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB of JavaScript, median of 3`)
  const analyse = fileAnalyser()
  const times = await interleave(
    {
      parse: () => files.map(({ bytes }) => parse(bytes.toString())),
      analysis: () => files.map(({ path, bytes }) => analyse(bytes, path)),
    },
    3,
  )
  const speed = (ms) => `${(bytes / 1e3 / ms).toFixed(1)} MB/s`
  console.log(
    `  of one core: bare parse ${speed(times.parse)}, analysis ${speed(times.analysis)}; analysis / bare parse ${ratio(times.analysis / times.parse)}`,
  )
  console.log(
    `  on the clock, in as many child processes as there are cores, start included: ${speed(await inPool(files))}`,
  )
}

async function inPool(files) {
  const pool = new CodePool()
  const lane = pool.lane()
  const start = performance.now()
  const answers = await Promise.all(files.map((file) => lane.analyse(file)))
  if (answers.length !== files.length) throw new Error('an answer was lost')
  const time = performance.now() - start
  await pool.close()
  return time
}

function parse(text) {
  const options = { next: true, webcompat: true, validateRegex: false, ranges: { start: true, end: true } }
  try {
    return parseScript(text, { ...options, globalReturn: true })
  } catch {
    // What is no script is a module; of what is neither both stop at the same place.
    try {
      return parseModule(text, options)
    } catch {
      return undefined
    }
  }
}

function someFiles() {
  const folder = fileURLToPath(new URL('../node_modules', import.meta.url))
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
  let sum = 0
  const files = []
  for (let at = 0; at < paths.length && sum < maxBytes; at += 3) {
    const bytes = readFileSync(paths[at])
    sum += bytes.length
    files.push({ path: paths[at], bytes, sha256: '' })
  }
  return files
}
