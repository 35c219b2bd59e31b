import type { DependencyChange } from './dependency-change.js'
import type { DependencyGraph, LockfileEntry, Requirement } from './dependency-graph.js'
import { type DirectRequirement, fitOf, isLoosened } from './direct-requirement.js'
import type { LooseRequirement } from './project-change.js'
import { type Asker, type Overriding, overridesOf } from './unmet-ranges.js'

/** What the manifests of a project ask for by themselves, by what they get. */
export interface Asked {
  readonly graph: DependencyGraph
  /** `name@version` → the entries of that name and version, each with those who ask for it. */
  readonly entries: ReadonlyMap<string, readonly AskedEntry[]>
  /** A manifest of the project, or the file of its settings, is not what it was in base. */
  readonly manifestsChanged: boolean
  /** The manifest of each root was read: that none of them asks for something then means something. */
  readonly complete: boolean
}

interface AskedEntry {
  readonly entry: LockfileEntry
  readonly requirements: DirectRequirement[]
}

/** `before`: head's manifest → what base's asked for. */
export function collectAsked(
  graph: DependencyGraph,
  askers: readonly Asker[],
  before: ReadonlyMap<string, readonly Requirement[]>,
  overriding: Overriding,
  manifestsChanged: boolean,
): Asked {
  const byKey = new Map<string, AskedEntry>()
  for (const { manifest, folder, requirements } of askers) {
    const had = new Map((before.get(manifest) ?? []).map(({ name, range }) => [name, range]))
    for (const { name, range, kind } of requirements) {
      const key = graph.resolve({ folder, requirements }, name)
      const entry = key === null ? undefined : graph.entries.get(key)
      if (key === null || entry === undefined) continue
      const fit = fitOf(entry.version ?? '', range, overridesOf(name, overriding))
      const asked = byKey.get(key) ?? { entry, requirements: [] }
      const rangeBefore = had.get(name)
      asked.requirements.push({
        manifest,
        name,
        range,
        kind,
        ...(rangeBefore === undefined ? {} : { rangeBefore }),
        fit,
      })
      byKey.set(key, asked)
    }
  }
  const entries = new Map<string, AskedEntry[]>()
  for (const asked of byKey.values()) {
    const id = idOf(asked.entry.name, asked.entry.version)
    const others = entries.get(id)
    if (others === undefined) entries.set(id, [asked])
    else others.push(asked)
  }
  const asking = new Set(askers.map(({ folder }) => folder))
  return { graph, entries, manifestsChanged, complete: graph.roots.every(({ folder }) => asking.has(folder)) }
}

const idOf = (name: string, version = ''): string => `${name}@${version}`

/** The change with those who ask for it, where it is a direct one at head. */
export function withAsked(change: DependencyChange, { entries, manifestsChanged, complete }: Asked): DependencyChange {
  const { after, direct, name } = change
  if (after === undefined || !direct) return change
  const asked = (entries.get(idOf(name, after.version)) ?? [])
    .filter(({ entry }) => entry.resolved === after.resolved && entry.integrity === after.integrity)
    .flatMap(({ requirements }) => requirements)
  return asked.length === 0 && !complete ? change : { ...change, asked, manifestsChanged }
}

/** Direct requirements that the change made loose, of packages that it leaves as they are. */
export function looseRequirements({ graph, entries }: Asked, changes: readonly DependencyChange[]): LooseRequirement[] {
  const changed = new Set(changes.map(({ name, after }) => idOf(name, after?.version)))
  return (
    [...entries]
      .filter(([id]) => !changed.has(id))
      .flatMap(([, list]) => list)
      // The repository's own packages have no versions to choose from.
      .filter(({ entry: { source } }) => source !== 'workspace' && source !== 'link')
      .flatMap(({ entry, requirements }) =>
        requirements.filter(isLoosened).map(({ manifest, name, range }) => ({
          manifest,
          name,
          range,
          package: entry.name,
          version: entry.version ?? '',
          dependsOn: graph.requirementsOf(entry.key).map((requirement) => requirement.name),
        })),
      )
  )
}

/** Moved inside what the unchanged manifests ask for: what an install without a lockfile might do on any day. */
export const movedInsideRange = ({ kind, asked = [], manifestsChanged }: DependencyChange): boolean =>
  (kind === 'added' || kind === 'upgraded' || kind === 'downgraded') &&
  manifestsChanged === false &&
  asked.length > 0 &&
  asked.every(({ fit }) => fit === 'inside')
