import type {
  DependencyGraph,
  EntryField,
  LockfileEntry,
  MalformedEntry,
  Requirement,
  Root,
} from '../dependency-graph.js'
import type { Importer } from './importers.js'
import { linkKey } from './links.js'
import { sectionOf } from './lockfile-format.js'
import type { EntryLines } from './packages-section.js'
import { dependencyMaps, follow, type Scope, type Snapshot, targetsOf } from './snapshots.js'
import { isText } from './yaml-tree.js'

export interface Project {
  readonly importer: Importer
  readonly scope: Scope
}

export interface PnpmGraphParts {
  readonly file: string
  readonly formatVersion: string
  /** The lockfile's own projects last: theirs are the folders where two documents name the same. */
  readonly projects: readonly Project[]
  readonly scopes: readonly Scope[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly lines: ReadonlyMap<string, EntryLines>
  readonly malformed: readonly MalformedEntry[]
}

export class PnpmGraph implements DependencyGraph {
  readonly manager = 'pnpm'
  readonly file: string
  readonly formatVersion: string
  readonly roots: readonly Root[]
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  readonly #parts: PnpmGraphParts
  readonly #projects: Map<Root | string, Project>
  #variants: Map<string, Snapshot[]> | undefined

  constructor(parts: PnpmGraphParts) {
    this.file = parts.file
    this.formatVersion = parts.formatVersion
    this.roots = parts.projects.map(({ importer }) => importer.root)
    this.entries = parts.entries
    this.malformed = parts.malformed
    this.#parts = parts
    this.#projects = new Map()
    for (const project of parts.projects) {
      this.#projects.set(project.importer.root, project)
      this.#projects.set(project.importer.root.folder, project)
    }
  }

  /** Of an entry: the union of its peer variants. pnpm states versions where manifests state ranges. */
  requirementsOf(from: string | Root): readonly Requirement[] {
    if (typeof from !== 'string') return from.requirements
    const requirements = new Map<string, Requirement>()
    for (const { raw } of this.#variantsOf(from)) {
      for (const field of dependencyMaps) {
        const map = sectionOf(raw, field)
        for (let at = 0; at < (map?.size ?? 0); at += 1) {
          const [name, range] = [map?.keyAt(at) ?? '', map?.valueAt(at)]
          const kind = field === 'dependencies' ? 'prod' : 'optional'
          if (isText(range) && !requirements.has(name)) requirements.set(name, { name, range, kind })
        }
      }
    }
    return [...requirements.values()]
  }

  resolve(from: string | Root, name: string): string | null {
    if (typeof from !== 'string') return this.#resolveOfRoot(from, name)
    for (const { raw, scope } of this.#variantsOf(from)) {
      for (const field of dependencyMaps) {
        const target = follow(name, sectionOf(raw, field)?.get(name), scope)
        if (target !== undefined) return target.entry
      }
    }
    return null
  }

  targetsOf(key: string): readonly string[] {
    const variants = this.#variantsOf(key)
    return [...new Set(variants.flatMap((variant) => targetsOf(variant).map(({ entry }) => entry)))]
  }

  lineOf(key: string, field?: EntryField): number | null {
    return this.#parts.lines.get(key)?.[field ?? 'entry'] ?? null
  }

  #resolveOfRoot(root: Root, name: string): string | null {
    const project = this.#projects.get(root) ?? this.#projects.get(root.folder)
    const reference = project?.importer.references.get(name)
    if (project === undefined || reference === undefined) return null
    const link = linkKey(project.importer, reference)
    if (link !== null) return this.entries.has(link) ? link : null
    return follow(name, reference.reference, project.scope)?.entry ?? null
  }

  #variantsOf(key: string): readonly Snapshot[] {
    this.#variants ??= variantsIn(this.#parts.scopes)
    return this.#variants.get(key) ?? []
  }
}

function variantsIn(scopes: readonly Scope[]): Map<string, Snapshot[]> {
  const variants = new Map<string, Snapshot[]>()
  for (const { snapshots } of scopes) {
    for (const snapshot of snapshots.values()) {
      const known = variants.get(snapshot.entry)
      if (known === undefined) variants.set(snapshot.entry, [snapshot])
      else known.push(snapshot)
    }
  }
  return variants
}
