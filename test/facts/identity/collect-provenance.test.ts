import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { FactName } from '../../../src/facts/facts.js'
import { collectProvenance, type ProvenanceCollection } from '../../../src/facts/identity/collect-provenance.js'
import { known } from '../../../src/gap.js'
import { openNpmRegistry } from '../../../src/registry/npm-registry.js'
import { openMemoryResponses } from '../../../src/store/memory-responses.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { anOperator, withRegistry } from '../../builders/registry.js'
import {
  aRegistryKey,
  aSigstore,
  type MockSigstore,
  type RegistryKeyPair,
  type StatementOverrides,
} from '../../builders/sigstore.js'
import { buildTarball } from '../../builders/tarball.js'
import type { Lack, PublishedPackage, PublishedVersion } from '../../emulator/registry.js'

const name = '@acme/widget'
const everything: ReadonlySet<FactName> = new Set<FactName>(['provenance', 'previousProvenance', 'signature'])
const path = (version: string) => `/-/npm/v1/attestations/${name}@${version}`

let sigstore: MockSigstore
let stranger: MockSigstore

beforeAll(async () => {
  sigstore = await aSigstore()
  stranger = await aSigstore()
})

interface Scene {
  readonly versions: PublishedPackage['versions']
  readonly lacks?: readonly Lack[]
  readonly needed?: ReadonlySet<FactName>
}

interface Seen extends ProvenanceCollection {
  readonly asked: readonly string[]
}

/** What is learnt of the upgrade from 1.0.0 to 1.0.1, and what the registry was asked for it. */
const learn = ({ versions, lacks = [], needed = everything }: Scene): Promise<Seen> =>
  withRegistry({ packages: { [name]: { versions } }, lacks }, async ({ server, registry }) => {
    const change = aDependencyChange({ name })
    const packument = await registry.packument(name)
    const manifest = await registry.manifest({ name, version: '1.0.1' })
    const before = server.requests.length
    const { keyId, keys } = registryKey
    const trustRoot = { ...sigstore.trustRoot, registryKeys: [{ keyId, publicKey: keys.publicKey }] }
    const sources = { registry, trustRoot: () => trustRoot }
    const collection = await collectProvenance(change, { packument, manifest }, needed, sources)
    return {
      ...collection,
      asked: server.requests
        .slice(before)
        .map((request) => request.path)
        .sort(),
    }
  })

/** A version whose tarball `from` has attested; of itself unless the tarball is another one. */
async function aBuilt(version: string, from = sigstore, attestedBytes?: string): Promise<PublishedVersion> {
  const tarball = await buildTarball({ 'package.json': JSON.stringify({ name, version }) })
  const bytes = attestedBytes === undefined ? tarball : Buffer.from(attestedBytes)
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  return { tarball, attestations: [await from.attest({ name, version, sha512 })] }
}

const registryKey = aRegistryKey()

/** With the registry's own statement beside that about the build. */
async function aPublished(
  version: string,
  statement: StatementOverrides = {},
  key: RegistryKeyPair = registryKey,
): Promise<PublishedVersion> {
  const { tarball, attestations = [] } = await aBuilt(version)
  const sha512 = createHash('sha512').update(tarball).digest('hex')
  return { tarball, attestations: [...attestations, await sigstore.publish({ name, version, sha512 }, key, statement)] }
}

const aPlain = async (version: string): Promise<PublishedVersion> => ({
  tarball: await buildTarball({ 'package.json': JSON.stringify({ name, version }) }),
})

const verified = known({ state: 'verified', build: expect.objectContaining({ repository: 'github.com/acme/widget' }) })

const gap = (code: string, version: string, fact: string, detail: unknown = expect.any(String)) => ({
  known: false,
  gap: { code, package: `${name}@${version}`, fact, detail },
})

interface TwoReviews {
  readonly facts: ProvenanceCollection['facts']
  /** Paths of attestations, in the order of both reviews. */
  readonly asked: readonly [first: readonly string[], second: readonly string[]]
}

/** What the second of two reviews learns, after `between` did something to what the first one kept. */
const learnTwice = (
  versions: PublishedPackage['versions'],
  between: (kept: Map<string, string>) => void = () => {},
): Promise<TwoReviews> =>
  withRegistry({ packages: { [name]: { versions } } }, async ({ server }) => {
    const kept = openMemoryResponses()
    const review = async () => {
      const registry = openNpmRegistry({ operator: anOperator({ registry: server.url }), concurrency: 4, kept })
      const packument = await registry.packument(name)
      const manifest = await registry.manifest({ name, version: '1.0.1' })
      const before = server.requests.length
      const sources = { registry, trustRoot: () => sigstore.trustRoot }
      const change = aDependencyChange({ name })
      const { facts } = await collectProvenance(change, { packument, manifest }, everything, sources)
      const asked = server.requests.slice(before).map((request) => request.path)
      return { facts, asked: asked.filter((each) => each.includes('attestations')).sort() }
    }
    const first = await review()
    between(kept.texts)
    const second = await review()
    return { facts: second.facts, asked: [first.asked, second.asked] }
  })

describe('what is learnt of who signed for a version', () => {
  it('is the verified provenance of both versions and the signature', async () => {
    const seen = await learn({ versions: { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1') } })
    expect(seen).toEqual({
      facts: { provenance: verified, previousProvenance: verified, signature: known({ state: 'verified' }) },
      gaps: [],
      asked: [path('1.0.0'), path('1.0.1'), '/-/npm/v1/keys'].sort(),
    })
  })

  it('is asked for nowhere when the record of both versions names no statement', async () => {
    const versions = { '1.0.0': await aPlain('1.0.0'), '1.0.1': await aPlain('1.0.1') }
    const needed = new Set<FactName>(['provenance', 'previousProvenance'])
    expect(await learn({ versions, needed })).toEqual({
      facts: {
        provenance: known({ state: 'absent' }),
        previousProvenance: known({ state: 'absent' }),
        signature: 'not-applicable',
      },
      gaps: [],
      asked: [],
    })
  })

  it('is that a statement about other bytes does not hold', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1', sigstore, 'other') }
    const { facts } = await learn({ versions })
    expect(facts.provenance).toEqual(known({ state: 'invalid', flaw: 'other-bytes', detail: expect.any(String) }))
  })

  it('is verified too where the registry states besides that it published the version', async () => {
    const seen = await learn({ versions: { '1.0.0': await aPlain('1.0.0'), '1.0.1': await aPublished('1.0.1') } })
    expect([seen.facts.provenance, seen.gaps]).toEqual([verified, []])
  })

  it('is that the registry states the publication of something else', async () => {
    const versions = { '1.0.0': await aPlain('1.0.0'), '1.0.1': await aPublished('1.0.1', { sha512: '0'.repeat(128) }) }
    const { facts } = await learn({ versions })
    expect(facts.provenance).toEqual(known({ state: 'invalid', flaw: 'other-bytes', detail: expect.any(String) }))
  })

  it('does not depend on what the registry states with a key that nobody knows', async () => {
    const published = await aPublished('1.0.1', { sha512: '0'.repeat(128) }, aRegistryKey('SHA256:other'))
    const { facts } = await learn({ versions: { '1.0.0': await aPlain('1.0.0'), '1.0.1': published } })
    expect(facts.provenance).toEqual(verified)
  })

  it('is a gap besides what rules see of it, where the keys of a statement are not known', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1', stranger) }
    const detail = 'the trust root does not know the authority that gave the certificate'
    const { facts, gaps } = await learn({ versions })
    expect([facts.provenance, gaps]).toEqual([
      known({ state: 'unverifiable', detail }),
      [{ code: 'trust-root-unavailable', package: `${name}@1.0.1`, fact: 'provenance', detail }],
    ])
  })

  it('is one gap each on a mirror that leaves out what the registry of origin keeps', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1') }
    const { facts, asked } = await learn({ versions, lacks: ['attestations', 'signatures'] })
    expect([facts, asked]).toEqual([
      {
        provenance: gap('attestations-unavailable', '1.0.1', 'provenance'),
        previousProvenance: 'not-applicable',
        signature: gap('keys-unavailable', '1.0.1', 'signature'),
      },
      [],
    ])
  })

  it('is a gap where the record names statements that the registry does not hand out', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1') }
    const { facts } = await learn({ versions, lacks: ['attestations-endpoint'] })
    expect(facts.provenance).toEqual(gap('attestations-unavailable', '1.0.1', 'provenance'))
  })

  it('is a gap about the signature where nobody has the key that it names', async () => {
    const versions = { '1.0.0': await aPlain('1.0.0'), '1.0.1': await aPlain('1.0.1') }
    const { facts } = await learn({ versions, lacks: ['keys'] })
    expect(facts.signature).toEqual(gap('keys-unavailable', '1.0.1', 'signature'))
  })

  it('is that a signature over another integrity does not hold', async () => {
    const dist = { integrity: `sha512-${createHash('sha512').update('other').digest('base64')}` }
    const versions = { '1.0.0': await aPlain('1.0.0') }
    const signature = await withRegistry({ packages: { [name]: { versions } } }, async ({ server, registry }) => {
      const { keyid, sig } = server.key.sign(`${name}@1.0.1:sha512-honest`)
      const swapped = { ...(await aPlain('1.0.1')), dist, signatures: [{ keyid, sig }] }
      server.packages.set(name, { versions: { ...versions, '1.0.1': swapped } })
      const packument = await registry.packument(name)
      const manifest = await registry.manifest({ name, version: '1.0.1' })
      const sources = { registry, trustRoot: () => sigstore.trustRoot }
      const { facts } = await collectProvenance(
        aDependencyChange({ name }),
        { packument, manifest },
        everything,
        sources,
      )
      return [facts.signature, keyid] as const
    })
    expect(signature[0]).toEqual(known({ state: 'invalid', flaw: 'does-not-verify', keyId: signature[1] }))
  })

  it('is verified again from what an earlier review kept of it', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1') }
    expect(await learnTwice(versions)).toEqual({
      facts: { provenance: verified, previousProvenance: verified, signature: known({ state: 'verified' }) },
      asked: [[path('1.0.0'), path('1.0.1')], []],
    })
  })

  it('is asked for again where it did not hold, or what was kept is damaged', async () => {
    const versions = { '1.0.0': await aBuilt('1.0.0'), '1.0.1': await aBuilt('1.0.1', sigstore, 'other') }
    const { asked } = await learnTwice(versions, (kept) => {
      for (const key of kept.keys()) if (key.startsWith('build|')) kept.set(key, '{')
    })
    expect([asked[1], (await learnTwice(versions)).asked[1]]).toEqual([[path('1.0.0'), path('1.0.1')], [path('1.0.1')]])
  })

  it('is nothing of the version before where there is none', async () => {
    const seen = await withRegistry(
      { packages: { [name]: { versions: { '1.0.1': await aBuilt('1.0.1') } } } },
      async ({ registry }) => {
        const packument = await registry.packument(name)
        const manifest = await registry.manifest({ name, version: '1.0.1' })
        const sources = { registry, trustRoot: () => sigstore.trustRoot }
        const added = aDependencyChange({ name, before: null })
        return collectProvenance(added, { packument, manifest }, everything, sources)
      },
    )
    expect([seen.facts.provenance, seen.facts.previousProvenance]).toEqual([verified, 'not-applicable'])
  })
})
