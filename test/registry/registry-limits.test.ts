import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { anOperator, aPublishedPackage, readAll, sriOf, withRegistry } from '../builders/registry.js'

const widget = { name: 'widget', version: '1.0.0' }
const file = '/widget/-/widget-1.0.0.tgz'
const packagesOf = async () => ({ widget: await aPublishedPackage('widget', '1.0.0') })

describe('the limits of a registry', () => {
  it('end a packument that is too large', async () => {
    const ours = { limits: { maxPackumentBytes: 100_000 } }
    await withRegistry({ packages: await packagesOf(), ours }, async ({ registry, server }) => {
      server.faults.set('/widget', { kind: 'huge', bytes: 10_000_000 })

      expect(await registry.publication(widget)).toEqual({
        known: false,
        gap: {
          code: 'limit-reached',
          package: 'widget@1.0.0',
          fact: 'publication',
          detail: 'maxPackumentBytes: more than 100000 bytes',
        },
      })
      expect(server.count('/widget')).toBe(1)
    })
  })

  it('end a packument that unpacks to too much', async () => {
    const body = gzipSync(Buffer.alloc(5_000_000, ' '))
    const server = createServer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const operator = anOperator({ registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
    const registry = openNpmRegistry({ operator, concurrency: 1, limits: { maxPackumentBytes: 100_000 } })
    const answer = await registry.packument('widget')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))

    expect(body.length).toBeLessThan(100_000)
    expect(answer.known ? '' : answer.gap.code).toBe('limit-reached')
  })

  it('end a tarball that is too large, once', async () => {
    const ours = { limits: { maxTarballBytes: 100_000 } }
    await withRegistry({ packages: await packagesOf(), ours }, async ({ registry, server }) => {
      server.faults.set(file, { kind: 'huge', bytes: 10_000_000 })
      const read = await registry.tarball(widget, 'sha512-AAAA', readAll)

      expect(read).toEqual({
        kind: 'unavailable',
        gap: {
          code: 'limit-reached',
          package: 'widget@1.0.0',
          fact: 'package',
          detail: 'maxTarballBytes: more than 100000 bytes packed',
        },
      })
      expect(server.count(file)).toBe(1)
    })
  })

  it('take a tarball of exactly the largest size', async () => {
    const packages = await packagesOf()
    const tarball = packages.widget.versions['1.0.0']?.tarball ?? Buffer.alloc(0)
    await withRegistry({ packages, ours: { limits: { maxTarballBytes: tarball.length } } }, async ({ registry }) => {
      expect((await registry.tarball(widget, sriOf('sha512', tarball), readAll)).kind).toBe('verified')
    })
  })

  it.each([
    ['packumentDeadlineMs', '/widget'],
    ['tarballDeadlineMs', file],
  ])('end what is not complete in time (%s)', async (limit, path) => {
    const ours = { limits: { [limit]: 40 } }
    await withRegistry({ packages: await packagesOf(), ours }, async ({ registry, server }) => {
      server.faults.set(path, { kind: 'stall' })
      const read = await registry.tarball(widget, 'sha512-AAAA', readAll)

      expect(read.kind === 'unavailable' ? read.gap : read).toEqual({
        code: 'tarball-unavailable',
        package: 'widget@1.0.0',
        fact: 'package',
        detail: `no complete answer from ${server.host} in 0.04 s`,
      })
    })
  })

  it('end a reader that never comes to an end', async () => {
    const packages = await packagesOf()
    const tarball = packages.widget.versions['1.0.0']?.tarball ?? Buffer.alloc(0)
    await withRegistry({ packages, ours: { limits: { tarballDeadlineMs: 40 } } }, async ({ registry }) => {
      const read = await registry.tarball(widget, sriOf('sha512', tarball), () => new Promise(() => {}))

      expect(read.kind === 'unavailable' ? read.gap.code : read.kind).toBe('tarball-unavailable')
    })
  })
})
