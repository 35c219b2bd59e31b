import { describe, expect, it } from '@jest/globals'
import { withKeys } from '../../../src/registry/provenance/trust-material.js'
import { lazyTrustRoot, parseTrustRoot, shippedTrustRoot } from '../../../src/registry/provenance/trust-root.js'
import { aSigstore } from '../../builders/sigstore.js'

describe('the trust root that we ship', () => {
  it("knows Sigstore's authorities, logs and clocks, and the keys of npm's registry", async () => {
    const root = shippedTrustRoot()
    const { registryKeys } = root
    const material = await root.material()
    expect([
      material.certificateAuthorities.length,
      material.tlogs.length,
      material.ctlogs.length,
      material.timestampAuthorities.length,
    ]).toEqual([2, 2, 2, 1])
    expect(registryKeys.map(({ keyId, expires }) => [keyId, expires?.toISOString()])).toEqual([
      ['SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA', '2025-01-29T00:00:00.000Z'],
      ['SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U', undefined],
    ])
  })

  it('is read once, and not where another one is given', async () => {
    const { trustRoot } = await aSigstore()
    const lazy = lazyTrustRoot()
    expect(lazy()).toBe(lazy())
    expect(lazyTrustRoot(trustRoot)()).toBe(trustRoot)
  })

  it('finds keys by names that objects have by themselves only where they were given', async () => {
    const root = shippedTrustRoot()
    const material = withKeys(await root.material(), root.registryKeys)
    for (const name of ['__proto__', 'constructor', '']) expect(() => material.publicKey(name)).toThrow('no such key')
  })
})

describe('a trust root of the operator', () => {
  for (const text of ['', '[]', '{}', 'null', '{"tlogs":[],"certificateAuthorities":[]}', '{"tlogs":[{}]}']) {
    it(`is refused when it is ${text === '' ? 'empty' : text}`, () => {
      expect(() => parseTrustRoot(text)).toThrow()
    })
  }

  it('says that it is none at the latest when its material is asked for', async () => {
    const root = parseTrustRoot('{"tlogs":[{}],"certificateAuthorities":[{"certChain":7}]}')
    await expect(root.material()).rejects.toThrow()
  })
})
