import type { InstallSettings } from '../../../repository/posture/posture-state.js'
import type { Severity } from '../../rule.js'

export type SettingsFormat = InstallSettings['format']

/** Where a package manager looks for a setting. */
export interface Spelling {
  readonly format: SettingsFormat
  /** Keys joined by dots. */
  readonly path: string
  /** Minutes in one of its numbers, where it is a time. */
  readonly minutes?: number
}

interface Named {
  /** What it controls, as an object of a sentence. */
  readonly name: string
  /** Who gains what where it is loosened, as a clause. */
  readonly gain: string
  readonly spellings: readonly Spelling[]
  /** Where loosening it is not high. */
  readonly severity?: Severity
  /** An audit tells of it by another rule. */
  readonly notInAudit?: true
}

/** True or false. `unset` is how it stands without the setting; `between` where that depends on the package manager's version. */
export interface Switch extends Named {
  readonly kind: 'switch'
  readonly safe: boolean
  readonly unset: 'safe' | 'unsafe' | 'between'
}

/** One of several words, the weakest first; `unset` is a place among them, halfway between two where it depends on the version. */
export interface Scale extends Named {
  readonly kind: 'scale'
  readonly order: readonly string[]
  readonly unset: number
}

/** A time that releases must have been public for. `unset` in minutes, a fraction where it is more than nothing in some versions only. */
export interface Age extends Named {
  readonly kind: 'age'
  readonly unset: number
}

/** Names that are let through. */
export interface AllowList extends Named {
  readonly kind: 'list'
  /** The name of the control that it makes exceptions from: those that come along with it loosen nothing. */
  readonly excepts?: string
  /** Entries that let nothing through that matters. */
  readonly harmless?: RegExp
}

/** Code of the repository, or from elsewhere, that the package manager itself runs. */
export interface Program extends Named {
  readonly kind: 'program'
  /** Values that are ordinary. */
  readonly harmless?: RegExp
}

/** Something that looks at packages before they are installed. */
export interface Guard extends Named {
  readonly kind: 'guard'
}

export type Control = Switch | Scale | Age | AllowList | Program | Guard
