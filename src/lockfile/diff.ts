import { comparisonOf } from './copy-comparison.js'
import type { DependencyChange, Locked } from './dependency-change.js'
import type { DependencyGraph, LockfileEntry, Manager } from './dependency-graph.js'
import { collectCopies, type EntryCopy, isOwnCode, type SourceIdentity } from './entry-copies.js'
import { statesRequirements, unreachedNames } from './orphans.js'
import { type CopyChange, pairCopies } from './pair-copies.js'
import { findPaths, type PathFinder } from './paths.js'
import { collectReached, isDevOnly, isOptionalOnly } from './reachability.js'
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
  const comparison = comparisonOf(base?.manager, head?.manager)
  const [before, after] = [base, head].map((graph) => collectCopies(graph, names, identity)) as [Copies, Copies]
  // What comes inside another tarball is listed by some formats and has no bytes of its own.
  const listed = (copies: readonly EntryCopy[] = []): readonly EntryCopy[] =>
    base !== null && head !== null && base.manager !== head.manager
      ? copies.filter(({ entry }) => !entry.bundled)
      : copies
  const paths = head === null ? null : findPaths(head)
  const reached = head !== null && kindsUnstated.has(head.manager) ? collectReached(head) : null
  const side = head ?? base
  if (side === null) return []
  const changes = [...names]
    .flatMap((name) =>
      pairCopies(listed(before.get(name)), listed(after.get(name)), comparison).map((change) => ({ name, change })),
    )
    .map(({ name, change }) => withReach(toDependencyChange(name, change, side, paths), change, reached))
    .sort(inOrder)
  return head === null || !statesRequirements(head) ? changes : markOrphans(changes, base)
}

/** Lockfiles of Yarn do not tell what is only for development, or optional, from the rest: how it is asked for tells. */
const kindsUnstated: ReadonlySet<Manager> = new Set<Manager>(['yarn', 'yarn-berry'])

function withReach(
  change: DependencyChange,
  { after }: CopyChange,
  reached: ReadonlyMap<string, number> | null,
): DependencyChange {
  if (after === undefined || reached === null) return change
  const bits = after.keys.map((key) => reached.get(key))
  return { ...change, dev: bits.every(isDevOnly), optional: change.optional || bits.every(isOptionalOnly) }
}

type Copies = ReadonlyMap<string, EntryCopy[]>

function markOrphans(changes: DependencyChange[], base: DependencyGraph | null): DependencyChange[] {
  const isUnreached = ({ after, bundled, paths }: DependencyChange): boolean =>
    after !== undefined && !bundled && paths.length === 0
  const before = unreachedNames(base, new Set(changes.filter(isUnreached).map(({ name }) => name)))
  return changes.map((change) =>
    isUnreached(change) && !before.has(change.name) ? { ...change, orphaned: true } : change,
  )
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
  a.checksum === b.checksum &&
  a.checksumAbsent === b.checksumAbsent &&
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

const toLocked = ({ entry }: EntryCopy): Locked => {
  const { key, version, source, alias, resolved, integrity, checksum, checksumAbsent } = entry
  return {
    key,
    version: version ?? '',
    source,
    ...(alias === undefined ? {} : { alias }),
    ...(resolved === undefined ? {} : { resolved }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(checksumAbsent === undefined ? {} : { checksumAbsent }),
  }
}

/** Sorting by what is stated, never by the order in which the file states it. */
function inOrder(a: DependencyChange, b: DependencyChange): number {
  const [one, other] = [a.after ?? a.before, b.after ?? b.before]
  return (
    compareTexts(a.name, b.name) ||
    compareVersions(one?.version ?? '', other?.version ?? '') ||
    compareTexts(JSON.stringify([a.kind, one, a.before]), JSON.stringify([b.kind, other, b.before]))
  )
}
