import { maxSightingConstantCharacters } from '../limits.js'
import type { PackageCode } from './code/package-code.js'
import type { LimitHit } from './package-facts.js'
import { readSpawned } from './shell/read-shell.js'
import { ShellBudget } from './shell/shell-budget.js'

/** Told of one package: the first place is where a reader looks. */
const maxTold = 10

/** Commands that code starts on install and that are not read to their end: rules judge them by what is read. */
export function spawnedCommandLimits({ files }: PackageCode): readonly LimitHit[] {
  const budget = new ShellBudget()
  const seen = new Set<string>()
  const limits: LimitHit[] = []
  for (const { path, reach, code } of files) {
    if (reach !== 'install') continue
    for (const { capability, constant, line } of code.sightings) {
      if (capability !== 'shell' || constant === undefined || seen.has(constant)) continue
      seen.add(constant)
      const place = `${path}:${line}`
      if (constant.length >= maxSightingConstantCharacters)
        limits.push({ limit: 'maxSightingConstantCharacters', detail: `${place} starts a longer command than is kept` })
      const unread = readSpawned(constant, budget).find(({ action }) => action === 'unread')
      if (unread !== undefined) limits.push({ limit: 'maxShellWork', detail: `${place}: ${unread.detail}` })
      if (limits.length >= maxTold) return limits
    }
  }
  return limits
}
