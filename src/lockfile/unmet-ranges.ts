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

/** What a project's own settings put in the place of ranges, and what `$name` in them stands for. */
export interface Overriding {
  readonly overrides: ProjectManifest['overrides']
  /** The manifest beside the lockfile. */
  readonly top: ProjectManifest | null
}

/**
 * What the manifests ask for and the lockfile does not hold. Peers are left out: npm can be told to ignore them, and
 * optional ones may be absent by design.
 */
export function unmetRanges(graph: DependencyGraph, askers: readonly Asker[], overriding: Overriding): UnmetRange[] {
  const own = new Set(graph.roots.map(({ name }) => name))
  return askers.flatMap((asker) =>
    asker.requirements
      .filter(({ kind }) => kind === 'prod' || kind === 'dev' || kind === 'optional')
      .map((requirement) => unmetRange(graph, asker, requirement, overriding, own))
      .filter((unmet) => unmet !== null),
  )
}

function unmetRange(
  graph: DependencyGraph,
  { manifest, folder, requirements }: Asker,
  { name, range, kind }: Requirement,
  overriding: Overriding,
  own: ReadonlySet<string | undefined>,
): UnmetRange | null {
  const root: Root = { folder, requirements }
  const key = graph.resolve(root, name)
  const entry = key === null ? undefined : graph.entries.get(key)
  const overrides = overridesOf(name, overriding)
  // Only npm lists what lies in the repository itself as if it were installed; `-` is how pnpm drops a dependency.
  const needsNoEntry = ownFolder.test(range) || (graph.manager !== 'npm' && own.has(name)) || overrides.includes('-')
  if (entry === undefined) return kind === 'optional' || needsNoEntry ? null : { manifest, name, range, kind }
  const met = [range, ...overrides].some((specifier) => meetsRequirement(graph, folder, name, specifier, entry))
  return met ? null : { manifest, name, range, kind, locked: entry.version ?? entry.resolved ?? '' }
}

/** Specifiers that lead to a folder of the repository, which a lockfile need not list. */
const ownFolder = /^(?:workspace|link|portal):/

/** What the overrides put in the place of a range of this name. */
export function overridesOf(name: string, { overrides, top }: Overriding): string[] {
  return overrides
    .filter(([overridden]) => overridden === name)
    .map(([, specifier]) =>
      specifier.startsWith('$')
        ? (top?.requirements.find((requirement) => requirement.name === specifier.slice(1))?.range ?? specifier)
        : specifier,
    )
}

/** Those of head that base did not have already, each with the folder of its lockfile, which may have moved. */
export function newlyUnmet(
  head: { readonly folder: string; readonly unmet: readonly UnmetRange[] },
  base: { readonly folder: string; readonly unmet: readonly UnmetRange[] },
): UnmetRange[] {
  const idOf = (folder: string, { manifest, name, range, kind, locked }: UnmetRange): string =>
    JSON.stringify([posix.relative(folder, manifest), name, range, kind, locked])
  const had = new Set(base.unmet.map((unmet) => idOf(base.folder, unmet)))
  return head.unmet.filter((unmet) => !had.has(idOf(head.folder, unmet)))
}
