import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { anOperator, aPublishedPackage, readAll, sriOf, withRegistry } from '../builders/registry.js'

const widget = { name: 'widget', version: '1.0.0' }
const file = '/widget/-/widget-1.0.0.tgz'

const aWidget = async () => ({ widget: await aPublishedPackage('widget', '1.0.0') })

async function tarballOfWidget() {
  const packages = await aWidget()
  const tarball = packages.widget.versions['1.0.0']?.tarball ?? Buffer.alloc(0)
  return { packages, tarball, sha512: sriOf('sha512', tarball) }
}

describe('a packument', () => {
  it('holds versions, times and tags of the full document', async () => {
    await withRegistry({ packages: await aWidget() }, async ({ registry, server }) => {
      expect(await registry.packument('widget')).toEqual({
        known: true,
        value: {
          name: 'widget',
          versions: ['1.0.0'],
          time: {
            created: '2025-01-01T12:00:00.000Z',
            modified: '2025-01-01T12:00:00.000Z',
            '1.0.0': '2025-01-01T12:00:00.000Z',
          },
          distTags: { latest: '1.0.0' },
          releases: new Map([
            [
              '1.0.0',
              {
                version: '1.0.0',
                publisher: { name: 'maintainer', email: 'maintainer@mail.example' },
                maintainers: ['maintainer'],
                attestations: [],
                signatures: [{ keyId: server.key.keyid, signature: expect.any(String) }],
              },
            ],
          ]),
          securityHolding: false,
          unpublished: false,
        },
      })
    })
  })

  it('is asked for once, however many ask for it at a time and afterwards', async () => {
    await withRegistry({ packages: await aWidget() }, async ({ registry, server }) => {
      await Promise.all([registry.packument('widget'), registry.publication(widget), registry.manifest(widget)])
      await registry.manifest(widget)

      expect(server.count('/widget')).toBe(1)
    })
  })

  it('is asked for again when it no longer fits into what is kept', async () => {
    const packages = { ...(await aWidget()), gadget: await aPublishedPackage('gadget', '1.0.0') }
    await withRegistry({ packages, ours: { limits: { maxKeptPackumentBytes: 100 } } }, async ({ registry, server }) => {
      await registry.packument('widget')
      await registry.packument('gadget')
      await registry.packument('widget')

      expect(server.requests.map(({ path }) => path)).toEqual(['/widget', '/gadget', '/widget'])
    })
  })

  it('is found under a scope, written as npm writes it', async () => {
    const packages = { '@acme/widget': await aPublishedPackage('@acme/widget', '1.0.0') }
    await withRegistry({ packages }, async ({ registry, server }) => {
      const { known } = await registry.packument('@acme/widget')

      expect([known, server.count('/@acme/widget')]).toEqual([true, 1])
    })
  })

  it.each([
    ['is not JSON', '<html>', 'answers with something that is not JSON'],
    ['is a list', '[]', 'answers with no document about this package'],
    ['is about another package', '{"name":"other","versions":{}}', 'answers with no document about this package'],
  ])('is a gap where the answer %s', async (_, body, detail) => {
    await withRegistry({ packages: await aWidget() }, async ({ registry, server }) => {
      server.faults.set('/widget', { kind: 'bytes', body })

      expect(await registry.packument('widget')).toEqual({
        known: false,
        gap: {
          code: 'packument-unavailable',
          package: 'widget',
          fact: 'packument',
          detail: `${server.host} ${detail}`,
        },
      })
    })
  })

  it.each([['../../etc'], ['.hidden'], ['a b'], [''], ['@acme'], ['a/b/c'], ['x?y=1']])(
    'is a gap, and no request, for %p which is no name',
    async (name) => {
      await withRegistry({}, async ({ registry, server }) => {
        const answer = await registry.packument(name)

        expect(answer.known ? undefined : answer.gap.code).toBe('packument-unavailable')
        expect(server.requests).toEqual([])
      })
    },
  )

  it.each([
    [401, 1],
    [403, 1],
    [418, 1],
    [429, 2],
    [500, 2],
    [503, 2],
  ])('is a gap at HTTP %i, after %i requests', async (status, requests) => {
    await withRegistry({ packages: await aWidget() }, async ({ registry, server }) => {
      server.faults.set('/widget', { kind: 'status', status, body: 'secret-in-a-body' })

      expect(await registry.publication(widget)).toEqual({
        known: false,
        gap: {
          code: 'packument-unavailable',
          package: 'widget@1.0.0',
          fact: 'publication',
          detail: `HTTP ${status} from ${server.host}`,
        },
      })
      expect(server.count('/widget')).toBe(requests)
    })
  })

  it.each([
    ['status' as const, { status: 503 }],
    ['truncate' as const, {}],
    ['shorten' as const, {}],
  ])('is had by the one retry when the first answer fails by %s', async (kind, rest) => {
    await withRegistry({ packages: await aWidget() }, async ({ registry, server }) => {
      server.faults.set('/widget', { kind, status: 503, times: 1, ...rest })
      const answer = await registry.packument('widget')

      // Half a JSON text is complete by HTTP, and npm does not ask again for it either.
      expect([answer.known, server.count('/widget')]).toEqual(kind === 'shorten' ? [false, 1] : [true, 2])
    })
  })

  it.each([['hang' as const], ['stall' as const]])('is a gap when the server falls silent (%s)', async (kind) => {
    await withRegistry(
      { packages: await aWidget(), ours: { limits: { idleMs: 30 } } },
      async ({ registry, server }) => {
        server.faults.set('/widget', { kind })
        const answer = await registry.packument('widget')

        expect(answer.known ? '' : answer.gap.code).toBe('packument-unavailable')
        expect(answer.known ? '' : answer.gap.detail).toContain(server.host)
      },
    )
  })

  it('is a gap when nothing listens', async () => {
    await withRegistry({}, async ({ registry, server }) => {
      await server.close()
      const answer = await registry.packument('widget')

      expect(answer.known ? '' : answer.gap.detail).toBe(`no complete answer from ${server.host} (ECONNREFUSED)`)
    })
  })

  it('stops a request that nobody waits for any more, and rejects with the reason', async () => {
    const ours = { limits: { idleMs: 60_000 } }
    await withRegistry({ packages: await aWidget(), ours }, async ({ registry, server }) => {
      server.faults.set('/widget', { kind: 'hang', times: 1 })
      const controller = new AbortController()
      const asked = server.asked('/widget')
      const answer = registry.packument('widget', controller.signal)
      await asked
      controller.abort(new Error('a newer head came'))

      await expect(answer).rejects.toThrow('a newer head came')
      expect((await registry.packument('widget')).known).toBe(true)
    })
  })

  it('is not asked for offline', async () => {
    await withRegistry({ packages: await aWidget() }, async ({ server }) => {
      await withRegistry({ ours: { operator: anOperator({ offline: true, registry: server.url }) } }, async (ours) => {
        expect(await ours.registry.publication(widget)).toEqual({
          known: false,
          gap: { code: 'packument-unavailable', package: 'widget@1.0.0', fact: 'publication', detail: 'offline' },
        })
        expect(await ours.registry.tarball(widget, 'sha512-AAAA', readAll)).toEqual({
          kind: 'unavailable',
          gap: { code: 'tarball-unavailable', package: 'widget@1.0.0', fact: 'package', detail: 'offline' },
        })
        expect([...server.requests, ...ours.server.requests]).toEqual([])
      })
    })
  })
})

describe('a publication', () => {
  it('is known for a published version, an unknown name and an unknown version', async () => {
    await withRegistry({ packages: await aWidget() }, async ({ registry }) => {
      expect(await registry.publication(widget)).toEqual({ known: true, value: { state: 'published' } })
      expect(await registry.publication({ name: 'widgett', version: '1.0.0' })).toEqual({
        known: true,
        value: { state: 'name-absent' },
      })
      expect(await registry.publication({ name: 'widget', version: '6.6.6' })).toEqual({
        known: true,
        value: { state: 'version-absent' },
      })
    })
  })

  it.each([
    [
      'the whole package',
      { versions: undefined, time: { unpublished: { time: '2025-02-01T00:00:00.000Z' } } },
      '1.0.0',
    ],
    ['one version', { time: { '1.5.0': '2025-02-01T00:00:00.000Z' } }, '1.5.0'],
  ])('tells that %s was unpublished', async (_, document, version) => {
    const packages = { widget: { ...(await aPublishedPackage('widget', '1.0.0')), document } }
    await withRegistry({ packages }, async ({ registry }) => {
      expect(await registry.publication({ name: 'widget', version })).toEqual({
        known: true,
        value: { state: 'unpublished' },
      })
    })
  })

  it.each([['0.0.1-security'], ['0.0.1-security.0']])(
    'tells that the registry holds the placeholder %s',
    async (version) => {
      const packages = { widget: await aPublishedPackage('widget', version) }
      await withRegistry({ packages }, async ({ registry }) => {
        expect(await registry.publication(widget)).toEqual({ known: true, value: { state: 'security-holding' } })
      })
    },
  )

  it('is a gap for a 404 of a private registry that we have no credentials for', async () => {
    await withRegistry({}, async ({ server }) => {
      const operator = anOperator({ scopes: { '@acme': server.url } })
      await withRegistry({ ours: { operator } }, async ({ registry }) => {
        const answer = await registry.publication({ name: '@acme/widget', version: '1.0.0' })

        expect(answer.known ? '' : answer.gap.detail).toBe(
          `HTTP 404 from ${server.host} without credentials: it may be private`,
        )
      })
    })
  })
})

describe('a manifest', () => {
  it("is the registry's own, malformed fields named", async () => {
    const { packages, tarball, sha512 } = await tarballOfWidget()
    const manifest = { scripts: { install: 'node x.js' }, main: 7, deprecated: 'use gadget' }
    const published = { versions: { '1.0.0': { tarball, manifest, dist: { shasum: 'no hash' } } } }
    await withRegistry({ packages: { ...packages, widget: published } }, async ({ registry }) => {
      expect(await registry.manifest(widget)).toEqual({
        known: true,
        value: {
          name: 'widget',
          version: '1.0.0',
          scripts: { install: 'node x.js' },
          dependencies: {},
          bin: {},
          os: [],
          cpu: [],
          keywords: [],
          integrity: sha512,
          deprecated: 'use gadget',
          malformed: ['main', 'dist.shasum'],
        },
      })
    })
  })

  it('is a gap for an unknown version and for one that is no object', async () => {
    const document = { versions: { '1.0.0': 'text' } }
    const packages = { widget: { ...(await aPublishedPackage('widget', '1.0.0')), document } }
    await withRegistry({ packages }, async ({ registry }) => {
      const gaps = await Promise.all(
        ['1.0.0', '2.0.0'].map((version) => registry.manifest({ name: 'widget', version })),
      )

      expect(gaps).toEqual([
        {
          known: false,
          gap: {
            code: 'manifest-unavailable',
            package: 'widget@1.0.0',
            fact: 'manifest',
            detail: "the registry's manifest cannot be read",
          },
        },
        {
          known: false,
          gap: {
            code: 'manifest-unavailable',
            package: 'widget@2.0.0',
            fact: 'manifest',
            detail: 'the registry does not know this version',
          },
        },
      ])
    })
  })
})

describe('a tarball', () => {
  it('is handed on when its bytes are the locked ones', async () => {
    const { packages, tarball, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry }) => {
      expect(await registry.tarball(widget, sha512, readAll)).toEqual({ kind: 'verified', value: tarball })
    })
  })

  it('is measured by what the registry states where nothing is locked, by sha1 if it has no more', async () => {
    const { tarball } = await tarballOfWidget()
    const published = { versions: { '1.0.0': { tarball, dist: { integrity: undefined } } } }
    await withRegistry({ packages: { widget: published } }, async ({ registry, server }) => {
      const honest = await registry.tarball(widget, undefined, readAll)
      server.faults.set(file, { kind: 'bytes', body: 'other' })
      const other = await registry.tarball(widget, undefined, readAll)

      expect([honest.kind, other.kind]).toEqual(['verified', 'mismatch'])
    })
  })

  it('is a mismatch, told with the hash that was served, when other bytes come twice', async () => {
    const { packages, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry, server }) => {
      server.faults.set(file, { kind: 'bytes', body: 'other' })
      const served = sriOf('sha512', Buffer.from('other'))
      let calls = 0
      const read = await registry.tarball(widget, sha512, (stream) => {
        calls += 1
        return readAll(stream)
      })

      expect(read).toEqual({
        kind: 'mismatch',
        served,
        gap: {
          code: 'integrity-unverified',
          package: 'widget@1.0.0',
          fact: 'package',
          detail: `the registry serves ${served} where ${sha512} is expected`,
        },
      })
      expect([calls, server.count(file)]).toEqual([2, 2])
    })
  })

  it.each([['bytes' as const], ['truncate' as const], ['shorten' as const], ['status' as const]])(
    'is had by the one retry when the first answer fails by %s',
    async (kind) => {
      const { packages, tarball, sha512 } = await tarballOfWidget()
      await withRegistry({ packages }, async ({ registry, server }) => {
        server.faults.set(file, { kind, body: 'other', status: 502, times: 1 })

        expect(await registry.tarball(widget, sha512, readAll)).toEqual({ kind: 'verified', value: tarball })
        expect(server.count(file)).toBe(2)
      })
    },
  )

  it('must meet every algorithm that is asked for', async () => {
    const { packages, tarball, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry }) => {
      const both = await registry.tarball(widget, `${sriOf('sha1', tarball)} ${sha512}`, readAll)
      const one = await registry.tarball(widget, `${sriOf('sha1', Buffer.from('other'))} ${sha512}`, readAll)
      const either = await registry.tarball(widget, `${sriOf('sha512', Buffer.from('other'))} ${sha512}`, readAll)

      expect([both.kind, one.kind, either.kind]).toEqual(['verified', 'mismatch', 'verified'])
      expect(one.kind === 'mismatch' ? one.served : '').toBe(sriOf('sha1', tarball))
    })
  })

  it.each([
    ['an unknown algorithm', 'md4000-AAAA'],
    ['no hash', 'garbage'],
    ['a text longer than any hash', `sha512-${'A'.repeat(2_000)}`],
  ])('is not read when %s is all there is to measure it by', async (_, integrity) => {
    const { packages } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry, server }) => {
      const read = await registry.tarball(widget, integrity, readAll)

      expect(read.kind === 'unavailable' ? read.gap.code : read.kind).toBe('integrity-unverified')
      expect(server.count(file)).toBe(0)
    })
  })

  it('is hashed to its end when its reader stops early or breaks the stream', async () => {
    const { packages, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry, server }) => {
      const early = await registry.tarball(widget, sha512, async () => 'unread')
      const broken = await registry.tarball(widget, sha512, async (stream) => {
        stream.destroy(new Error('seen enough'))
        return 'broken'
      })
      server.faults.set(file, { kind: 'bytes', body: Buffer.alloc(1_000_000) })
      const other = await registry.tarball(widget, sha512, async () => 'unread')

      expect([early, broken]).toEqual([
        { kind: 'verified', value: 'unread' },
        { kind: 'verified', value: 'broken' },
      ])
      expect(other.kind).toBe('mismatch')
    })
  })

  it('is a gap when verified bytes are no tarball, and rejects for a bug of its reader', async () => {
    const { packages, sha512 } = await tarballOfWidget()
    const invalid = Object.assign(new Error('not gzip'), { name: 'TarballInvalid' })
    await withRegistry({ packages }, async ({ registry }) => {
      expect(await registry.tarball(widget, sha512, () => Promise.reject(invalid))).toEqual({
        kind: 'unavailable',
        gap: { code: 'tarball-invalid', package: 'widget@1.0.0', fact: 'package', detail: 'not gzip' },
      })
      await expect(registry.tarball(widget, sha512, () => Promise.reject(new TypeError('a bug')))).rejects.toThrow(
        'a bug',
      )
    })
  })

  it.each([
    [401, 1],
    [403, 1],
    [404, 1],
    [500, 2],
  ])('of a known version is a gap at HTTP %i, after %i requests', async (status, requests) => {
    const { packages, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry, server }) => {
      server.faults.set(file, { kind: 'status', status })

      expect(await registry.tarball(widget, sha512, readAll)).toEqual({
        kind: 'unavailable',
        gap: {
          code: 'tarball-unavailable',
          package: 'widget@1.0.0',
          fact: 'package',
          detail: `HTTP ${status} from ${server.host}`,
        },
      })
      expect(server.count(file)).toBe(requests)
    })
  })

  it('is a gap when a connection that was used before falls silent', async () => {
    const { packages, sha512 } = await tarballOfWidget()
    await withRegistry({ packages, ours: { limits: { idleMs: 30 } } }, async ({ registry, server }) => {
      server.faults.set(file, { kind: 'hang' })
      const read = await registry.tarball(widget, sha512, readAll)

      expect(read.kind === 'unavailable' ? read.gap.detail : read.kind).toBe(
        `${server.host} fell silent (EIDLETIMEOUT)`,
      )
      expect(server.count(file)).toBe(2)
    })
  })

  it('does not take its own slow reader for a silent server', async () => {
    const tarball = randomBytes(8_000_000)
    const packages = { widget: { versions: { '1.0.0': { tarball } } } }
    await withRegistry({ packages, ours: { limits: { idleMs: 500 } } }, async ({ registry, server }) => {
      const read = await registry.tarball(widget, sriOf('sha512', tarball), async (stream) => {
        let bytes = 0
        for await (const chunk of stream) {
          // Longer than any silence that is allowed: what matters is who waits for whom.
          if (bytes === 0) await delay(900)
          bytes += (chunk as Buffer).length
        }
        return bytes
      })

      expect(read).toEqual({ kind: 'verified', value: tarball.length })
      expect(server.count(file)).toBe(1)
    })
  })

  it('rejects with the reason when its signal aborts in the middle', async () => {
    const { packages, sha512 } = await tarballOfWidget()
    await withRegistry({ packages }, async ({ registry, server }) => {
      server.faults.set(file, { kind: 'stall' })
      const controller = new AbortController()
      const read = registry.tarball(
        widget,
        sha512,
        (stream) => {
          stream.once('data', () => controller.abort(new Error('a newer head came')))
          return readAll(stream)
        },
        controller.signal,
      )

      await expect(read).rejects.toThrow('a newer head came')
    })
  })

  it('comes no more often at a time than the concurrency allows', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const entries = await Promise.all(
      names.map(async (name) => [name, await aPublishedPackage(name, '1.0.0')] as const),
    )
    await withRegistry({ packages: Object.fromEntries(entries), ours: { concurrency: 2 } }, async ({ registry }) => {
      let now = 0
      let most = 0
      const reads = await Promise.all(
        names.map((name) =>
          registry.tarball({ name, version: '1.0.0' }, undefined, async (stream) => {
            now += 1
            most = Math.max(most, now)
            const bytes = await readAll(stream)
            now -= 1
            return bytes.length > 0
          }),
        ),
      )

      expect(reads).toEqual(names.map(() => ({ kind: 'verified', value: true })))
      expect(most).toBeLessThanOrEqual(2)
    })
  })

  it.each([
    ['at its own host', (url: string) => `${url}files/w.tgz`, '/files/w.tgz'],
    [
      'at its own host without TLS',
      (url: string) => url.replace('http:', 'https:').concat('files/w.tgz'),
      '/files/w.tgz',
    ],
    ['at another host', () => 'https://elsewhere.example/files/w.tgz', file],
    ['as no address', () => 'w.tgz', file],
  ])('is fetched from the registry where dist.tarball names it %s', async (_, stated, path) => {
    const { tarball, sha512 } = await tarballOfWidget()
    await withRegistry({}, async ({ registry, server }) => {
      server.packages.set('widget', { versions: { '1.0.0': { tarball, dist: { tarball: stated(server.url) } } } })
      await registry.tarball(widget, sha512, readAll)

      expect(server.requests.map((request) => request.path)).toEqual(['/widget', path])
    })
  })
})
