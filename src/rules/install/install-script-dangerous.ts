import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { type InstallDanger, installDangers } from '../shared/install-dangers.js'
import { hooksThatRun } from '../shared/install-hooks.js'

export const installScriptDangerous = defineRule({
  id: 'install-script-dangerous',
  title: 'dangerous install script',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install this version. Read the lines that are shown; who has installed it treats the machine and its tokens as taken.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const { before, after } = change
    if (after === undefined) return []
    const known = new Set(
      previous === undefined || before === undefined
        ? []
        : installDangers(previous, hooksThatRun(previous, before), undefined).map(keyOf),
    )
    const dangers = installDangers(now, hooksThatRun(now, after), previous).filter(
      (danger) => !known.has(keyOf(danger)),
    )
    if (dangers.length === 0) return []
    const evidence = dangers.slice(0, maxShown).map(({ what, seen, file, line, column }) => ({
      label: what,
      value: foreign(seen),
      file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }))
    const message = 'runs commands or code on install that no build needs'
    return [{ message, evidence, anchors: [entryField(change, 'version')] }]
  },
})

/** What a reader needs to see once; the rest is more of the same. */
const maxShown = 20

/** Lines move from version to version. */
const keyOf = ({ what, seen, file }: InstallDanger): string => JSON.stringify([what, seen, file])
