import { createPublicKey, type KeyObject } from 'node:crypto'
import { maxAttestations, maxSigningKeys } from '../../limits.js'
import { isRecord, own } from '../manifest.js'
import type { Attestation, SigningKey } from './provenance.js'

/** The registry's answer about one version; undefined where it has not the form of one. */
export function parseAttestations(value: unknown): readonly Attestation[] | undefined {
  const list = isRecord(value) ? own(value, 'attestations') : undefined
  if (!Array.isArray(list) || list.length > maxAttestations) return undefined
  const attestations: Attestation[] = []
  for (const one of list as readonly unknown[]) {
    const predicateType = isRecord(one) ? own(one, 'predicateType') : undefined
    if (!isRecord(one) || typeof predicateType !== 'string') return undefined
    attestations.push({ predicateType, bundle: own(one, 'bundle') })
  }
  return attestations
}

/** The registry's keys; those that cannot be read are left out, and what they signed stays unverified. */
export function parseSigningKeys(value: unknown): readonly SigningKey[] | undefined {
  const list = isRecord(value) ? own(value, 'keys') : undefined
  if (!Array.isArray(list) || list.length > maxSigningKeys) return undefined
  return (list as readonly unknown[]).flatMap((one) => {
    const [keyId, key, expires] = isRecord(one) ? [own(one, 'keyid'), own(one, 'key'), own(one, 'expires')] : []
    const publicKey = typeof key === 'string' ? parsePublicKey(key) : undefined
    if (typeof keyId !== 'string' || publicKey === undefined) return []
    if (expires === undefined || expires === null) return [{ keyId, publicKey }]
    const end = typeof expires === 'string' ? new Date(expires) : undefined
    // A date that nobody can read must not make a key last for ever.
    return end === undefined || Number.isNaN(end.getTime()) ? [] : [{ keyId, publicKey, expires: end }]
  })
}

/** From DER (SPKI) in base64; undefined for what is no key for ECDSA, which is all that registries sign with. */
export function parsePublicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ec' ? key : undefined
  } catch (error) {
    // OpenSSL says by such codes that the bytes are no key.
    if (typeof error === 'object' && error !== null && 'code' in error) return undefined
    throw error
  }
}
