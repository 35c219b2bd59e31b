import type { OwnNames } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { InstallSettings } from '../../repository/posture/posture-state.js'
import { defineRule, type Evidence, type Observation } from '../rule.js'
import { compareControl, type PolicyMove } from '../shared/install-policy/compare-controls.js'
import type { Control } from '../shared/install-policy/control.js'
import { controls } from '../shared/install-policy/controls.js'
import { compareOverrides, type OverrideMove } from '../shared/install-policy/overrides.js'
import { byFolder, readControl, type Setting } from '../shared/install-policy/read-control.js'
import { compareRegistries, type RegistryMove } from '../shared/install-policy/registries.js'
import { mergeByFile, shorten } from '../shared/merge-observations.js'

export const installPolicyWeakened = defineRule({
  id: 'install-policy-weakened',
  title: 'weaker install policy',
  severity: 'high',
  confidence: 'high',
  fix: 'Keep the stricter setting, or name the one package and version that needs the exception and say in the pull request why.',
  on: ['repository'],
  needs: ['ownNames'],

  inspect({ posture }, { ownNames }) {
    if (posture === undefined) return []
    const before = byFolder(posture.before?.settings ?? [])
    const after = byFolder(posture.after.settings)
    return [...new Set([...after.keys(), ...before.keys()])].flatMap((folder) => {
      const [was, is] = [before.get(folder) ?? [], after.get(folder) ?? []]
      return posture.before === undefined ? inspectState(is) : inspectChange(was, is, ownNames)
    })
  },
})

/** Of a whole state only what it says against its package manager's own defaults: whom a list lets through is the repository's choice. */
const inspectState = (settings: readonly InstallSettings[]): readonly Observation[] =>
  controls.flatMap((control) => {
    if (control.notInAudit || control.kind === 'list' || control.kind === 'program' || control.kind === 'guard')
      return []
    const move = compareControl(control, { settings: [], minutes: 1 }, readControl(control, settings))
    return move?.direction === 'loosened' ? observeMove(control, move) : []
  })

const inspectChange = (
  was: readonly InstallSettings[],
  is: readonly InstallSettings[],
  own: OwnNames,
): readonly Observation[] => [
  ...controls.flatMap((control) => {
    const move = compareControl(control, readControl(control, was), readControl(control, is))
    return move === null || isFirstException(control, was, is) ? [] : observeMove(control, move).map(shorten)
  }),
  ...compareRegistries(was, is, own).map(observeRegistry),
  ...mergeByFile(compareOverrides(was, is).map(observeOverride)),
]

/** A list of exceptions that comes with what they are exceptions from is part of something stricter. */
function isFirstException(control: Control, was: readonly InstallSettings[], is: readonly InstallSettings[]): boolean {
  const gate = control.kind === 'list' && controls.find(({ name }) => name === control.excepts)
  if (!gate) return false
  return readControl(gate, was).settings.length === 0 && readControl(gate, is).settings.length > 0
}

function observeMove(control: Control, { direction, settings, gone, sweeping }: PolicyMove): readonly Observation[] {
  const [first, ...others] = settings
  if (first === undefined) return []
  const evidence = settings.map(({ spelling, text }): Evidence => {
    return { label: gone ? `${spelling}, before` : spelling, value: foreign(text) }
  })
  const anchors: Observation['anchors'] = [anchorOf(first, gone), ...others.map((one) => anchorOf(one, gone))]
  if (direction === 'tightened') {
    return [{ message: `tightens ${control.name}`, evidence, anchors, severity: 'low', fix: nothingToDo }]
  }
  // One named package more is a smaller thing than all that a pattern stands for.
  const severity = control.severity ?? (control.kind === 'list' && !sweeping ? 'medium' : undefined)
  return [{ message: `loosens ${control.name}: ${control.gain}`, evidence, anchors, ...(severity && { severity }) }]
}

const nothingToDo = 'Nothing needs to be done: this is told so that a stricter install surprises nobody.'

/** What is gone has no line at head. */
const anchorOf = ({ file, line }: Setting, gone: boolean): Anchor =>
  gone ? { kind: 'file', file } : { kind: 'line', file, line }

const observeRegistry = ({ file, line, label, address, before, message, severity }: RegistryMove): Observation => ({
  message,
  evidence: [
    ...(before === undefined
      ? []
      : [{ label: `${label === 'registry' ? label : 'scope'}, before`, value: foreign(before) }]),
    ...(label === 'registry' ? [] : [{ label: 'scope', value: foreign(label) }]),
    { label: 'registry', value: foreign(address) },
  ],
  anchors: [{ kind: 'line', file, line }],
  severity,
  ...(severity === 'low' && { fix: nothingToDo }),
})

const observeOverride = ({ file, line, selector, specifier, before, why }: OverrideMove): Observation => ({
  message:
    why === 'leaves the registry'
      ? 'overrides a dependency with one from outside the registry: whoever can write there decides what everybody else asked for'
      : 'overrides a dependency with an older version than it did: what was mended since then is open again',
  evidence: [
    ...(before === undefined ? [] : [{ label: 'override, before', value: foreign(`${selector}: ${before}`) }]),
    { label: 'override', value: foreign(`${selector}: ${specifier}`) },
  ],
  anchors: [{ kind: 'line', file, line }],
})
