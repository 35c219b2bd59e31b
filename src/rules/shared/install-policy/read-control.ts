import { posix } from 'node:path'
import type { InstallSettings, Place } from '../../../repository/posture/posture-state.js'
import {
  itemsOf,
  memberAt,
  memberOf,
  membersOf,
  type PlacedValue,
  scalarText,
} from '../../../repository/settings/placed-value.js'
import type { Control, Spelling } from './control.js'

/** One value of a control, or one entry of its list, where it stands. */
export interface Setting extends Place {
  /** As its file spells it. */
  readonly spelling: string
  readonly text: string
}

export interface ReadControl {
  /** In the order of the files; for a list its entries. */
  readonly settings: readonly Setting[]
  /** Minutes in one number of the first one. */
  readonly minutes: number
}

/** What the files of one folder say of a control, in any spelling: package managers move their settings between files. */
export function readControl({ spellings, kind }: Control, files: readonly InstallSettings[]): ReadControl {
  const found: Setting[] = []
  let minutes: number | undefined
  for (const spelling of spellings) {
    for (const { file, format, values } of files) {
      const member = format === spelling.format ? memberAt(values, spelling.path) : undefined
      if (member === undefined) continue
      const own = { file, spelling: spelling.path }
      const settings =
        kind === 'list' || kind === 'program'
          ? entriesOf(member.value, spelling).map((entry) => ({ ...own, ...entry }))
          : scalarText(member.value) === undefined
            ? []
            : [{ ...own, line: member.line, text: scalarText(member.value) ?? '' }]
      if (found.length === 0 && settings.length > 0) minutes = spelling.minutes
      found.push(...settings)
    }
  }
  return { settings: found, minutes: minutes ?? 1 }
}

interface Entry {
  readonly line: number
  readonly text: string
}

/** Entries of a list, names of a map that are not refused, words of a text between commas. */
function entriesOf(value: PlacedValue, { format }: Spelling): readonly Entry[] {
  if (value.kind === 'object') {
    return membersOf(value).flatMap(([name, { line, value: own }]) => {
      const built = memberOf(own, 'built')?.value
      const isRefused = [own, built].some((one) => one?.kind === 'other' && (one.value === false || one.value === null))
      if (isRefused || (own.kind === 'object' && built === undefined)) return []
      const version = own.kind === 'text' ? `@${own.text}` : ''
      return [{ line, text: name + version }]
    })
  }
  if (value.kind === 'list') {
    return itemsOf(value).flatMap((item) => {
      const text =
        scalarText(item) ?? scalarText(memberOf(item, 'spec')?.value) ?? scalarText(memberOf(item, 'path')?.value)
      return text === undefined ? [] : [{ line: item.line, text }]
    })
  }
  const text = scalarText(value)
  if (text === undefined || text === 'null' || text === 'false') return []
  const words = format === 'npmrc' || format === 'pip-conf' ? text.split(/[,\s]+/) : [text]
  return words.filter((word) => word !== '').map((word) => ({ line: value.line, text: word }))
}

/** By the folder that each file stands in. */
export function byFolder(settings: readonly InstallSettings[]): ReadonlyMap<string, readonly InstallSettings[]> {
  const folders = new Map<string, InstallSettings[]>()
  for (const one of settings) {
    const folder = posix.dirname(one.file)
    folders.set(folder, [...(folders.get(folder) ?? []), one])
  }
  return folders
}
