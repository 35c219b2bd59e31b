import { describe, expect, it } from '@jest/globals'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { anOperator, aPublishedPackage, readAll, sriOf, withRegistry } from '../builders/registry.js'
import { startRegistry } from '../emulator/registry.js'

const widget = { name: '@acme/widget', version: '1.0.0' }
const file = '/@acme/widget/-/widget-1.0.0.tgz'
const token = 'npm_a-token-that-must-not-appear'

const packagesOf = async () => ({ '@acme/widget': await aPublishedPackage('@acme/widget', '1.0.0') })

/** A registry besides the default one. */
async function withOther<T>(test: (other: Awaited<ReturnType<typeof startRegistry>>) => Promise<T>): Promise<T> {
  const other = await startRegistry({ packages: await packagesOf() })
  try {
    return await test(other)
  } finally {
    await other.close()
  }
}

describe('redirects', () => {
  it('are followed within the registry', async () => {
    const packages = { ...(await packagesOf()), '@acme/old': await aPublishedPackage('@acme/widget', '1.0.0') }
    await withRegistry({ packages }, async ({ registry, server }) => {
      server.faults.set('/@acme/widget', { kind: 'redirect', location: '/@acme%2fwidget?again', times: 1 })

      expect((await registry.packument('@acme/widget')).known).toBe(true)
    })
  })

  it.each([['/@acme/widget'], [file]])('of %s to another host are not followed', async (path) => {
    await withOther(async (other) => {
      await withRegistry({ packages: await packagesOf() }, async ({ registry, server }) => {
        server.faults.set(path, { kind: 'redirect', location: `${other.url}elsewhere` })
        const read = await registry.tarball(widget, 'sha512-AAAA', readAll)

        expect(read).toEqual({
          kind: 'unavailable',
          gap: {
            code: 'tarball-unavailable',
            package: '@acme/widget@1.0.0',
            fact: 'package',
            detail: `${server.host} redirects to the host ${other.host} (http), which nobody allowed`,
          },
        })
        expect(other.requests).toEqual([])
        expect(server.count(path)).toBe(1)
      })
    })
  })

  it('to a host that the operator allowed are followed, without the credentials of the registry', async () => {
    await withOther(async (other) => {
      const packages = await packagesOf()
      const bytes = packages['@acme/widget'].versions['1.0.0']?.tarball ?? Buffer.alloc(0)
      const server = await startRegistry({ packages, token })
      const operator = anOperator({
        registry: server.url,
        allowedHosts: [other.host],
        connection: { [`//${server.host}/:_authToken`]: token },
      })
      server.faults.set(file, { kind: 'redirect', location: `${other.url}@acme/widget/-/widget-1.0.0.tgz` })
      const registry = openNpmRegistry({ operator, concurrency: 2, limits: { retryDelayMs: 1 } })
      const read = await registry.tarball(widget, sriOf('sha512', bytes), readAll)
      await server.close()

      expect(read.kind).toBe('verified')
      expect(server.requests.every(({ authorized }) => authorized)).toBe(true)
      expect(other.requests).toEqual([
        { method: 'GET', path: file, authorized: false, conditional: false, status: 200, small: false },
      ])
    })
  })

  it('in a circle end at the limit', async () => {
    await withRegistry({}, async ({ registry, server }) => {
      server.faults.set('/@acme/widget', { kind: 'redirect', location: '/@acme/widget' })
      const answer = await registry.packument('@acme/widget')

      expect(answer.known ? '' : answer.gap.detail).toBe(`${server.host} redirects more than 3 times`)
      expect(server.count('/@acme/widget')).toBe(4)
    })
  })

  it.each([['file:///etc/passwd'], ['data:,x'], ['http://']])('to %s are refused', async (location) => {
    await withRegistry({}, async ({ registry, server }) => {
      server.faults.set('/@acme/widget', { kind: 'redirect', location })

      expect((await registry.packument('@acme/widget')).known).toBe(false)
    })
  })
})

describe('private addresses', () => {
  it('are not asked for a scope that only the policy maps there', async () => {
    await withOther(async (other) => {
      const ours = { policy: { scopes: { '@acme': other.url }, allowedHosts: [other.host] } }
      await withRegistry({ ours }, async ({ registry, server }) => {
        expect(await registry.publication(widget)).toEqual({
          known: false,
          gap: {
            code: 'scope-not-allowed',
            package: '@acme/widget@1.0.0',
            fact: 'publication',
            detail: `the registry of @acme, ${other.host}, is private and not allowed by the operator`,
          },
        })
        expect([...other.requests, ...server.requests]).toEqual([])
      })
    })
  })

  it('are not asked under a name that resolves to one', async () => {
    await withOther(async (other) => {
      // A name of the system's own hosts file: no resolver is needed, and the name itself does not look private.
      const { hostname } = await import('node:os')
      const { lookup } = await import('node:dns/promises')
      const name = hostname()
      const { address } = await lookup(name).catch(() => ({ address: '' }))
      if (address === '' || name.includes('localhost')) {
        console.log('skipped: this machine cannot resolve its own name')
        return
      }
      const url = `http://${name.toLowerCase()}:${new URL(other.url).port}/`
      const ours = { policy: { scopes: { '@acme': url }, allowedHosts: [] } }
      await withRegistry({ ours }, async ({ registry }) => {
        const answer = await registry.publication(widget)

        expect(answer.known ? '' : [answer.gap.code, answer.gap.detail]).toEqual([
          'scope-not-allowed',
          `${new URL(url).host} is a private address, which the operator did not allow`,
        ])
        expect(other.requests).toEqual([])
      })
    })
  })

  it('are no place for a redirect, even where the policy allows the host', async () => {
    await withOther(async (other) => {
      const ours = { policy: { scopes: {}, allowedHosts: [other.host] } }
      await withRegistry({ ours }, async ({ registry, server }) => {
        server.faults.set('/@acme/widget', { kind: 'redirect', location: `https://${other.host}/` })
        const answer = await registry.packument('@acme/widget')

        expect(answer.known ? '' : answer.gap.detail).toBe(
          `${other.host} is a private address, which the operator did not allow`,
        )
      })
    })
  })

  it('are asked where the operator allows the host', async () => {
    await withOther(async (other) => {
      const server = await startRegistry()
      const operator = anOperator({ registry: server.url, allowedHosts: [other.host] })
      const policy = { scopes: { '@acme': other.url }, allowedHosts: [] }
      const registry = openNpmRegistry({ operator, policy, concurrency: 2 })
      const answer = await registry.publication(widget)
      await server.close()

      expect(answer).toEqual({ known: true, value: { state: 'published' } })
      expect(server.requests).toEqual([])
    })
  })
})

describe('credentials', () => {
  it('go to their registry and to no other', async () => {
    await withOther(async (other) => {
      const server = await startRegistry({ packages: { left: await aPublishedPackage('left', '1.0.0') }, token })
      const operator = anOperator({
        registry: server.url,
        scopes: { '@acme': other.url },
        connection: { [`//${server.host}/:_authToken`]: token },
      })
      const registry = openNpmRegistry({ operator, concurrency: 2 })
      const left = await registry.publication({ name: 'left', version: '1.0.0' })
      const scoped = await registry.publication(widget)
      await server.close()

      expect([left.known, scoped.known]).toEqual([true, true])
      expect(server.requests.map(({ authorized }) => authorized)).toEqual([true])
      expect(other.requests.map(({ authorized }) => authorized)).toEqual([false])
    })
  })

  it('appear in no gap, whatever goes wrong', async () => {
    const faults = [
      { kind: 'status', status: 401, body: token },
      { kind: 'status', status: 403, body: JSON.stringify({ error: token }) },
      { kind: 'status', status: 500, body: token },
      { kind: 'bytes', body: `{"name":"${token}"` },
      { kind: 'bytes', body: `{"name":"${token}"}` },
      { kind: 'redirect', location: `http://user:${token}@elsewhere.example/?t=${token}` },
      { kind: 'redirect', location: `${token}://x` },
      { kind: 'truncate' },
      { kind: 'hang' },
    ] as const
    const details: string[] = []
    for (const fault of faults) {
      const server = await startRegistry({ packages: await packagesOf() })
      const operator = anOperator({
        registry: `http://user:${token}@${server.host}/`,
        connection: { [`//${server.host}/:_authToken`]: token },
      })
      const limits = { retryDelayMs: 1, idleMs: 20 }
      for (const path of ['/@acme/widget', file]) {
        server.faults.set(path, fault)
        const registry = openNpmRegistry({ operator, concurrency: 2, limits })
        const read = await registry.tarball(widget, 'sha512-AAAA', readAll)
        if (read.kind !== 'verified') details.push(JSON.stringify(read.gap))
        server.faults.clear()
      }
      await server.close()
    }

    expect(details).toHaveLength(faults.length * 2)
    expect(details.filter((detail) => detail.includes(token))).toEqual([])
  })
})

describe('a proxy', () => {
  it('of the operator is asked instead of the registry, whose name is not looked up', async () => {
    await withOther(async (proxy) => {
      const connection = { proxy: proxy.url, noProxy: '' }
      const operator = anOperator({ registry: 'http://npm.acme.example/', connection })
      const registry = openNpmRegistry({ operator, concurrency: 1, limits: { retryDelayMs: 1 } })

      expect(await registry.publication(widget)).toEqual({ known: true, value: { state: 'published' } })
      expect(proxy.count('/@acme/widget')).toBe(1)
    })
  })
})
