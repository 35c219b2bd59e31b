import { maxPairedCopies } from '../limits.js'
import type { CopyComparison } from './copy-comparison.js'
import type { DependencyChangeKind } from './dependency-change.js'
import type { EntryCopy } from './entry-copies.js'
import { compareDistances, compareVersions, versionDistance } from './version-distance.js'

/** What happened to one copy: at least one side is there. */
export interface CopyChange {
  readonly kind: DependencyChangeKind
  readonly before?: EntryCopy
  readonly after?: EntryCopy
  /** `after` is a further copy: what it is paired with is still there. */
  readonly beforeStays?: boolean
}

const versionOf = ({ entry }: EntryCopy): string => entry.version ?? ''

/** Pairs what base and head hold of one name. Copies that are the same on both sides, wherever they lie, are no change. */
export const pairCopies = (
  base: readonly EntryCopy[],
  head: readonly EntryCopy[],
  comparison: CopyComparison,
): CopyChange[] => new CopyPairing(base, head, comparison).pair()

class CopyPairing {
  constructor(
    readonly base: readonly EntryCopy[],
    readonly head: readonly EntryCopy[],
    readonly comparison: CopyComparison,
  ) {}

  pair(): CopyChange[] {
    const { base, head } = this
    if (base.length * head.length > maxPairedCopies ** 2) return this.#pairInOrder()
    const entering = head.filter((copy) => !base.some((other) => this.#isSame(other, copy)))
    const leaving = new Set(
      base.filter((copy) => !head.some((other) => this.#isSame(copy, other) || isCoveredBy(copy, other))),
    )
    const changes: CopyChange[] = []
    const moved: EntryCopy[] = []
    for (const after of entering) {
      const before = this.#atSameVersion(leaving, after)
      if (before === undefined) moved.push(after)
      else {
        const change = this.#changeOf(before, after)
        changes.push(leaving.delete(before) ? change : { ...change, beforeStays: true })
      }
    }
    const nearest = pairByDistance([...leaving], moved)
    for (const before of nearest.values()) leaving.delete(before)
    for (const after of moved) {
      const replaced = nearest.get(after)
      const change = this.#changeOf(replaced ?? nearestOf(base, after), after)
      changes.push(replaced === undefined && change.before !== undefined ? { ...change, beforeStays: true } : change)
    }
    for (const before of leaving) changes.push({ kind: 'removed', before })
    return changes
  }

  /** No lockfile that a manager wrote has this many copies of one name: exact in what changed, simple in what goes together. */
  #pairInOrder(): CopyChange[] {
    const idOf = ({ entry, place }: EntryCopy): string =>
      JSON.stringify([entry.version, place, entry.integrity, entry.checksum])
    const [baseIds, headIds] = [new Set(this.base.map(idOf)), new Set(this.head.map(idOf))]
    const before = this.base.filter((copy) => !headIds.has(idOf(copy))).sort(byVersion)
    const after = this.head.filter((copy) => !baseIds.has(idOf(copy))).sort(byVersion)
    return [
      ...after.map((copy, at) => ({
        ...this.#changeOf(before[at] ?? this.base[0], copy),
        beforeStays: at >= before.length,
      })),
      ...before.slice(after.length).map((copy) => ({ kind: 'removed' as const, before: copy })),
    ]
  }

  /**
   * A bundled copy has no bytes of its own, so any copy of the version equals it. An older format may state no version
   * for a source that names its bytes. From plain to encrypted transport is no change; the way back is one.
   */
  #isSame(before: EntryCopy, after: EntryCopy): boolean {
    if (after.entry.bundled) return versionOf(before) === versionOf(after)
    if (before.entry.bundled || !this.comparison.samePlace(before, after)) return false
    if (after.place.insecure && !before.place.insecure) return false
    const pinned = /^git:.*#[0-9a-f]{40,64}$/s.test(after.place.text)
    const unhashed = before.entry.integrity === undefined || after.entry.integrity === undefined
    if (!(pinned && unhashed) && !this.comparison.sameIntegrity(before, after)) return false
    const unstated = before.entry.version === undefined || after.entry.version === undefined
    return before.entry.version === after.entry.version || pinned || unstated
  }

  /** A copy of the same version in base, one that leaves before one that stays, one of the same place before another. */
  #atSameVersion(leaving: ReadonlySet<EntryCopy>, after: EntryCopy): EntryCopy | undefined {
    const rank = (copy: EntryCopy): number =>
      (leaving.has(copy) ? 0 : 4) + (this.comparison.samePlace(copy, after) ? 0 : 2) + (copy.entry.bundled ? 1 : 0)
    return this.base
      .filter((copy) => versionOf(copy) === versionOf(after))
      .reduce<EntryCopy | undefined>(
        (best, copy) => (best === undefined || rank(copy) < rank(best) ? copy : best),
        undefined,
      )
  }

  #changeOf(before: EntryCopy | undefined, after: EntryCopy): CopyChange {
    return before === undefined ? { kind: 'added', after } : { kind: this.#kindOf(before, after), before, after }
  }

  #kindOf(before: EntryCopy, after: EntryCopy): DependencyChangeKind {
    const [from, to] = [versionOf(before), versionOf(after)]
    if (from === to || from === '' || to === '') {
      if (before.place.insecure !== after.place.insecure && after.place.insecure) return 'resourced'
      return this.comparison.sameSource(before, after) ? 'replaced' : 'resourced'
    }
    return compareVersions(to, from) < 0 ? 'downgraded' : 'upgraded'
  }
}

const isCoveredBy = (before: EntryCopy, after: EntryCopy): boolean =>
  before.entry.bundled && versionOf(before) === versionOf(after)

function pairByDistance(leaving: EntryCopy[], entering: EntryCopy[]): Map<EntryCopy, EntryCopy> {
  const paired = new Map<EntryCopy, EntryCopy>()
  const pairs = entering
    .flatMap((after) => leaving.map((before) => ({ before, after })))
    .map((pair) => ({ ...pair, distance: versionDistance(versionOf(pair.before), versionOf(pair.after)) }))
    .sort(
      (a, b) =>
        compareDistances(a.distance, b.distance) || byVersion(a.after, b.after) || byVersion(a.before, b.before),
    )
  const taken = new Set<EntryCopy>()
  for (const { before, after } of pairs) {
    if (paired.has(after) || taken.has(before)) continue
    paired.set(after, before)
    taken.add(before)
  }
  return paired
}

const byVersion = (a: EntryCopy, b: EntryCopy): number => compareVersions(versionOf(a), versionOf(b))

function nearestOf(base: readonly EntryCopy[], after: EntryCopy): EntryCopy | undefined {
  let best: EntryCopy | undefined
  for (const copy of base) {
    if (best === undefined) best = copy
    else {
      const [a, b] = [copy, best].map((one) => versionDistance(versionOf(one), versionOf(after)))
      if (a !== undefined && b !== undefined && compareDistances(a, b) < 0) best = copy
    }
  }
  return best
}
