import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { buildTarball } from '../builders/tarball.js'
import { startRegistry } from './registry.js'

async function aRegistry(token?: string) {
  const tarball = await buildTarball({ 'package.json': '{"name":"@acme/widget","version":"1.0.0"}' })
  const registry = await startRegistry({
    packages: { '@acme/widget': { versions: { '1.0.0': { tarball, manifest: { scripts: { test: 'true' } } } } } },
    ...(token === undefined ? {} : { token }),
  })
  return { registry, tarball }
}

describe('the test registry', () => {
  it('serves the full document, one version, and the tarball', async () => {
    const { registry, tarball } = await aRegistry()
    const manifest = {
      name: '@acme/widget',
      version: '1.0.0',
      scripts: { test: 'true' },
      dist: {
        tarball: `${registry.url}@acme/widget/-/widget-1.0.0.tgz`,
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
        shasum: createHash('sha1').update(tarball).digest('hex'),
        signatures: [
          registry.key.sign(`@acme/widget@1.0.0:sha512-${createHash('sha512').update(tarball).digest('base64')}`),
        ],
      },
      _npmUser: { name: 'maintainer', email: 'maintainer@mail.example' },
      maintainers: [{ name: 'maintainer', email: 'maintainer@mail.example' }],
    }
    const full = await (await fetch(`${registry.url}@acme%2fwidget`)).json()
    const one = await (await fetch(`${registry.url}@acme/widget/1.0.0`)).json()
    const bytes = await (await fetch(manifest.dist.tarball)).arrayBuffer()
    await registry.close()

    expect(full).toEqual({
      _id: '@acme/widget',
      name: '@acme/widget',
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': manifest },
      time: {
        created: '2025-01-01T12:00:00.000Z',
        modified: '2025-01-01T12:00:00.000Z',
        '1.0.0': '2025-01-01T12:00:00.000Z',
      },
    })
    expect(one).toEqual(manifest)
    expect(Buffer.from(bytes).equals(tarball)).toBe(true)
    expect(registry.requests.map(({ path }) => path)).toEqual([
      '/@acme/widget',
      '/@acme/widget/1.0.0',
      '/@acme/widget/-/widget-1.0.0.tgz',
    ])
  })

  it('leaves scripts out of the abbreviated document, as npm does', async () => {
    const { registry } = await aRegistry()
    const accept = 'application/vnd.npm.install-v1+json'
    const document = await (await fetch(`${registry.url}@acme/widget`, { headers: { accept } })).json()
    await registry.close()

    expect(Object.keys((document as { versions: Record<string, object> }).versions['1.0.0'] ?? {})).toEqual([
      'name',
      'version',
      'dist',
    ])
  })

  it('wants its token, and logs whether one came, never which', async () => {
    const { registry } = await aRegistry('secret-of-the-test')
    const without = await fetch(`${registry.url}@acme/widget`)
    const headers = { authorization: 'Bearer secret-of-the-test' }
    const within = await fetch(`${registry.url}@acme/widget`, { headers })
    await registry.close()

    expect([without.status, within.status]).toEqual([401, 200])
    expect(registry.requests).toEqual([
      { method: 'GET', path: '/@acme/widget', authorized: false, conditional: false, status: 401, small: false },
      { method: 'GET', path: '/@acme/widget', authorized: true, conditional: false, status: 200, small: false },
    ])
  })

  it('ends a fault after the given number of requests', async () => {
    const { registry } = await aRegistry()
    registry.faults.set('/@acme/widget', { kind: 'status', status: 503, times: 2 })
    const statuses: number[] = []
    for (let n = 0; n < 3; n++) statuses.push((await fetch(`${registry.url}@acme/widget`)).status)
    await registry.close()

    expect(statuses).toEqual([503, 503, 200])
  })
})
