import type { ReleaseHistory } from './release-history.js'

/** The dependency kinds that an installer follows, as a manifest names them. */
export type DependencyField =
  | 'dependencies'
  | 'devDependencies'
  | 'optionalDependencies'
  | 'peerDependencies'
  | 'bundleDependencies'

/** The parts of a package.json that decide what is installed and what runs, from the registry or from a tarball. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly scripts: Readonly<Record<string, string>>
  /** `bundleDependencies` is a list in the file; here each name maps to `*`. */
  readonly dependencies: Readonly<Partial<Record<DependencyField, Readonly<Record<string, string>>>>>
  /** Command → path, also where the file gave one string. */
  readonly bin: Readonly<Record<string, string>>
  readonly main?: string
  /** The `exports` and `browser` fields as canonical JSON, so that they can be compared and shown. */
  readonly exports?: string
  readonly browser?: string
  readonly module?: string
  readonly gypfile?: boolean
  readonly os: readonly string[]
  readonly cpu: readonly string[]
  readonly keywords: readonly string[]
  readonly repository?: string
  readonly homepage?: string
  readonly description?: string
  /** Fields whose type was not what npm allows; each was left out above. */
  readonly malformed: readonly string[]
}

/** What the registry says about one version. */
export interface RegistryManifest extends Manifest {
  readonly integrity?: string
  readonly shasum?: string
  readonly deprecated?: string
}

/** What of a package there is to choose from. */
export interface PublishedVersions {
  readonly name: string
  /** All published versions that are valid semver, in the registry's order. */
  readonly versions: readonly string[]
  readonly distTags: Readonly<Record<string, string>>
}

/** What the registry says about a package as a whole. */
export interface Packument extends PublishedVersions {
  /** ISO publish time by version; empty where the registry has none. */
  readonly time: Readonly<Record<string, string>>
  /** How each of `versions` was published, in their order. */
  readonly releases: ReleaseHistory
  /** True for npm's placeholder of a removed malicious package (`0.0.x-security`, or without any version). */
  readonly securityHolding: boolean
  /** True where the document says that the package was unpublished. */
  readonly unpublished: boolean
}

/** Whether the registry knows the locked name and version at all. */
export type Publication =
  | { readonly state: 'published' }
  | { readonly state: 'name-absent' | 'version-absent' | 'unpublished' | 'security-holding' }

/** What is locked against what the registry states and serves, all as SRI. */
export interface IntegrityFacts {
  readonly locked?: string
  /** `dist.integrity`, or `dist.shasum` as SRI, of the registry's manifest. */
  readonly stated?: string
  /** The hash of the bytes served, of the locked algorithm, where they were fetched and are not the locked ones. */
  readonly servedInstead?: string
  /** `no-shared-algorithm` is not a mismatch. */
  readonly agreement: 'same' | 'differs' | 'no-shared-algorithm' | 'nothing-locked'
}

/** Which hosts a lockfile entry may name, from the operator and base's policy only. */
export interface RegistryExpectations {
  /** Host (with port where not the scheme's) of the default registry, and of those that count as it. */
  readonly defaultHosts: readonly string[]
  /** Scope (`@acme`) → host, by policy or operator. */
  readonly scopeHosts: Readonly<Record<string, string>>
  /** `registries.allowedHosts` of the policy. */
  readonly allowedHosts: readonly string[]
}
