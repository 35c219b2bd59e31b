import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parseAttestations } from '../../../src/registry/provenance/parse-attestations.js'
import type { Attestation } from '../../../src/registry/provenance/provenance.js'
import { withKeys } from '../../../src/registry/provenance/trust-material.js'
import { shippedTrustRoot } from '../../../src/registry/provenance/trust-root.js'
import { verifyProvenance, verifyStatement } from '../../../src/registry/provenance/verify-attestation.js'

const file = new URL('../../fixtures/sigstore/sigstore-0.4.0.attestations.json', import.meta.url)
const bytes = readFileSync(file)
const root = shippedTrustRoot()
const rootMaterial = await root.material()

/** `dist.integrity` of that version. */
const integrity = 'KCwMX6k20mQyFkNYG2XT3lwK9u1P36wS9YURFd85zCXPrwrSLZCEh7/vMBFNYcJXRiBtGDS+T4/RZZF493zABA=='
const subject = { purl: 'pkg:npm/sigstore@0.4.0', sha512: Buffer.from(integrity, 'base64').toString('hex') }

function attestationOf(predicateType: string): Attestation {
  const found = parseAttestations(JSON.parse(bytes.toString()))?.find((one) => one.predicateType === predicateType)
  if (found === undefined) throw new Error(`no statement of the type ${predicateType}`)
  return found
}

const provenance = () => attestationOf('https://slsa.dev/provenance/v0.2')

describe("what npm's registry answered about sigstore@0.4.0", () => {
  it('is here as it was recorded', () => {
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(digest).toBe('da0de1c7be37465d4af0f38dd4f2d99705dd8f9cd5ffaf6ae4eb9b964e092432')
  })

  it('proves by which run of which repository it was built', () => {
    expect(verifyProvenance(provenance(), subject, rootMaterial)).toMatchObject({
      state: 'verified',
      build: { repository: 'github.com/sigstore/sigstore-js', ref: 'refs/tags/v0.4.0' },
    })
  })

  it('proves nothing of other bytes, or of another version', () => {
    const others = [
      { ...subject, sha512: 'ab'.repeat(64) },
      { ...subject, purl: 'pkg:npm/sigstore@0.4.1' },
    ]
    expect(others.map((other) => verifyProvenance(provenance(), other, rootMaterial))).toMatchObject([
      { state: 'invalid', flaw: 'other-bytes' },
      { state: 'invalid', flaw: 'other-package' },
    ])
  })

  it("holds npm's own statement about the publication, which is no provenance", () => {
    const publication = attestationOf('https://github.com/npm/attestation/tree/main/specs/publish/v0.1')
    const material = withKeys(rootMaterial, root.registryKeys)
    expect({
      signed: verifyStatement(publication, subject, material).state,
      provenance: verifyProvenance(publication, subject, material).state,
    }).toEqual({ signed: 'signed', provenance: 'invalid' })
  })
})
