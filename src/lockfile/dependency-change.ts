import type { Manager, SourceKind } from './dependency-graph.js'
import type { DirectRequirement } from './direct-requirement.js'

export type DependencyChangeKind = 'added' | 'removed' | 'upgraded' | 'downgraded' | 'replaced' | 'resourced'

/** One side of a change: what the lockfile locks. */
export interface Locked {
  readonly key: string
  /** `''` where the source states none. */
  readonly version: string
  readonly source: SourceKind
  readonly alias?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly checksum?: string
  readonly checksumAbsent?: 'platform' | 'unexplained'
}

/**
 * What happened to one package in one lockfile. `added`: a name that base did not have. `upgraded`, `downgraded`: paired
 * with the nearest version in base. `replaced`: same name, version and source, other integrity. `resourced`: same name
 * and version from another source or host. A removed one has no `after`; an added one no `before`.
 */
export interface DependencyChange {
  readonly kind: DependencyChangeKind
  readonly lockfile: string
  readonly manager: Manager
  readonly name: string
  readonly before?: Locked
  readonly after?: Locked
  /** `after` is a further copy: what `before` locks is locked at head too. */
  readonly beforeStays: boolean
  /** A root or a workspace asks for it by itself. */
  readonly direct: boolean
  readonly dev: boolean
  readonly optional: boolean
  readonly bundled: boolean
  /** No way leads to it from any root, though the lockfile says who asks for what; base had it not, or led to it. */
  readonly orphaned?: boolean
  /** The manifests at head that ask for a direct one; empty where only the lockfile says that one does. */
  readonly asked?: readonly DirectRequirement[]
  /** With `asked`: a manifest, or a file that settings stand in, changed along with the lockfile. */
  readonly manifestsChanged?: boolean
  /** Shortest ways from a root, each a list of names that ends with this package; at most `maxPaths`. */
  readonly paths: readonly (readonly string[])[]
}
