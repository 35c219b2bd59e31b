import { rmSync } from 'node:fs'
import { formats, loadOurs, writeSides } from './lockfile-formats.js'

// One reading of two lockfiles by one reader: sends by how many bytes it made the process larger at its largest.
const [name, count, contender] = process.argv.slice(2)
const format = formats[name]
const { root, sides } = writeSides(format, Number(count))
try {
  const ours = contender === 'lockwarden' ? await loadOurs(format.file) : undefined
  const theirs = ours === undefined ? await format.contenders[contender].load() : undefined
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  if (ours !== undefined) ours(sides)
  else for (const side of sides) await theirs(side)
  process.send({ bytes: Math.max(process.resourceUsage().maxRSS * 1024 - before, 0) })
} finally {
  rmSync(root, { recursive: true, force: true })
}
process.disconnect()
