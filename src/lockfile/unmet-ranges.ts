import { posix } from 'node:path'
import type { DependencyGraph, Requirement, Root } from './dependency-graph.js'
import type { ProjectManifest } from './manifest.js'
import { meetsRequirement } from './meets-requirement.js'
import type { UnmetRange } from './project-change.js'

/** One of the repository's own packages, with what its manifest asks for. */
export interface Asker {
  readonly manifest: string
  readonly folder: string
  readonly requirements: readonly Requirement[]
}

/**
 * What the manifests ask for and the lockfile does not hold. `top` is the manifest beside the lockfile: only its
 * overrides count. Peers are left out: npm can be told to ignore them, and optional ones may be absent by design.
 */
export function unmetRanges(
  graph: DependencyGraph,
  askers: readonly Asker[],
  top: ProjectManifest | null,
): UnmetRange[] {
  return askers.flatMap((asker) =>
    asker.requirements
      .filter(({ kind }) => kind === 'prod' || kind === 'dev' || kind === 'optional')
      .map((requirement) => unmetRange(graph, asker, requirement, top))
      .filter((unmet) => unmet !== null),
  )
}

function unmetRange(
  graph: DependencyGraph,
  { manifest, folder, requirements }: Asker,
  { name, range, kind }: Requirement,
  top: ProjectManifest | null,
): UnmetRange | null {
  const root: Root = { folder, requirements }
  const key = graph.resolve(root, name)
  const entry = key === null ? undefined : graph.entries.get(key)
  if (entry === undefined) return kind === 'optional' ? null : { manifest, name, range, kind }
  const specifiers = [range, ...overridesOf(name, top)]
  if (specifiers.some((specifier) => meetsRequirement(graph, folder, name, specifier, entry))) return null
  return { manifest, name, range, kind, locked: entry.version ?? entry.resolved ?? '' }
}

/** `$name` stands for what the top manifest itself asks for. */
function overridesOf(name: string, top: ProjectManifest | null): string[] {
  return (top?.overrides ?? [])
    .filter(([overridden]) => overridden === name)
    .map(([, specifier]) =>
      specifier.startsWith('$')
        ? (top?.requirements.find((requirement) => requirement.name === specifier.slice(1))?.range ?? specifier)
        : specifier,
    )
}

/** Those of `head` that `base` did not have already. */
export function newlyUnmet(head: readonly UnmetRange[], base: readonly UnmetRange[]): UnmetRange[] {
  const idOf = ({ manifest, name, range, kind, locked }: UnmetRange): string =>
    JSON.stringify([posix.dirname(manifest), name, range, kind, locked])
  const had = new Set(base.map(idOf))
  return head.filter((unmet) => !had.has(idOf(unmet)))
}
