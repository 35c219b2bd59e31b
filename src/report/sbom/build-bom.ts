import { Enums, Models } from '@cyclonedx/cyclonedx-library'
import type { DependencyChange, Locked } from '../../lockfile/dependency-change.js'
import type { DependencyGraph, LockfileEntry, Root } from '../../lockfile/dependency-graph.js'
import { hashesOf } from './hashes.js'
import { purlOf } from './purl.js'

export interface BomInput {
  /** All that the lockfiles hold, as changes to a repository that held nothing. */
  readonly changes: readonly DependencyChange[]
  /** Lockfile → graph. */
  readonly graphs: ReadonlyMap<string, DependencyGraph>
  /** Manifest → text: the repository's own packages have their versions there. */
  readonly manifests: ReadonlyMap<string, string>
  /** Absent for output that is the same at any time. */
  readonly now?: Date
  /** Of this program. */
  readonly version: string
}

/** The components of the lockfiles and who needs whom, each package once. Nothing in it depends on chance or the clock. */
export function buildBom(input: BomInput): Models.Bom {
  const components = new Components(input)
  for (const graph of input.graphs.values()) components.connect(graph)
  const [main, ...others] = components.roots()
  const bom = new Models.Bom()
  if (main) bom.metadata.component = main
  if (input.now) bom.metadata.timestamp = input.now
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'lockwarden', { version: input.version }),
  )
  for (const component of [...others, ...components.packages()]) bom.components.add(component)
  return bom
}

const strength = [
  Enums.ComponentScope.Excluded,
  Enums.ComponentScope.Optional,
  Enums.ComponentScope.Required,
] as const satisfies readonly Enums.ComponentScope[]

class Components {
  readonly #roots = new Map<string, Models.Component>()
  readonly #packages = new Map<string, Models.Component>()
  readonly #manifests: ReadonlyMap<string, string>
  /** `lockfile name@version` → the changes that tell what of it is for development. */
  readonly #changes = new Map<string, DependencyChange[]>()

  constructor({ changes, manifests }: BomInput) {
    this.#manifests = manifests
    for (const change of changes) {
      const key = keyOf(change.lockfile, change.name, change.after?.version)
      this.#changes.set(key, [...(this.#changes.get(key) ?? []), change])
    }
  }

  /** Outermost folder first. */
  roots(): readonly Models.Component[] {
    return [...this.#roots].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)).map(([, root]) => root)
  }

  packages(): readonly Models.Component[] {
    return [...this.#packages.values()]
  }

  connect(graph: DependencyGraph): void {
    if (graph.manager === 'mcp') return
    const own = new Map(graph.roots.map((root) => [root.name ?? '', root]))
    const componentOf = (key: string | null): Models.Component | undefined => {
      const entry = key === null ? undefined : graph.entries.get(key)
      if (entry === undefined) return undefined
      if (entry.source !== 'workspace' && entry.source !== 'link') return this.#package(graph.file, entry)
      const root = own.get(entry.name)
      return root && this.#root(root)
    }
    for (const root of graph.roots) {
      const from = this.#root(root)
      for (const { name } of root.requirements) depend(from, componentOf(graph.resolve(root, name)))
    }
    for (const [key, entry] of graph.entries) {
      const from = componentOf(key)
      if (from === undefined || entry.source === 'workspace' || entry.source === 'link') continue
      const targets = graph.targetsOf?.(key) ?? graph.requirementsOf(key).map(({ name }) => graph.resolve(key, name))
      for (const target of targets) depend(from, componentOf(target))
    }
  }

  #root({ folder, name }: Root): Models.Component {
    const known = this.#roots.get(folder)
    if (known) return known
    const version = versionIn(this.#manifests.get(folder === '' ? 'package.json' : `${folder}/package.json`))
    const { name: bare, group } = named(name ?? (folder === '' ? 'repository' : folder))
    const root = new Models.Component(Enums.ComponentType.Application, bare, {
      bomRef: `root:${folder === '' ? '.' : folder}`,
      ...(group !== undefined && { group }),
      ...(version !== undefined && { version }),
    })
    this.#roots.set(folder, root)
    return root
  }

  #package(lockfile: string, entry: LockfileEntry): Models.Component {
    const { name, version = '', integrity = '' } = entry
    const locked = lockedOf(entry)
    const purl = purlOf(name, locked)
    const changes = this.#changes.get(keyOf(lockfile, name, version)) ?? []
    const scope = scopeOf(changes, entry)
    // Two lockfiles that lock other bytes under one name speak of two things.
    const ref = this.#isTaken(purl, integrity) ? `${purl}#${lockfile}` : purl
    const known = this.#packages.get(ref)
    if (known) {
      if (strength.indexOf(scope) > strength.indexOf(known.scope as (typeof strength)[number])) known.scope = scope
      return known
    }
    const { name: bare, group } = named(name)
    const component = new Models.Component(Enums.ComponentType.Library, bare, {
      bomRef: ref,
      purl,
      scope,
      hashes: hashesOf(integrity),
      ...(group !== undefined && { group }),
      ...(version !== '' && { version }),
    })
    if (scope === Enums.ComponentScope.Excluded) mark(component, 'development')
    if (entry.bundled) mark(component, 'bundled')
    this.#packages.set(ref, component)
    return component
  }

  #isTaken(purl: string, integrity: string): boolean {
    const known = this.#packages.get(purl)
    const hashes = hashesOf(integrity)
    return (
      known !== undefined && [...hashes].some(([algorithm, hash]) => (known.hashes.get(algorithm) ?? hash) !== hash)
    )
  }
}

const keyOf = (lockfile: string, name: string, version = ''): string => `${lockfile} ${name}@${version}`

const lockedOf = ({ key, version = '', source, resolved }: LockfileEntry): Locked => ({
  key,
  version,
  source,
  ...(resolved !== undefined && { resolved }),
})

/** The names that CycloneDX gave properties of npm's packages (its taxonomy, `cdx:npm`). */
const mark = (component: Models.Component, name: 'development' | 'bundled'): unknown =>
  component.properties.add(new Models.Property(`cdx:npm:package:${name}`, 'true'))

function scopeOf(changes: readonly DependencyChange[], entry: LockfileEntry): (typeof strength)[number] {
  const all = changes.length > 0 ? changes : [entry]
  if (all.every(({ dev }) => dev)) return Enums.ComponentScope.Excluded
  return all.every(({ dev, optional }) => dev || optional)
    ? Enums.ComponentScope.Optional
    : Enums.ComponentScope.Required
}

/** A scope is a component's group. */
function named(name: string): { readonly name: string; readonly group?: string } {
  const [, group, rest] = /^(@[^/]+)\/(.+)$/.exec(name) ?? []
  return group === undefined || rest === undefined ? { name } : { name: rest, group }
}

function depend(from: Models.Component, on: Models.Component | undefined): void {
  if (on !== undefined && on !== from) from.dependencies.add(on.bomRef)
}

function versionIn(manifest: string | undefined): string | undefined {
  try {
    const value: unknown = JSON.parse(manifest?.replace(/^\ufeff/, '') ?? 'null')
    if (typeof value !== 'object' || value === null || !('version' in value)) return undefined
    return typeof value.version === 'string' ? value.version : undefined
  } catch {
    // A SyntaxError: who read the manifest for its dependencies has told of it.
    return undefined
  }
}
