import { describe, expect, it } from '@jest/globals'
import { known } from '../../../src/gap.js'
import { anOperator, withRegistry } from '../../builders/registry.js'
import { buildTarball } from '../../builders/tarball.js'
import type { Fault, PublishedPackage } from '../../emulator/registry.js'

const reference = { name: '@acme/widget', version: '1.0.1' }
const path = '/-/npm/v1/attestations/@acme/widget@1.0.1'
const attestations = [{ predicateType: 'https://slsa.dev/provenance/v1', bundle: { some: 'bundle' } }]

async function withStatements(): Promise<Readonly<Record<string, PublishedPackage>>> {
  const { name, version } = reference
  const tarball = await buildTarball({ 'package.json': JSON.stringify(reference) })
  return { [name]: { versions: { [version]: { tarball, attestations } } } }
}

/** What becomes of the answer about attestations under a fault. */
const under = async (fault: Fault) =>
  withRegistry({ packages: await withStatements() }, async ({ server, registry }) => {
    server.faults.set(path, fault)
    const answer = await registry.attestations(reference)
    return answer.known ? answer.value : [answer.gap.code, answer.gap.detail.replaceAll(server.host, 'HOST')]
  })

describe('statements about a version', () => {
  it("are asked for at the version's own registry, once for all who ask", async () => {
    await withRegistry({ packages: await withStatements() }, async ({ server, registry }) => {
      const answers = await Promise.all([registry.attestations(reference), registry.attestations(reference)])
      expect(answers).toEqual([known(attestations), known(attestations)])
      expect(server.requests.map((request) => request.path)).toEqual([path])
    })
  })

  it('are a gap when the registry is not to be asked', async () => {
    const packages = await withStatements()
    await withRegistry(
      { packages, ours: { operator: anOperator({ offline: true }) } },
      async ({ server, registry }) => {
        const answer = await registry.attestations(reference)
        expect([answer, server.requests]).toEqual([
          {
            known: false,
            gap: {
              code: 'attestations-unavailable',
              package: '@acme/widget@1.0.1',
              fact: 'provenance',
              detail: 'offline',
            },
          },
          [],
        ])
      },
    )
  })

  const faults: Readonly<Record<string, readonly [fault: Fault, detail: unknown]>> = {
    'it has none': [{ kind: 'status', status: 404 }, expect.stringContaining('404')],
    'it fails': [{ kind: 'status', status: 503 }, expect.stringContaining('503')],
    'it redirects elsewhere': [
      { kind: 'redirect', location: 'https://elsewhere.example/attestations' },
      expect.stringContaining('which nobody allowed'),
    ],
    'it sends too much': [{ kind: 'huge', bytes: 513 * 1024 }, expect.stringContaining('more than 524288 bytes')],
    'it sends no JSON': [{ kind: 'bytes', body: '<html>' }, 'HOST answers with no JSON'],
    'it sends other JSON': [{ kind: 'bytes', body: '{"attestations":{}}' }, 'HOST answers with something else'],
    'it breaks off': [{ kind: 'truncate' }, expect.any(String)],
  }
  for (const [name, [fault, detail]] of Object.entries(faults)) {
    it(`are a gap when ${name}`, async () => {
      expect(await under(fault)).toEqual(['attestations-unavailable', detail])
    })
  }

  it('are asked for no more where the registry has answered about none of five packages', async () => {
    await withRegistry({ packages: await withStatements() }, async ({ server, registry }) => {
      const details: string[] = []
      for (const version of ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5']) {
        server.faults.set(`/-/npm/v1/attestations/@acme/widget@${version}`, { kind: 'status', status: 503 })
        const answer = await registry.attestations({ ...reference, version })
        details.push(answer.known ? '' : answer.gap.detail.replaceAll(server.host, 'HOST'))
      }
      expect(details).toEqual([
        ...Array.from({ length: 5 }, () => 'HTTP 503 from HOST'),
        'HOST did not answer about others',
      ])
      expect(server.count('/-/npm/v1/attestations/@acme/widget@1.0.5')).toBe(0)
    })
  })
})

describe("a registry's keys", () => {
  it('are asked for once, whatever name they are wanted for', async () => {
    await withRegistry({ packages: {} }, async ({ server, registry }) => {
      const [one, other] = [await registry.signingKeys('a'), await registry.signingKeys('@acme/b')]
      const ids = one.known ? one.value.map(({ keyId }) => keyId) : one.gap
      expect([ids, other === one || JSON.stringify(other) === JSON.stringify(one)]).toEqual([[server.key.keyid], true])
      expect(server.count('/-/npm/v1/keys')).toBe(1)
    })
  })

  it('are a gap where there are none', async () => {
    await withRegistry({ packages: {}, lacks: ['keys'] }, async ({ registry }) => {
      expect(await registry.signingKeys('a')).toMatchObject({ known: false, gap: { code: 'keys-unavailable' } })
    })
  })
})
