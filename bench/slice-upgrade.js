import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes `base` and `head` into `folder`: an upgrade of which about `count` packages are left, spread over all of it. Every
 * other package stays as it was.
 */
export function sliceUpgrade(name, count, folder) {
  const [before, after] = ['base', 'head'].map((side) => readLockfile(name, side))
  const changed = Object.keys(after.packages).filter(
    (path) => path !== '' && after.packages[path].version !== before.packages[path]?.version,
  )
  const step = changed.length / count
  const taken = Array.from({ length: count }, (_, at) => changed[Math.floor(at * step)])
  const head = { ...before.packages, ...Object.fromEntries(taken.map((path) => [path, after.packages[path]])) }
  writeSide(join(folder, 'base'), before)
  writeSide(join(folder, 'head'), { ...before, packages: head })
}

const readLockfile = (name, side) =>
  JSON.parse(readFileSync(new URL(`./${name}/${side}/package-lock.json`, import.meta.url), 'utf8'))

function writeSide(folder, lockfile) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile, undefined, 2))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(lockfile.packages[''], undefined, 2))
}
