import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { parseAttestations, parseSigningKeys } from '../../../src/registry/provenance/parse-attestations.js'

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64')

const read = (...keys: readonly unknown[]) =>
  parseSigningKeys({ keys })?.map(({ keyId, expires }) => [keyId, expires?.toISOString()])

describe('the answer about attestations', () => {
  it('is read as it is, with bundles that nobody has looked at', () => {
    const attestations = [{ predicateType: 'https://slsa.dev/provenance/v1', bundle: { any: 'thing' } }]
    expect(parseAttestations({ attestations })).toEqual(attestations)
  })

  const others = [
    null,
    [],
    {},
    { attestations: {} },
    { attestations: [null] },
    { attestations: [{ predicateType: 1 }] },
  ]
  for (const other of [...others, { attestations: Array.from({ length: 21 }, () => ({ predicateType: 'x' })) }]) {
    it(`is none when it is ${JSON.stringify(other).slice(0, 60)}`, () => {
      expect(parseAttestations(other)).toBe(undefined)
    })
  }
})

describe("a registry's keys", () => {
  it('are read with the dates on which they end', () => {
    const keys = [
      { keyid: 'a', key, expires: null },
      { keyid: 'b', key, expires: '2025-01-29T00:00:00.000Z' },
      { keyid: 'c', key },
    ]
    expect(read(...keys)).toEqual([
      ['a', undefined],
      ['b', '2025-01-29T00:00:00.000Z'],
      ['c', undefined],
    ])
  })

  it('do not last for ever when nobody can read when they end', () => {
    expect(read({ keyid: 'a', key, expires: 'one day' }, { keyid: 'b', key, expires: 7 })).toEqual([])
  })

  it('are left out when they are none', () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const keys = [null, 'x', { keyid: 'a', key: 'AAAA' }, { keyid: 'b' }, { key }, { keyid: 'c', key: other }]
    expect(read(...keys)).toEqual([])
  })

  it('are not read from something else', () => {
    const many = { keys: Array.from({ length: 51 }, () => ({ keyid: 'a', key })) }
    expect([null, {}, { keys: 'x' }, many].map(parseSigningKeys)).toEqual([undefined, undefined, undefined, undefined])
  })
})
