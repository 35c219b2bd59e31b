import type { Outcome } from '../gap.js'
import type { PackageFacts } from '../package/package-facts.js'
import type {
  IntegrityFacts,
  Packument,
  Publication,
  RegistryExpectations,
  RegistryManifest,
} from '../registry/registry-facts.js'
import type { PublishTimes } from './publish-times.js'

/** Whether the policy's `tools` names a package as one whose purpose is to build or to release. */
export interface ToolAllowance {
  readonly build: boolean
  readonly release: boolean
}

/** A finding of another rule about the same change, as far as it counts for a combination. */
export interface ObservedRule {
  readonly rule: string
  /** A word of the rules' own scale. */
  readonly severity: string
}

/** Every fact that a rule about a dependency change can need, by name. A new kind of fact is one line here. */
export interface Facts {
  /** Always known: it comes from the operator and base's policy. */
  readonly expectations: RegistryExpectations
  readonly publication: Publication
  readonly packument: Packument
  /** Unknown where the registry has no dates, or those of a mirror. */
  readonly times: PublishTimes
  readonly manifest: RegistryManifest
  readonly integrity: IntegrityFacts
  readonly package: PackageFacts
  readonly previousPackage: PackageFacts
  /** Always known: what base's policy says of this package by name. */
  readonly tools: ToolAllowance
  /** Always known: the names that base's policy wants taken by exact versions (`mcp.pin`). */
  readonly pins: readonly string[]
  /** What the other rules found, in their order. Never collected: the engine has it when they have been called. */
  readonly observed: readonly ObservedRule[]
}

export type FactName = keyof Facts

/** `not-applicable` is no gap: a git source has no packument, an added package no previous one. */
export type CollectedFact<N extends FactName> = Outcome<Facts[N]> | 'not-applicable'

export type CollectedFacts = { readonly [N in FactName]?: CollectedFact<N> }
