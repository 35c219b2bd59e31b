import type { EntryField, LockfileEntry } from '../dependency-graph.js'
import { nameMistake } from '../npm/entry-key.js'
import { hasInvisible } from '../npm/malformed.js'
import type { MutableEntry } from '../npm/raw-entry.js'
import { gitOfArchive, parseGitAddress } from '../source.js'
import { type DependencyPath, parseDependencyPath, withoutSuffix } from './dependency-path.js'
import { agrees } from './key-agreement.js'
import { sectionOf } from './lockfile-format.js'
import type { PlacedComplaints } from './placed-complaints.js'
import { type Resolution, readResolution } from './resolution.js'
import type { Scope } from './snapshots.js'
import { isMap, isText, showValue, type YamlMap } from './yaml-tree.js'

export type EntryLines = { entry: number } & { [F in EntryField]?: number }

/** The entries of all documents of a lockfile, as they are read. */
export interface EntryTable {
  readonly entries: Map<string, MutableEntry>
  readonly lines: Map<string, EntryLines>
}

interface Reading {
  readonly table: EntryTable
  readonly scope: Scope
  readonly placed: PlacedComplaints
  /** The text may hold characters that nobody sees, so that each identity must be looked at. */
  readonly mayHide: boolean
}

/** Reads `packages`, and `snapshots` where a format keeps apart what depends on what. */
export function readPackages(document: YamlMap, reading: Reading): void {
  const { scope, placed } = reading
  const packages = sectionOf(document, 'packages')
  const keys = new Map<string, string>()
  for (let at = 0; at < (packages?.size ?? 0); at += 1) {
    const [key, raw] = [packages?.keyAt(at) ?? '', packages?.valueAt(at)]
    placed.line = packages?.lineAt(at) ?? 1
    if (!isMap(raw)) placed.complain(key, 'not-an-object', showValue(raw), false)
    else {
      const entry = readPackage(key, raw, reading)
      if (entry === undefined) continue
      keys.set(key, entry)
      if (scope.spelling !== 9) scope.snapshots.set(key, { scope, raw, entry })
    }
  }
  if (scope.spelling === 9) readSnapshots(document, packages, keys, reading)
}

function readSnapshots(
  document: YamlMap,
  packages: YamlMap | null | undefined,
  keys: ReadonlyMap<string, string>,
  { scope, placed }: Reading,
): void {
  const snapshots = sectionOf(document, 'snapshots')
  for (let at = 0; at < (snapshots?.size ?? 0); at += 1) {
    const [key, raw] = [snapshots?.keyAt(at) ?? '', snapshots?.valueAt(at)]
    placed.line = snapshots?.lineAt(at) ?? 1
    const id = withoutSuffix(key)
    const entry = keys.get(id)
    if (!isMap(raw)) placed.complain(key, 'not-an-object', showValue(raw), false)
    else if (entry !== undefined) scope.snapshots.set(key, { scope, raw, entry })
    // One whose package could not be read has been complained of.
    else if (packages?.get(id) === undefined) {
      placed.complain(key, 'not-an-object', 'it stands in snapshots and not in packages', false)
    }
  }
}

/** The graph's key of the entry, or of the one before it that has the same bytes; undefined where it cannot be read. */
function readPackage(key: string, raw: YamlMap, reading: Reading): string | undefined {
  const { complain } = reading.placed
  const path = parseDependencyPath(key, reading.scope.spelling)
  const identity = readIdentity(key, raw, path, reading)
  if (identity === undefined) return undefined
  const resolutions = readResolution(raw.get('resolution'), { ...path, ...identity })
  if ('seen' in resolutions) {
    complain(key, 'wrong-type', resolutions.seen, false)
    return undefined
  }
  let first: string | undefined
  for (const resolution of resolutions) {
    if (resolution.source === 'registry' && identity.version === undefined) {
      complain(key, 'wrong-type', 'version: nothing', false)
      return undefined
    }
    complainOfResolution(key, path, resolution, reading, resolutions.length > 1)
    const lines = linesOf(raw, resolution, reading.placed.line)
    const added = addEntry(key, path.id, toEntry(path.id, identity, resolution), lines, reading.table)
    first ??= added
  }
  return first
}

interface Identity {
  readonly name: string
  readonly version?: string
}

function readIdentity(key: string, raw: YamlMap, path: DependencyPath, reading: Reading): Identity | undefined {
  const { complain } = reading.placed
  const [name, version] = [raw.get('name'), raw.get('version')]
  if (key.includes('__proto__')) {
    complain(key, 'prototype-key', key, false)
    return undefined
  }
  for (const [field, value] of [
    ['name', name],
    ['version', version],
  ] as const) {
    if (value === undefined || isText(value)) continue
    complain(key, 'wrong-type', `${field}: ${showValue(value)}`, false)
    return undefined
  }
  const [nameStated, versionStated] = [isText(name) ? name : undefined, isText(version) ? version : undefined]
  // Older pnpm believes the field, newer pnpm the key; of the version all believe the field.
  const named = reading.scope.spelling === 9 ? (path.name ?? nameStated) : (nameStated ?? path.name)
  const mistake = named === undefined ? null : nameMistake(named)
  if (named === undefined || mistake !== null) {
    complain(key, mistake ?? 'wrong-type', `name: ${named ?? 'nothing'}`, false)
    return undefined
  }
  if (differ(path.name, nameStated)) complain(key, 'identity-disagrees', `name: ${nameStated}`, true)
  if (differ(path.version, versionStated)) complain(key, 'identity-disagrees', `version: ${versionStated}`, true)
  const locked = versionStated ?? path.version
  return locked === undefined ? { name: named } : { name: named, version: locked }
}

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

function complainOfResolution(
  key: string,
  path: DependencyPath,
  resolution: Resolution,
  { placed: { complain }, mayHide }: Reading,
  isVariant: boolean,
): void {
  const { source, resolved, integrity } = resolution
  if (!isVariant && !agrees(path, resolution))
    complain(key, 'identity-disagrees', `resolution: ${resolved ?? source}`, true)
  if (
    source === 'git' &&
    gitOfArchive(resolved ?? '') === null &&
    !parseGitAddress((resolved ?? '').replace(/&path:.*$/s, '')).full
  ) {
    complain(key, 'git-commit-not-full', resolved, true)
  }
  if (source === 'link' && leavesProject(resolved ?? ''))
    complain(key, 'path-traversal', `directory: ${resolved}`, true)
  if (
    mayHide &&
    [key, resolved, integrity].some((text) => text !== undefined && !plain.test(text) && hasInvisible(text))
  ) {
    complain(key, 'control-character', JSON.stringify([key, resolved, integrity]), true)
  }
}

/** Nearly every text, told without the slower test. */
const plain = /^[ -~]*$/

export const leavesProject = (target: string): boolean => /^(?:\/|[a-zA-Z]:)|\\/.test(target)

function toEntry(key: string, { name, version }: Identity, resolution: Resolution): MutableEntry {
  const { source, resolved, integrity } = resolution
  const entry: MutableEntry = { key, name, source, dev: false, optional: false, peer: false, bundled: false }
  if (version !== undefined) entry.version = version
  if (resolved !== undefined) entry.resolved = resolved
  if (integrity !== undefined) entry.integrity = integrity
  return entry
}

function linesOf(raw: YamlMap, { resolvedLine, integrityLine }: Resolution, line: number): EntryLines {
  // A registry's version stands in the key.
  const lines: EntryLines = { entry: line, version: raw.lineOf('version') ?? line }
  if (resolvedLine !== undefined) lines.resolved = resolvedLine
  if (integrityLine !== undefined) lines.integrity = integrityLine
  return lines
}

/** Peer variants of the same bytes are one entry; what differs in any byte stays apart under its own key. */
function addEntry(
  key: string,
  id: string,
  entry: MutableEntry,
  at: EntryLines,
  { entries, lines }: EntryTable,
): string {
  for (let count = 1; ; count += 1) {
    const other = entries.get(entry.key)
    if (other === undefined) break
    if (isSameBytes(other, entry)) return entry.key
    entry.key = count === 1 && key !== id ? key : `${key}#${count + 1}`
  }
  entries.set(entry.key, entry)
  lines.set(entry.key, at)
  return entry.key
}

const isSameBytes = (a: LockfileEntry, b: LockfileEntry): boolean =>
  a.name === b.name &&
  a.version === b.version &&
  a.source === b.source &&
  a.resolved === b.resolved &&
  a.integrity === b.integrity
