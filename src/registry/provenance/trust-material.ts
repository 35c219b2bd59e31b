import { TrustedRoot } from '@sigstore/protobuf-specs'
import { type TrustMaterial, toTrustMaterial, VerificationError } from '@sigstore/verify'
import type { SigningKey } from './provenance.js'

/** What verifiers ask of a `trusted_root.json`. Throws where it is none. */
export const parseTrustMaterial = (root: unknown): TrustMaterial => toTrustMaterial(TrustedRoot.fromJSON(root))

/** The same root, which finds besides these keys by their names. */
export const withKeys = (material: TrustMaterial, keys: readonly SigningKey[]): TrustMaterial => ({
  ...material,
  publicKey(hint) {
    const key = keys.find(({ keyId }) => keyId === hint)
    if (key === undefined) throw new VerificationError({ code: 'PUBLIC_KEY_ERROR', message: 'no such key' })
    const { publicKey, expires } = key
    return { publicKey, validFor: (date) => expires === undefined || date < expires }
  },
})
