import { describe, expect, it } from '@jest/globals'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { anOperator, aPublishedPackage } from '../builders/registry.js'
import { startRegistry } from '../emulator/registry.js'

/** The default registry, with a token of the operator's for it, and a scope that belongs to another one. */
async function open(options: { readonly offline?: boolean } = {}) {
  const server = await startRegistry({
    packages: {
      '@acme/core': await aPublishedPackage('@acme/core', '99.0.0'),
      '@acme/taken': await aPublishedPackage('@acme/taken', '0.0.1-security'),
    },
  })
  const operator = anOperator({
    registry: server.url,
    scopes: { '@acme': 'https://npm.acme.example/' },
    connection: { [`//${server.host}/:_authToken`]: 'operator-token' },
    ...options,
  })
  return { server, registry: openNpmRegistry({ operator, concurrency: 2 }) }
}

describe('the namesake of an internal package', () => {
  it('is asked for at the default registry, whatever registry the scope has, and without credentials', async () => {
    const { server, registry } = await open()
    try {
      expect(await registry.namesake('@acme/core')).toEqual({
        known: true,
        value: { state: 'published', versions: ['99.0.0'] },
      })
      expect(server.requests.map(({ authorized }) => authorized)).toEqual([false])
    } finally {
      await server.close()
    }
  })

  it('is absent, or held where the registry keeps the name for itself', async () => {
    const { server, registry } = await open()
    try {
      expect(await registry.namesake('@acme/other')).toEqual({ known: true, value: { state: 'absent' } })
      expect(await registry.namesake('@acme/taken')).toEqual({ known: true, value: { state: 'held' } })
    } finally {
      await server.close()
    }
  })

  it('is a gap that does not matter where it cannot be asked for', async () => {
    const { server, registry } = await open({ offline: true })
    try {
      expect(await registry.namesake('@acme/core')).toEqual({
        known: false,
        gap: { code: 'namesake-unavailable', package: '@acme/core', fact: 'namesake', detail: 'offline' },
      })
      expect(server.requests).toEqual([])
    } finally {
      await server.close()
    }
  })
})
