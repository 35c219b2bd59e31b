import type { KeyObject } from 'node:crypto'

/** What ran the build that published a version, by the certificate that it got for that one run. */
export interface Build {
  readonly service: BuildService
  /** `github.com/owner/name`, in lower case as hosts compare it. */
  readonly repository: string
  /** The service's own numbers, which outlive a new name; absent in certificates from before 2023. */
  readonly repositoryId?: string
  readonly ownerId?: string
  /** Its path where it lies in the repository, else with the repository that it lies in. */
  readonly workflow: string
  /** The workflow of another repository that did the build for that one; absent where there is none. */
  readonly builder?: string
  /** `refs/heads/main` */
  readonly ref: string
  readonly commit?: string
  /** The event that started it: `push`. */
  readonly trigger?: string
  /** `github-hosted` or `self-hosted`. */
  readonly runner?: string
}

export type BuildService = 'github' | 'gitlab'

/** What is wrong with a statement that should prove where a package came from. */
export type ProvenanceFlaw =
  | 'malformed'
  | 'certificate'
  | 'log'
  | 'timestamp'
  | 'signature'
  | 'signer'
  | 'other-package'
  | 'other-bytes'

export type ProvenanceState =
  | { readonly state: 'absent' }
  | { readonly state: 'verified'; readonly build: Build }
  | {
      readonly state: 'invalid'
      readonly flaw: ProvenanceFlaw
      /** For people; may hold foreign text. */
      readonly detail: string
    }
  /** Signed with keys that our trust root does not know: those of a newer one, or anybody's. It proves nothing either way. */
  | { readonly state: 'unverifiable'; readonly detail: string }

/** A statement about a version as the registry hands it out, unverified. */
export interface Attestation {
  readonly predicateType: string
  /** A Sigstore bundle, as parsed JSON. */
  readonly bundle: unknown
}

/** A key of a registry. */
export interface SigningKey {
  readonly keyId: string
  /** For ECDSA. */
  readonly publicKey: KeyObject
  /** The key signed nothing that was published from then on; absent for a key in use. */
  readonly expires?: Date
}

export type SignatureState =
  /** `othersSigned`: the registry has signatures of most other versions. */
  | { readonly state: 'absent'; readonly othersSigned: boolean }
  | { readonly state: 'verified' }
  | { readonly state: 'invalid'; readonly flaw: 'does-not-verify' | 'expired-key'; readonly keyId: string }
