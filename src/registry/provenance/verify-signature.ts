import { verify } from 'node:crypto'
import type { RegistrySignature } from '../release-history.js'
import type { SignatureState, SigningKey } from './provenance.js'

export interface Signed {
  readonly name: string
  readonly version: string
  /** As the registry states it. */
  readonly integrity: string
  readonly published?: Date
}

/** `unknown-key` and `undated` prove nothing: the key is not there, or nobody knows whether it had expired. */
export type JudgedSignature =
  | Exclude<SignatureState, { readonly state: 'absent' }>
  | { readonly state: 'unknown-key'; readonly keyId: string }
  | { readonly state: 'undated' }

/**
 * The registry's signatures over `name@version:integrity`, ECDSA over SHA-256, as npm makes and verifies them
 * (https://docs.npmjs.com/about-registry-signatures). One that is wrong makes all of them wrong.
 */
export function verifySignatures(
  signatures: readonly RegistrySignature[],
  signed: Signed,
  keys: readonly SigningKey[],
): JudgedSignature {
  const judged = signatures.map((signature) => verifyOne(signature, signed, keys))
  return (
    judged.find(({ state }) => state === 'invalid') ??
    judged.find(({ state }) => state === 'verified') ??
    judged[0] ?? { state: 'unknown-key', keyId: '' }
  )
}

function verifyOne(
  { keyId, signature }: RegistrySignature,
  signed: Signed,
  keys: readonly SigningKey[],
): JudgedSignature {
  const key = keys.find((one) => one.keyId === keyId)
  if (key === undefined) return { state: 'unknown-key', keyId }
  const text = Buffer.from(`${signed.name}@${signed.version}:${signed.integrity}`)
  if (!verify('sha256', text, key.publicKey, Buffer.from(signature, 'base64'))) {
    return { state: 'invalid', flaw: 'does-not-verify', keyId }
  }
  if (key.expires === undefined) return { state: 'verified' }
  if (signed.published === undefined) return { state: 'undated' }
  return signed.published < key.expires ? { state: 'verified' } : { state: 'invalid', flaw: 'expired-key', keyId }
}
