import type { Readable } from 'node:stream'
import type { Gap, Outcome } from '../gap.js'
import type { Namesake } from './namesakes.js'
import type { Attestation, Build, SigningKey } from './provenance/provenance.js'
import type {
  Packument,
  Publication,
  PublishedVersions,
  RegistryExpectations,
  RegistryManifest,
} from './registry-facts.js'

export interface PackageReference {
  readonly name: string
  readonly version: string
}

/** `mismatch`: the registry served other bytes than the locked ones; what `consume` made of them was thrown away. */
export type TarballRead<T> =
  | { readonly kind: 'verified'; readonly value: T }
  | { readonly kind: 'mismatch'; readonly served: string; readonly gap: Gap }
  | { readonly kind: 'unavailable'; readonly gap: Gap }

/**
 * The only way to a package registry. Each call is bounded in time and bytes, shares a request that is under way, and
 * never rejects for an expected failure: that is a gap. It rejects only when `signal` aborts.
 */
export interface Registry {
  readonly expectations: RegistryExpectations
  publication(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<Publication>>
  packument(name: string, signal?: AbortSignal): Promise<Outcome<Packument>>
  /** Of the packument only what is in the small document that installers read; costs a tenth where many versions are published. */
  versions(name: string, signal?: AbortSignal): Promise<Outcome<PublishedVersions>>
  manifest(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<RegistryManifest>>
  /** What was stated about a version, unverified; asked for only where the registry's record names any. */
  attestations(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<readonly Attestation[]>>
  /** What an earlier review proved of a version; `by` names the trust root and the bytes. */
  keptBuild(reference: PackageReference, by: string): Promise<Build | undefined>
  keepBuild(reference: PackageReference, by: string, build: Build): Promise<void>
  /** The keys of the registry that a name is asked for at. */
  signingKeys(name: string, signal?: AbortSignal): Promise<Outcome<readonly SigningKey[]>>
  /** What the default registry has under a name that is asked for elsewhere; without credentials. */
  namesake(name: string, signal?: AbortSignal): Promise<Outcome<Namesake>>
  /**
   * Streams the tarball through `consume` while hashing it. What `consume` resolves with is handed on only after the
   * whole stream matched `integrity` (SRI): the locked one, or the one that the registry states where none is locked.
   * Every algorithm in it must match. `consume` may be called a second time, with a new stream; when it rejects with an
   * error named `TarballInvalid`, that is the gap `tarball-invalid`, and any other error is a bug and rejects this too.
   */
  tarball<T>(
    reference: PackageReference,
    integrity: string | undefined,
    consume: (stream: Readable) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<TarballRead<T>>
}
