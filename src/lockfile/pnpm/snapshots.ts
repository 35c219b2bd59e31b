import { nameMistake } from '../npm/entry-key.js'
import type { Complain } from '../npm/malformed.js'
import { referencedKey } from './dependency-path.js'
import type { Importer } from './importers.js'
import { type Spelling, sectionOf } from './lockfile-format.js'
import { isText, showValue, type YamlMap } from './yaml-tree.js'

/** One document of a lockfile: what its references can lead to. */
export interface Scope {
  readonly spelling: Spelling
  readonly snapshots: Map<string, Snapshot>
}

/** One peer variant of an entry, with what it depends on. */
export interface Snapshot {
  readonly scope: Scope
  readonly raw: YamlMap
  /** The graph's own key of the entry that it is a variant of. */
  readonly entry: string
  /** What it leads to, once that was asked. */
  targets?: readonly Snapshot[]
}

export const dependencyMaps = ['dependencies', 'optionalDependencies'] as const

/** The snapshot that a name leads to in a document; `undefined` where there is none. */
export function follow(name: string, reference: unknown, { snapshots, spelling }: Scope): Snapshot | undefined {
  const key = typeof reference === 'string' ? referencedKey(reference, name, spelling) : null
  return key === null ? undefined : snapshots.get(key)
}

/** What a snapshot depends on becomes folders and links: each name must be one, each reference a text. */
export function complainOfDependencies({ entry, raw }: Snapshot, complain: Complain): void {
  for (const field of dependencyMaps) {
    const map = sectionOf(raw, field)
    if (map === undefined) continue
    if (map === null) {
      complain(entry, 'wrong-type', `${field}: ${showValue(raw.get(field))}`, true)
      continue
    }
    for (let at = 0; at < map.size; at += 1) {
      const name = map.keyAt(at)
      if (!isPlainName(name)) {
        const mistake = nameMistake(name)
        if (mistake !== null) complain(entry, mistake, `${field}: ${name}`, true)
      }
      if (!isText(map.valueAt(at)))
        complain(entry, 'wrong-type', `${field}.${name}: ${showValue(map.valueAt(at))}`, true)
    }
  }
}

/** Nearly every name, told without the slower test. */
const plainName = /^[a-z][a-z0-9-]*$/

const isPlainName = (name: string): boolean => plainName.test(name)

/** Snapshots that only development asks for. Format 9 does not say so; what nothing asks for is not among them. */
export function developmentOnly(importers: readonly Importer[], scope: Scope): ReadonlySet<Snapshot> {
  const starts = (isDev: boolean): Snapshot[] =>
    importers.flatMap(({ references }) =>
      [...references.values()]
        .filter(({ kind }) => (kind === 'dev') === isDev)
        .map(({ name, reference }) => follow(name, reference, scope))
        .filter((snapshot) => snapshot !== undefined),
    )
  return reach(starts(true), reach(starts(false), new Set()))
}

/** All that the starts lead to, without what is known already. */
function reach(starts: readonly Snapshot[], known: ReadonlySet<Snapshot>): Set<Snapshot> {
  const found = new Set<Snapshot>(starts.filter((snapshot) => !known.has(snapshot)))
  // A set yields what is added to it while it is walked.
  for (const snapshot of found) {
    for (const target of targetsOf(snapshot)) if (!known.has(target)) found.add(target)
  }
  return found
}

/** Each reference is followed once: finding what is for development and finding paths both ask. */
export function targetsOf(snapshot: Snapshot): readonly Snapshot[] {
  snapshot.targets ??= findTargets(snapshot)
  return snapshot.targets
}

function findTargets({ raw, scope }: Snapshot): Snapshot[] {
  const targets: Snapshot[] = []
  for (const field of dependencyMaps) {
    const map = sectionOf(raw, field)
    if (map === undefined || map === null) continue
    for (let at = 0; at < map.size; at += 1) {
      const target = follow(map.keyAt(at), map.valueAt(at), scope)
      if (target !== undefined) targets.push(target)
    }
  }
  return targets
}
