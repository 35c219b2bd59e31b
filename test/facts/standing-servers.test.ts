import { describe, expect, it } from '@jest/globals'
import { standingServers } from '../../src/facts/standing-servers.js'
import { maxStandingServers } from '../../src/limits.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { aDependencyChange } from '../builders/dependency-change.js'
import { aGraph } from '../builders/dependency-graph.js'
import { integrityOf } from '../builders/lockfile.js'
import { aServer } from '../builders/mcp-facts.js'
import { aPackage } from '../builders/package-facts.js'

const libraries = new Set(['@modelcontextprotocol/sdk'])
const serves = { version: '1.0.0', dependencies: { '@modelcontextprotocol/sdk': '1.0.0' } }
const graphOf = (...names: readonly string[]) =>
  aGraph({
    packages: {
      ...Object.fromEntries(names.map((name) => [name, serves])),
      '@modelcontextprotocol/sdk': '1.0.0',
      other: '1.0.0',
    },
  })

async function storeWith(...names: readonly string[]) {
  const store = openMemoryStore()
  for (const name of names) {
    await store.put(aPackage({ integrity: integrityOf(`${name}@1.0.0`), mcp: aServer({ why: [name] }) }))
  }
  return store
}

describe('standingServers', () => {
  it('gives the servers beside the changed ones of which the store knows, as they were', async () => {
    const store = await storeWith('mail-mcp', 'notes-mcp', 'other')
    const changes = [aDependencyChange({ name: 'notes-mcp', after: { version: '1.0.0' } })]
    const mcp = aServer({ why: ['mail-mcp'] })

    expect(await standingServers([graphOf('mail-mcp', 'notes-mcp')], changes, libraries, store)).toEqual({
      servers: [{ name: 'mail-mcp', version: '1.0.0', mcp, before: mcp }],
      unseen: [],
    })
  })

  it('names those of which nobody knows, each once', async () => {
    const graph = graphOf('mail-mcp', 'calendar-mcp')

    expect(await standingServers([graph, graph], [], libraries, openMemoryStore())).toEqual({
      servers: [],
      unseen: ['calendar-mcp@1.0.0', 'mail-mcp@1.0.0'],
    })
  })

  it('leaves out what uses the library of its user, and what serves nothing by its own facts', async () => {
    const store = openMemoryStore()
    await store.put(aPackage({ integrity: integrityOf('client@1.0.0') }))
    const graph = aGraph({
      packages: {
        client: serves,
        peer: { version: '1.0.0', peerDependencies: { '@modelcontextprotocol/sdk': '1.0.0' } },
        '@modelcontextprotocol/sdk': '1.0.0',
      },
    })

    expect(await standingServers([graph], [], libraries, store)).toEqual({ servers: [], unseen: [] })
  })

  it('asks the store for so many, and names the rest', async () => {
    const names = Array.from({ length: maxStandingServers + 1 }, (_, index) => `mcp-${String(index).padStart(4, '0')}`)
    const { servers, unseen } = await standingServers([graphOf(...names)], [], libraries, await storeWith(...names))

    expect([servers.length, unseen]).toEqual([maxStandingServers, [`${names.at(-1)}@1.0.0`]])
  })
})
