import type { DependencyChange, Locked } from './dependency-change.js'
import type { DependencyGraph, LockfileEntry } from './dependency-graph.js'
import { collectCopies, type EntryCopy, isOwnCode, type SourceIdentity } from './entry-copies.js'
import { type CopyChange, pairCopies } from './pair-copies.js'
import { findPaths, type PathFinder } from './paths.js'
import { compareTexts, compareVersions } from './version-distance.js'

/**
 * What one lockfile installs that it did not, and the reverse, sorted by name and version. Where entries lie, in which
 * order, and in which format they are written is no change; neither are the repository's own workspaces and links.
 */
export function diffGraphs(
  base: DependencyGraph | null,
  head: DependencyGraph | null,
  identity: SourceIdentity,
): DependencyChange[] {
  const names = touchedNames(base, head)
  if (names.size === 0) return []
  const before = collectCopies(base, names, identity)
  const after = collectCopies(head, names, identity)
  const paths = head === null ? null : findPaths(head)
  const side = head ?? base
  if (side === null) return []
  return [...names]
    .flatMap((name) => pairCopies(before.get(name) ?? [], after.get(name) ?? []).map((change) => ({ name, change })))
    .map(({ name, change }) => toDependencyChange(name, change, side, paths))
    .sort(inOrder)
}

/** Names with an entry that is not the same, field by field, at the same key on the other side. */
function touchedNames(base: DependencyGraph | null, head: DependencyGraph | null): Set<string> {
  const names = new Set<string>()
  for (const [one, other] of [
    [base, head],
    [head, base],
  ]) {
    for (const entry of one?.entries.values() ?? []) {
      const counterpart = other?.entries.get(entry.key)
      if (!isOwnCode(entry) && (counterpart === undefined || !isUnchanged(entry, counterpart))) names.add(entry.name)
    }
  }
  return names
}

const isUnchanged = (a: LockfileEntry, b: LockfileEntry): boolean =>
  a.name === b.name &&
  a.version === b.version &&
  a.resolved === b.resolved &&
  a.integrity === b.integrity &&
  a.source === b.source &&
  a.bundled === b.bundled

function toDependencyChange(
  name: string,
  { kind, before, after, beforeStays = false }: CopyChange,
  { file, manager }: DependencyGraph,
  paths: PathFinder | null,
): DependencyChange {
  const present = after ?? before
  const why = after === undefined ? undefined : paths?.to(after.keys)
  return {
    kind,
    lockfile: file,
    manager,
    name,
    ...(before === undefined ? {} : { before: toLocked(before) }),
    ...(after === undefined ? {} : { after: toLocked(after) }),
    beforeStays,
    direct: why?.direct ?? false,
    dev: present?.dev ?? false,
    optional: present?.optional ?? false,
    bundled: present?.entry.bundled ?? false,
    paths: why?.paths ?? [],
  }
}

const toLocked = ({ entry: { key, version, source, alias, resolved, integrity } }: EntryCopy): Locked => ({
  key,
  version: version ?? '',
  source,
  ...(alias === undefined ? {} : { alias }),
  ...(resolved === undefined ? {} : { resolved }),
  ...(integrity === undefined ? {} : { integrity }),
})

/** Sorting by what is stated, never by the order in which the file states it. */
function inOrder(a: DependencyChange, b: DependencyChange): number {
  const [one, other] = [a.after ?? a.before, b.after ?? b.before]
  return (
    compareTexts(a.name, b.name) ||
    compareVersions(one?.version ?? '', other?.version ?? '') ||
    compareTexts(JSON.stringify([a.kind, one, a.before]), JSON.stringify([b.kind, other, b.before]))
  )
}
