import { describe, expect, it } from '@jest/globals'
import { shippedTrustRoot } from '../../../src/registry/provenance/trust-root.js'
import { type Signed, verifySignatures } from '../../../src/registry/provenance/verify-signature.js'

/** As npm's registry stated them in November and December 2024, `dist.integrity` and `dist.signatures`, in the packages' own documents. */
const published = new Date('2024-12-02T00:00:00Z')
const keyId = 'SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA'
const stated: readonly (Signed & { readonly signature: string })[] = [
  {
    name: '@midas-ds/file-upload',
    version: '1.0.5',
    published,
    integrity: 'sha512-+qCX3aqZboppyadR4fQj9+ZXEAPrfJ808JDXDCPFeKX0HABEfT69/daVqtTC6p8P0mwSc6vUgR4URQC4dHt4Xg==',
    signature: 'MEQCIHKCjwC/QSiE4giP5sD0Ow8+lFUhqNNm8IXiLRKNRP88AiAZ3MiUGSSmdJz/eEQE/Vsz2N3igqWb1saAgtbwtRjXQw==',
  },
  {
    name: '@midas-ds/modal',
    version: '0.1.0',
    published,
    integrity: 'sha512-KiUQaNohu3WBwlveaQ70YTqFwh1Ijw9AT6Lv0mNaK3QrJyf9wZrkv5U2tnt4rDBf78QeIp6ppN5aLa+yjGYuYA==',
    signature: 'MEYCIQC7bupdf+ew7NreyTqMEewFAAHQeTUUUCk4RGauE+eYxQIhANjnRBfEi1pdJ6VuTOjkx5AGgnxPEbHSelMZi5kc//td',
  },
]

const verify = ({ signature, ...signed }: (typeof stated)[number]) =>
  verifySignatures([{ keyId, signature }], signed, shippedTrustRoot().registryKeys)

describe("signatures that npm's registry has made", () => {
  for (const one of stated) {
    it(`hold for ${one.name} by the key that we ship, and for nothing else`, () => {
      expect([verify(one), verify({ ...one, version: '9.9.9' })]).toEqual([
        { state: 'verified' },
        { state: 'invalid', flaw: 'does-not-verify', keyId },
      ])
    })
  }
})
