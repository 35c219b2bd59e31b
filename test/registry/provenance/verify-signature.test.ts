import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { SigningKey } from '../../../src/registry/provenance/provenance.js'
import { type Signed, verifySignatures } from '../../../src/registry/provenance/verify-signature.js'

const integrity = 'sha512-c29tZSBieXRlcw=='
const signed: Signed = {
  name: '@acme/widget',
  version: '1.0.1',
  integrity,
  published: new Date('2025-01-20T00:00:00Z'),
}
const text = `@acme/widget@1.0.1:${integrity}`

interface KeyPair extends SigningKey {
  sign(text: string): { readonly keyId: string; readonly signature: string }
}

function aKey(keyId: string, expires?: string): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    keyId,
    publicKey,
    ...(expires !== undefined && { expires: new Date(expires) }),
    sign: (what) => ({ keyId, signature: sign('sha256', Buffer.from(what), privateKey).toString('base64') }),
  }
}

const key = aKey('first')
const old = aKey('old', '2025-01-29T00:00:00Z')

describe('the signatures of a registry', () => {
  it('hold over name, version and integrity as the registry states them', () => {
    expect(verifySignatures([key.sign(text)], signed, [old, key])).toEqual({ state: 'verified' })
  })

  it('do not hold over another version', () => {
    const seen = verifySignatures([key.sign(`@acme/widget@1.0.0:${integrity}`)], signed, [key])
    expect(seen).toEqual({ state: 'invalid', flaw: 'does-not-verify', keyId: 'first' })
  })

  it('do not hold when one of two does not', () => {
    const seen = verifySignatures([key.sign(text), old.sign('other')], signed, [key, old])
    expect(seen).toEqual({ state: 'invalid', flaw: 'does-not-verify', keyId: 'old' })
  })

  it('do not hold when they are no signatures at all', () => {
    const seen = verifySignatures([{ keyId: 'first', signature: '%' }], signed, [key])
    expect(seen).toEqual({ state: 'invalid', flaw: 'does-not-verify', keyId: 'first' })
  })

  it('hold by a key that expired after the version was published', () => {
    expect(verifySignatures([old.sign(text)], signed, [old])).toEqual({ state: 'verified' })
  })

  it('do not hold by a key that had expired when the version was published', () => {
    const later = { ...signed, published: new Date('2025-01-29T00:00:00Z') }
    const seen = verifySignatures([old.sign(text)], later, [old])
    expect(seen).toEqual({ state: 'invalid', flaw: 'expired-key', keyId: 'old' })
  })

  it('prove nothing by an expired key when nobody knows the date', () => {
    const { published: _, ...undated } = signed
    expect(verifySignatures([old.sign(text)], undated, [old])).toEqual({ state: 'undated' })
  })

  it('prove nothing by a key that is not there', () => {
    expect(verifySignatures([key.sign(text)], signed, [old])).toEqual({ state: 'unknown-key', keyId: 'first' })
  })

  it('hold when one of two does and the key of the other is not there', () => {
    expect(verifySignatures([key.sign(text), old.sign(text)], signed, [key])).toEqual({ state: 'verified' })
  })
})
