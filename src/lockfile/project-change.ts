import type { MalformedEntry, Manager, RequirementKind } from './dependency-graph.js'

/** A range that what is locked does not meet. */
export interface UnmetRange {
  /** The manifest that asks. */
  readonly manifest: string
  readonly name: string
  readonly range: string
  readonly kind: RequirementKind
  /** The locked version; absent when nothing is locked for it. */
  readonly locked?: string
}

/** A direct dependency that base's manifest did not ask for in this way, and that head's takes by a range or a tag. */
export interface LooseRequirement {
  readonly manifest: string
  /** As asked for. */
  readonly name: string
  readonly range: string
  /** What is locked for it, which the change left alone. */
  readonly package: string
  readonly version: string
  /** The names that the locked package depends on. */
  readonly dependsOn: readonly string[]
}

/** What the change did to one folder that has, or should have, a lockfile. Lists hold only what the change brings in. */
export interface ProjectChange {
  readonly kind: 'project'
  /** `''` for the repository's root. */
  readonly folder: string
  /** The folder's package.json at head, if there is one. */
  readonly manifest?: string
  /** The lockfile at head that was read, if there is one. */
  readonly lockfile?: { readonly file: string; readonly manager: Manager }
  /** The manifest at head has dependencies and no lockfile at or above the folder covers it, and base was not so. */
  readonly lockfileMissing: boolean
  /** The lockfile that base had and head has not. */
  readonly lockfileRemoved?: string
  readonly malformed: readonly MalformedEntry[]
  readonly unmet: readonly UnmetRange[]
  /** Absent where there is none. */
  readonly loosened?: readonly LooseRequirement[]
}
