import type { AllowList, Control, Program } from './control.js'
import { namesVersions } from './controls.js'
import type { ReadControl, Setting } from './read-control.js'

/** What a change does to one control. */
export interface PolicyMove {
  readonly direction: 'loosened' | 'tightened'
  /** What is new, or else what is gone. */
  readonly settings: readonly Setting[]
  /** The settings are those of base, which head has no longer. */
  readonly gone: boolean
  /** Entries that stand for names which nobody has named. */
  readonly sweeping: boolean
}

/** Null where it is as strict as it was, as far as anybody can tell. */
export function compareControl(control: Control, before: ReadControl, after: ReadControl): PolicyMove | null {
  switch (control.kind) {
    case 'list':
      return compareLists(control, before.settings, after.settings)
    case 'program':
      return comparePrograms(control, before.settings, after.settings)
    case 'guard':
      return compareGuards(before.settings, after.settings)
    default: {
      const was = strengthOf(control, before)
      // What only the machine knows that installs, such as a variable, may be anything: where base said something, that is less.
      const is = strengthOf(control, after) ?? (before.settings.length === 0 ? null : 0)
      if (was === null || is === null || was === is) return null
      const gone = after.settings.length === 0
      const settings = gone ? before.settings.slice(0, 1) : after.settings.slice(0, 1)
      return { direction: is < was ? 'loosened' : 'tightened', settings, gone, sweeping: true }
    }
  }
}

/** More is stricter; null for a value that nobody understands, such as a variable. */
function strengthOf(
  control: Exclude<Control, { kind: 'list' | 'program' | 'guard' }>,
  read: ReadControl,
): number | null {
  const [first] = read.settings
  switch (control.kind) {
    case 'switch': {
      if (first === undefined) return { unsafe: 0, between: 1, safe: 2 }[control.unset]
      const value = switchIn(first.text)
      return value === null ? null : value === control.safe ? 2 : 0
    }
    case 'scale': {
      if (first === undefined) return control.unset
      const place = control.order.indexOf(first.text)
      return place < 0 ? null : place
    }
    default:
      return first === undefined ? control.unset : minutesIn(first.text, read.minutes)
  }
}

/** npm takes numbers, and no value at all for true. */
function switchIn(text: string): boolean | null {
  if (/^(?:true|1|)$/i.test(text)) return true
  return /^(?:false|0|null|undefined)$/i.test(text) ? false : null
}

const units: ReadonlyMap<string, number> = new Map([
  ['ms', 1 / 60_000],
  ['s', 1 / 60],
  ['m', 1],
  ['h', 60],
  ['d', 24 * 60],
  ['w', 7 * 24 * 60],
])

function minutesIn(text: string, unit: number): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s*(ms|[smhdw])?$/.exec(text.trim())
  if (match === null) return null
  return Number(match[1]) * (match[2] === undefined ? unit : (units.get(match[2]) ?? 1))
}

function compareLists(control: AllowList, before: readonly Setting[], after: readonly Setting[]): PolicyMove | null {
  const versions = namesVersions(control)
  const matters = (setting: Setting): boolean => control.harmless?.test(setting.text) !== true
  const [was, is] = [coverageOf(before, versions), coverageOf(after, versions)]
  const added = after.filter((one) => matters(one) && !was(one.text))
  if (added.length > 0) {
    return {
      direction: 'loosened',
      settings: added,
      gone: false,
      sweeping: added.some(({ text }) => text.includes('*')),
    }
  }
  const removed = before.filter((one) => matters(one) && !is(one.text))
  if (removed.length === 0) return null
  return { direction: 'tightened', settings: removed, gone: true, sweeping: false }
}

/**
 * Whether a list lets an entry through already. One that names a version moves on with its package: that the next version may do the same lets
 * nobody else in.
 */
function coverageOf(list: readonly Setting[], versions: boolean): (text: string) => boolean {
  const texts = new Set(list.map(({ text }) => text))
  const names = new Set(list.map(({ text }) => nameOf(text)))
  const isAll = texts.has('*') || texts.has('**')
  return (text) => {
    if (isAll || texts.has(text)) return true
    const name = nameOf(text)
    return versions && (texts.has(name) || (name !== text && names.has(name)))
  }
}

const nameOf = (entry: string): string => {
  const version = entry.indexOf('@', 1)
  return version < 0 ? entry : entry.slice(0, version)
}

function comparePrograms(control: Program, before: readonly Setting[], after: readonly Setting[]): PolicyMove | null {
  const matters = (setting: Setting): boolean => control.harmless?.test(setting.text) !== true
  const keyOf = ({ spelling, text }: Setting): string => JSON.stringify([spelling, text])
  const [was, is] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  const added = after.filter((one) => matters(one) && !was.has(keyOf(one)))
  if (added.length > 0) return { direction: 'loosened', settings: added, gone: false, sweeping: true }
  const removed = before.filter((one) => matters(one) && !is.has(keyOf(one)))
  return removed.length === 0 ? null : { direction: 'tightened', settings: removed, gone: true, sweeping: false }
}

function compareGuards(before: readonly Setting[], after: readonly Setting[]): PolicyMove | null {
  const active = (settings: readonly Setting[]) =>
    settings.filter(({ text }) => !/^(?:false|null|0|no|off|)$/i.test(text))
  const [was, is] = [active(before), active(after)]
  if (was.length > 0 && is.length === 0) return { direction: 'loosened', settings: was, gone: true, sweeping: true }
  if (was.length === 0 && is.length > 0) return { direction: 'tightened', settings: is, gone: false, sweeping: false }
  return null
}
