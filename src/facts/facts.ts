import type { Outcome } from '../gap.js'
import type { McpFacts } from '../package/mcp/mcp-facts.js'
import type { PackageFacts } from '../package/package-facts.js'
import type { Advisory } from '../registry/advisories/advisory.js'
import type { Namesake } from '../registry/namesakes.js'
import type { ProvenanceState, SignatureState } from '../registry/provenance/provenance.js'
import type {
  IntegrityFacts,
  Packument,
  Publication,
  RegistryExpectations,
  RegistryManifest,
} from '../registry/registry-facts.js'
import type { Release } from '../registry/release-history.js'
import type { VersionApproval } from '../repository/settings/build-approvals.js'
import type { Together } from './identity/brought-release.js'
import type { Lookalike } from './identity/lookalike.js'
import type { PublishTimes } from './publish-times.js'

/** Whether the policy's `tools` names a package as one whose purpose is to build or to release. */
export interface ToolAllowance {
  readonly build: boolean
  readonly release: boolean
}

/** What the policy lets an MCP server declare (`mcp.servers`). */
export interface ServerAllowance {
  /** The only tools that it may declare; absent where it may declare any. */
  readonly allow?: readonly string[]
  /** Case-insensitive substrings of tool names, parameter names and descriptions. */
  readonly blockedPatterns: readonly string[]
}

/** Who publishes for a service that packages are named after. */
export interface ServiceOwner {
  /** As names of packages spell it: words of lower-case letters and digits, joined by hyphens. */
  readonly service: string
  /** `@scope` */
  readonly scopes: readonly string[]
  /** `host/owner` or `host/owner/name`, in any case. */
  readonly repositories: readonly string[]
}

/** How base's policy looks at the age of a release (`release`). */
export interface ReleasePolicy {
  /** A release that is younger is fresh. */
  readonly freshDays: number
  /** How far back what came before a release still says how it is published. */
  readonly provenanceHorizonDays: number
}

/** An MCP server that the repository has at head, as far as this review has read it. */
export interface ServerInRepository {
  readonly name: string
  readonly version: string
  readonly mcp: McpFacts
  /** What it declared at base; absent where it was not there, or not known. */
  readonly before?: McpFacts
}

/** A finding of another rule about the same change, as far as it counts for a combination. */
export interface ObservedRule {
  readonly rule: string
  /** A word of the rules' own scale. */
  readonly severity: string
}

/** The names that base's policy and settings call the organisation's own. */
export interface OwnNames {
  /** `@scope`: of the policy, and those that settings send to a registry of their own. */
  readonly scopes: readonly string[]
  /** Whether a pattern or a scope means this name. */
  includes(name: string): boolean
  /** Whether a pattern of the policy means this name, which may be one of another ecosystem. */
  matches(name: string): boolean
}

/** The policy's `python`. */
export interface PythonPolicy {
  readonly requireHashes: boolean
  /** An address, or `none`. */
  readonly index: string
}

/** What a database of advisories says of a package. */
export interface AdvisoryFacts {
  /** Of the version under review. */
  readonly after: readonly Advisory[]
  /** Of every version that base locks of this name, in any lockfile. */
  readonly before: readonly Advisory[]
}

/** Every fact that a rule about a dependency change can need, by name. A new kind of fact is one line here. */
export interface Facts {
  /** Always known: it comes from the operator and base's policy. */
  readonly expectations: RegistryExpectations
  readonly publication: Publication
  readonly packument: Packument
  /** Of the version under review. Unknown where the registry does not say who or what published it. */
  readonly release: Release
  /** Of the version under review, verified. */
  readonly provenance: ProvenanceState
  /** Of the version that it replaces. */
  readonly previousProvenance: ProvenanceState
  readonly signature: SignatureState
  /** Unknown where the registry has no dates, or those of a mirror. */
  readonly times: PublishTimes
  readonly manifest: RegistryManifest
  /** Applies to added packages of the default registry only. */
  readonly lookalike: Lookalike
  /** Does not apply to private packages, which no public database is asked about. */
  readonly advisories: AdvisoryFacts
  readonly integrity: IntegrityFacts
  readonly package: PackageFacts
  readonly previousPackage: PackageFacts
  /** Always known: what base's policy says of this package by name. */
  readonly tools: ToolAllowance
  /** Always known: the names that base's policy wants taken by exact versions (`mcp.pin`). */
  readonly pins: readonly string[]
  /** Always known: what base's policy lets a server of this name declare. */
  readonly allowance: ServerAllowance
  /** Always known: what base's policy adds to the known services and their publishers (`mcp.services`). */
  readonly services: readonly ServiceOwner[]
  /** When the review takes place, by its caller's clock. */
  readonly reviewedAt: Date
  readonly releasePolicy: ReleasePolicy
  /** Always known: whether base's policy calls a package of this name the organisation's own (`internal`). */
  readonly internal: boolean
  /** Always known: what base calls the organisation's own, in any ecosystem. */
  readonly ownNames: OwnNames
  /** Always known: the settings of head that name versions of packages. */
  readonly approvals: readonly VersionApproval[]
  /** What base's policy asks of Python's files. Never collected: only rules about the repository need it. */
  readonly pythonPolicy: PythonPolicy
  /** What the default registry has under this name; does not apply to a name that is asked for there anyway, or is nobody's own. */
  readonly namesake: Namesake
  /** The release beside those that the change brings besides. Never collected: the engine has it when all changes have been read. */
  readonly together: Together
  /**
   * `name@version` of the direct dependencies that the change adds and that have no provenance, sorted, the package's own among them. Never
   * collected: the engine has it when all changes have been read.
   */
  readonly unproven: readonly string[]
  /** All of them, the package itself among them. Never collected: the engine has it when all changes have been read. */
  readonly servers: readonly ServerInRepository[]
  /** What the other rules found, in their order. Never collected: the engine has it when they have been called. */
  readonly observed: readonly ObservedRule[]
}

export type FactName = keyof Facts

/** `not-applicable` is no gap: a git source has no packument, an added package no previous one. */
export type CollectedFact<N extends FactName> = Outcome<Facts[N]> | 'not-applicable'

export type CollectedFacts = { readonly [N in FactName]?: CollectedFact<N> }
