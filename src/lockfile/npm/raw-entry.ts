import type { LockfileEntry, Requirement, RequirementKind } from '../dependency-graph.js'
import { parseGitAddress, sourceOfAddress } from '../source.js'
import { type Complain, hasInvisible, show } from './malformed.js'

/** An entry, or a manifest, as JSON.parse gave it: an object of whatever the author wrote. */
export type RawEntry = Readonly<Record<string, unknown>>

export type MutableEntry = { -readonly [K in keyof LockfileEntry]: LockfileEntry[K] }

export const isRecord = (value: unknown): value is RawEntry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the reading of each entry needs to know of the whole. */
export interface Reading {
  readonly complain: Complain
  /** The text has characters, or escapes of ones, that a person may not see: else no field needs to be searched for them. */
  readonly mayHide: boolean
}

/** Whether valid JSON may state a character outside printable ASCII, by itself or by an escape. */
export const mayHideCharacters = (text: string, bytes: number): boolean =>
  bytes !== text.length || text.includes('\\') || text.includes('\x7f')

const identifying = ['version', 'resolved', 'integrity', 'name'] as const

/** The fields that decide what is installed must be text without tricks; otherwise the entry cannot be taken at all. */
export function identityIsReadable(key: string, raw: RawEntry, { complain, mayHide }: Reading): boolean {
  let readable = true
  for (const field of identifying) {
    const value = raw[field]
    if (value === undefined) continue
    if (typeof value !== 'string') {
      complain(key, 'wrong-type', `${field}: ${show(value)}`, false)
      readable = false
    } else if (mayHide && hasInvisible(value)) complain(key, 'control-character', `${field}: ${show(value)}`, true)
  }
  if (mayHide && hasInvisible(key)) complain(key, 'control-character', key, true)
  return readable
}

/** npm writes a flag as `true` or not at all; anything else counts as not set, which hides least, and is said. */
export function flag(key: string, raw: RawEntry, field: string, complain: Complain): boolean {
  const value = raw[field]
  if (value !== undefined && typeof value !== 'boolean') complain(key, 'wrong-type', `${field}: ${show(value)}`, true)
  return value === true
}

/** A git source is only as good as its commit: a branch, a tag or a short hash can be moved to other bytes. */
export function complainOfGit(key: string, address: string, complain: Complain): void {
  if (sourceOfAddress(address) === 'git' && !parseGitAddress(address).full) {
    complain(key, 'git-commit-not-full', address, true)
  }
}

/** The maps that name what an entry asks for must map text to text. */
export function complainOfRequirements(
  key: string,
  raw: RawEntry,
  fields: readonly string[],
  complain: Complain,
): void {
  for (const field of fields) {
    const map = raw[field]
    if (map === undefined || (field === 'requires' && typeof map === 'boolean')) continue
    if (!isRecord(map)) {
      complain(key, 'wrong-type', `${field}: ${show(map)}`, true)
      continue
    }
    for (const name in map) {
      if (typeof map[name] !== 'string') complain(key, 'wrong-type', `${field}.${name}: ${show(map[name])}`, true)
    }
    if (Object.hasOwn(map, '__proto__')) complain(key, 'prototype-key', `${field}.__proto__`, true)
  }
}

const requirementFields: readonly (readonly [string, RequirementKind])[] = [
  ['optionalDependencies', 'optional'],
  ['dependencies', 'prod'],
  ['devDependencies', 'dev'],
  ['peerDependencies', 'peer'],
]

/** What a manifest or an entry of formats 2 and 3 asks for. A name is optional where it is both that and ordinary, as npm has it. */
export function requirementsIn(raw: RawEntry): Requirement[] {
  const requirements: Requirement[] = []
  let seen: Set<string> | undefined
  const peerMeta = isRecord(raw.peerDependenciesMeta) ? raw.peerDependenciesMeta : {}
  for (const [field, kind] of requirementFields) {
    const map = raw[field]
    if (!isRecord(map)) continue
    // Most state one map alone, in which no name can come twice.
    if (requirements.length > 0) seen ??= new Set()
    for (const { name } of seen === undefined ? [] : requirements) seen?.add(name)
    for (const name of Object.keys(map)) {
      const range = map[name]
      if (typeof range !== 'string' || seen?.has(name) === true) continue
      const meta = kind === 'peer' && Object.hasOwn(peerMeta, name) ? peerMeta[name] : undefined
      requirements.push({ name, range, kind: isRecord(meta) && meta.optional === true ? 'peer-optional' : kind })
    }
  }
  return requirements
}
