import { afterEach, describe, expect, it } from '@jest/globals'
import { openNpmAdvisories } from '../../../src/registry/advisories/npm-source.js'
import { askLoopback } from '../../builders/advisories.js'
import { type BulkAdvisory, bulkPath } from '../../emulator/bulk-advisories.js'
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../../emulator/registry.js'

let server: TestRegistry | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

async function lookup(options: TestRegistryOptions, references: readonly (readonly [string, string])[]) {
  const registry = await startRegistry(options)
  server = registry
  const source = openNpmAdvisories({ ask: askLoopback({ registry: registry.url }), registry: registry.url })
  const { found, gap } = await source.lookup(references.map(([name, version]) => ({ name, version })))
  return { found: Object.fromEntries(found), gap, registry }
}

const quadratic: BulkAdvisory = {
  id: 1,
  url: 'https://advisories.example/GHSA-aaaa-aaaa-aaaa',
  title: 'Takes quadratic time',
  severity: 'moderate',
  vulnerable_versions: '<1.0.3',
  cwe: ['CWE-1333'],
}

describe("the registry's own advisories", () => {
  it('are asked for all packages at once, and tell which versions they mean', async () => {
    const malware = {
      ...quadratic,
      id: 2,
      url: 'https://advisories.example/2',
      title: 'Malware in it',
      cwe: ['CWE-506'],
    }
    const { found, gap, registry } = await lookup(
      { advisories: { 'left-pad': [quadratic], '@acme/widget': [{ ...malware, vulnerable_versions: '>=0' }] } },
      [
        ['left-pad', '1.0.0'],
        ['left-pad', '1.0.3'],
        ['@acme/widget', '2.0.0'],
      ],
    )
    expect(gap).toBeUndefined()
    expect(found).toEqual({
      'left-pad@1.0.0': [
        {
          id: 'GHSA-aaaa-aaaa-aaaa',
          aliases: [],
          summary: 'Takes quadratic time',
          severity: 'moderate',
          malicious: false,
          fixed: '1.0.3',
          fixes: ['1.0.3'],
          link: 'https://advisories.example/GHSA-aaaa-aaaa-aaaa',
        },
      ],
      'left-pad@1.0.3': [],
      '@acme/widget@2.0.0': [
        {
          id: '2',
          aliases: [],
          summary: 'Malware in it',
          severity: 'critical',
          malicious: true,
          fixes: [],
          link: 'https://advisories.example/2',
        },
      ],
    })
    expect(registry.requests.map(({ method, path, body }) => [method, path, JSON.parse(body ?? '')])).toEqual([
      ['POST', bulkPath, { 'left-pad': ['1.0.0', '1.0.3'], '@acme/widget': ['2.0.0'] }],
    ])
  })

  it('are one gap where the registry has none, and where it answers something else', async () => {
    const without = await lookup({ lacks: ['advisories'] }, [['left-pad', '1.0.0']])
    const nonsense = { ...quadratic, vulnerable_versions: 'all of them' }
    await without.registry.close()
    const wrong = await startRegistry()
    server = wrong
    wrong.faults.set(bulkPath, { kind: 'bytes', body: JSON.stringify({ 'left-pad': [nonsense] }) })
    const source = openNpmAdvisories({ ask: askLoopback(), registry: wrong.url })
    const { gap } = await source.lookup([{ name: 'left-pad', version: '1.0.0' }])
    expect([without.gap?.detail, gap]).toEqual([
      `HTTP 404 from ${without.registry.host}`,
      {
        code: 'advisories-unavailable',
        fact: 'advisories',
        detail: `${wrong.host} answers with something that is no answer to the question`,
      },
    ])
  })
})
