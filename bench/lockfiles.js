import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { formats, loadOurs, writeSides } from './lockfile-formats.js'
import { interleave, milliseconds, ratio } from './measure.js'

const counts = [1_000, 10_000, 50_000]

/** (a) Parse and diff two lockfiles of every format against whoever reads them too, who only has to parse both. */
export async function benchLockfiles() {
  const asked = process.env.LOCKFILES?.split(',')
  for (const [name, format] of Object.entries(formats)) {
    if (asked !== undefined && !asked.includes(name)) continue
    console.log(
      `\nlockfiles, ${name}: parse and diff of two ${format.file}, against parsing both; median, aims in brackets`,
    )
    for (const count of counts) await benchCount(name, format, count)
  }
}

async function benchCount(name, format, count) {
  const { root, sides } = writeSides(format, count)
  try {
    const size = `${(sides[0].text.length / 2 ** 20).toFixed(1)} MB`
    console.log(`  ${String(count).padStart(6)} entries, ${size} each`)
    const ours = await loadOurs(format.file)
    const changes = ours(sides)
    if (changes !== Math.ceil(count / 20)) throw new Error(`${changes} changes were found instead of ${count / 20}`)
    const runs = { lockwarden: () => ours(sides) }
    for (const [contender, { load, most = Number.POSITIVE_INFINITY }] of Object.entries(format.contenders)) {
      if (count > most) console.log(`         ${contender}: skipped, it takes minutes for more than ${most} entries`)
      else runs[contender] = await eachSide(load, sides)
    }
    const times = await interleave(runs, { 1000: 15, 10000: 7 }[count] ?? 3)
    await print(name, format, root, times)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function eachSide(load, sides) {
  const read = await load()
  return async () => {
    for (const side of sides) await read(side)
  }
}

async function print(name, { contenders }, root, times) {
  for (const [contender, time] of Object.entries(times)) {
    const { bytes } = await memoryOf(name, root, contender)
    const memory = `${Math.round(bytes / 2 ** 20)} MB`
    const { times: least, floor, note } = contenders[contender] ?? {}
    const compared =
      contender === 'lockwarden'
        ? ''
        : floor === undefined
          ? `, ${ratio(time / times.lockwarden)} of ours${least === undefined ? '' : ` (aim: at least ${least})`}`
          : `, ours ${ratio(times.lockwarden / time)} of it (aim: at most ${floor})`
    console.log(
      `         ${`${contender}:`.padEnd(22)}${milliseconds(time)}, ${memory}${compared}${note === undefined ? '' : `, ${note}`}`,
    )
  }
}

/** In a process of its own, so that nobody pays for the memory of another one. */
function memoryOf(...args) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./lockfile-once.js', import.meta.url), args, { execArgv: ['--expose-gc'] })
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
}
