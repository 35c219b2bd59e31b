import type { Readable } from 'node:stream'
import type { Gap } from '../gap.js'
import type { Names } from '../names/names.js'
import type { PackageFacts } from '../package/package-facts.js'
import type { TrustRoot } from '../registry/provenance/trust-root.js'
import type { Registry } from '../registry/registry.js'
import type { VersionApproval } from '../repository/settings/build-approvals.js'
import type { PackageStore } from '../store/package-store.js'
import type {
  CollectedFact,
  CollectedFacts,
  FactName,
  OwnNames,
  ReleasePolicy,
  ServerAllowance,
  ServiceOwner,
  ToolAllowance,
} from './facts.js'

/** What facts of packages are made from. */
export interface FactSources {
  readonly registry: Registry
  readonly store: PackageStore
  /** Reads a package's tarball; rejects with TarballInvalid when it is none. */
  readonly analyse: (stream: Readable, signal?: AbortSignal) => Promise<PackageFacts>
  /** What base's policy says of a package by name. */
  readonly toolsFor: (name: string) => ToolAllowance
  /** The policy's `mcp.pin`. */
  readonly pins?: readonly string[]
  /** The policy's `mcp.servers`, as a question about one package name; nothing is forbidden without it. */
  readonly serverFor?: (name: string) => ServerAllowance
  /** The policy's `mcp.services`. */
  readonly services?: readonly ServiceOwner[]
  /** What base calls the organisation's own; nothing is without it. */
  readonly ownNames?: OwnNames
  /** Settings of head that name versions of packages. */
  readonly approvals?: readonly VersionApproval[]
  /** The well-known names that added ones are compared with, asked for only where there is one to compare. */
  readonly names?: () => Promise<Names>
  /** Whether any lockfile of base has a package of this name from a registry. */
  readonly inBase?: (name: string) => boolean
  /** When the review takes place; without it nothing is fresh or old. */
  readonly reviewedAt?: Date
  /** The policy's `release`. */
  readonly releasePolicy?: ReleasePolicy
  /** Whom statements about builds are verified against; without it nobody asks for any. */
  readonly trustRoot?: () => TrustRoot
  /** No package is opened: they are judged by what lockfile and registry say. */
  readonly unopened?: boolean
  /** A tarball that lies in the repository itself, at head; undefined where there is none at that path. */
  readonly repositoryTarball?: (path: string) => Promise<Readable | undefined>
  readonly signal?: AbortSignal
}

/** What was learnt about one change, and what was looked for in vain though no rule may ask for it. */
export interface Collection {
  readonly facts: CollectedFacts
  readonly gaps: readonly Gap[]
}

/** Facts under way. */
export type Collected = { -readonly [N in FactName]?: CollectedFact<N> }
