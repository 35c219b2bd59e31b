import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formats, loadOurs } from './lockfile-formats.js'

// One reading of two lockfiles by one reader: sends by how many bytes it made the process larger at its largest.
const [name, root, contender] = process.argv.slice(2)
const format = formats[name]
const sides = ['0', '1'].map((side) => {
  const folder = join(root, side)
  const [text, manifest] = [format.file, 'package.json'].map((file) => readFileSync(join(folder, file), 'utf8'))
  return { folder, text, manifest }
})
const read = contender === 'lockwarden' ? undefined : await format.contenders[contender].load()
const ours = read === undefined ? await loadOurs(format.file) : undefined
globalThis.gc?.()
const before = process.resourceUsage().maxRSS
if (ours !== undefined) ours(sides)
else for (const side of sides) await read(side)
process.send({ bytes: (process.resourceUsage().maxRSS - before) * 1024 })
process.disconnect()
