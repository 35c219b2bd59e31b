/** An account of the registry, as it was when it published. */
export interface Account {
  readonly name: string
  readonly email?: string
}

/** How one version came to the registry, by the registry's own record. What a mirror leaves out is absent. */
export interface Release {
  readonly version: string
  /** `_npmUser`. */
  readonly publisher?: Account
  /** The kind of build service that published without a person's token (`_npmUser.trustedPublisher.id`): `github`. */
  readonly trustedPublisher?: string
  /** Who approved a staged release (`_npmUser.approver`). */
  readonly approver?: string
  /** Names of the accounts that could publish when this version came; empty where the registry does not say who did. */
  readonly maintainers: readonly string[]
  /** The types of the statements that it has attestations for (`dist.attestations`); empty where it has none. */
  readonly attestations: readonly string[]
  readonly signatures: readonly RegistrySignature[]
  /** As written in the manifest, the address only. */
  readonly repository?: string
}

/** The registry's signature over `name@version:integrity` (`dist.signatures`). */
export interface RegistrySignature {
  readonly keyId: string
  /** Base64. */
  readonly signature: string
}

/** By version, all that the registry has. */
export type ReleaseHistory = ReadonlyMap<string, Release>
