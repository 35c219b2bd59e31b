import type { Capability } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { readSpawned } from '../../package/shell/read-shell.js'
import type { ShellAct } from '../../package/shell/shell-act.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import type { SightingAt } from './changed-code.js'
import { gainedSightings } from './gained-sightings.js'

/** A command that code starts, known to its end, and what a shell would do for it. */
export interface GainedCommand {
  readonly command: string
  readonly acts: readonly ShellAct[]
  readonly place: SightingAt
}

const shell: ReadonlySet<Capability> = new Set(['shell'])

/** Those that this version brings; all of them where there is no version before. All are read within one package's budget. */
export function gainedCommands(now: PackageFacts, previous: PackageFacts | undefined): readonly GainedCommand[] {
  const budget = new ShellBudget()
  return gainedSightings(now, previous, shell).flatMap((place): GainedCommand[] => {
    const { constant } = place
    return constant === undefined ? [] : [{ command: constant, acts: readSpawned(constant, budget), place }]
  })
}
