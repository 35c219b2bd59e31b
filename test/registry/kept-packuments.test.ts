import { describe, expect, it } from '@jest/globals'
import type { KeptResponses } from '../../src/registry/kept-responses.js'
import { openNpmRegistry, registryLimits } from '../../src/registry/npm-registry.js'
import type { Operator } from '../../src/registry/operator.js'
import type { Registry } from '../../src/registry/registry.js'
import { openMemoryResponses } from '../../src/store/memory-responses.js'
import { anOperator, aPublishedPackage, readAll } from '../builders/registry.js'
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../emulator/registry.js'

interface World {
  readonly server: TestRegistry
  readonly kept: ReturnType<typeof openMemoryResponses>
  /** A registry as the next review opens it. */
  next(operator?: Partial<Operator>, kept?: KeptResponses, maxKeptResponseCharacters?: number): Registry
  /** Path, whether it was conditional, and the status, of each request so far. */
  asked(): readonly string[]
}

async function withWorld(test: (world: World) => Promise<void>, options: TestRegistryOptions = {}): Promise<void> {
  const packages = { widget: await aPublishedPackage('widget', '1.0.0') }
  const server = await startRegistry({ packages, ...options })
  const memory = openMemoryResponses()
  try {
    await test({
      server,
      kept: memory,
      next: (operator, kept = memory, maxKeptResponseCharacters = registryLimits.maxKeptResponseCharacters) =>
        openNpmRegistry({
          operator: anOperator({ registry: server.url, ...operator }),
          concurrency: 4,
          kept,
          limits: { retryDelayMs: 1, idleMs: 2_000, maxKeptResponseCharacters },
        }),
      asked: () =>
        server.requests.map(({ path, conditional, status }) => `${path} ${conditional ? 'if ' : ''}${status}`),
    })
  } finally {
    await server.close()
  }
}

const widget = { name: 'widget', version: '1.0.0' }

describe('packuments that are kept between reviews', () => {
  it('are asked for only by their ETag, and say all that they said before', async () => {
    await withWorld(async ({ next, asked }) => {
      const [first, second] = [next(), next()]
      const before = [await first.packument('widget'), await first.manifest(widget), await first.publication(widget)]
      const after = [await second.packument('widget'), await second.manifest(widget), await second.publication(widget)]

      expect(asked()).toEqual(['/widget 200', '/widget if 304'])
      expect(after).toEqual(before)
      expect(before.map(({ known }) => known)).toEqual([true, true, true])
    })
  })

  it('lead to the same tarball', async () => {
    await withWorld(async ({ next, server }) => {
      await next().packument('widget')
      const read = await next().tarball(widget, undefined, readAll)

      expect(read).toEqual({ kind: 'verified', value: server.packages.get('widget')?.versions['1.0.0']?.tarball })
    })
  })

  it('are exchanged for what the registry has since', async () => {
    await withWorld(async ({ next, server, asked }) => {
      await next().packument('widget')
      const { versions } = server.packages.get('widget') ?? { versions: {} }
      server.packages.set('widget', {
        versions: { ...versions, ...(await aPublishedPackage('widget', '1.1.0')).versions },
      })
      const second = await next().packument('widget')
      const third = await next().packument('widget')

      expect(second).toMatchObject({ known: true, value: { versions: ['1.0.0', '1.1.0'] } })
      expect(third).toEqual(second)
      expect(asked()).toEqual(['/widget 200', '/widget if 200', '/widget if 304'])
    })
  })

  it('count for nothing when the registry no longer knows the name', async () => {
    await withWorld(async ({ next, server }) => {
      await next().packument('widget')
      server.packages.delete('widget')

      expect(await next().publication(widget)).toEqual({ known: true, value: { state: 'name-absent' } })
    })
  })

  it('count for nothing when the registry cannot be asked', async () => {
    await withWorld(async ({ next, server }) => {
      await next().packument('widget')
      server.faults.set('/widget', { kind: 'status', status: 503 })

      expect(await next().packument('widget')).toMatchObject({ known: false, gap: { code: 'packument-unavailable' } })
      expect(await next({ offline: true }).packument('widget')).toMatchObject({ gap: { detail: 'offline' } })
    })
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, text.lastIndexOf('\n'))],
    ['broken in its second line', (text: string) => text.replace('"packument"', 'packument')],
    ['broken in its first line', (text: string) => text.slice(5)],
    ['without what its second line says', (text: string) => text.replace(/\n.*\n/, '\nnull\n')],
    ['without releases', (text: string) => text.replace(/\n\{"shared.*\n/, '\n[]\n')],
    ['of another package', (text: string) => text.replace('widget', 'gadget')],
    ['empty', () => ''],
  ])('are asked for anew where what is kept is %s', async (_, damage) => {
    await withWorld(async ({ next, kept, asked }) => {
      const before = await next().packument('widget')
      for (const [key, text] of kept.texts) kept.texts.set(key, damage(text))
      const after = await next().packument('widget')
      await next().packument('widget')

      expect(after).toEqual(before)
      expect(asked().filter((request) => request === '/widget 200')).toHaveLength(2)
      expect(asked().at(-1)).toBe('/widget if 304')
    })
  })

  it('are not kept of a registry that does not say which document it gave', async () => {
    await withWorld(
      async ({ next, kept, asked }) => {
        await next().packument('widget')
        await next().packument('widget')

        expect(kept.texts.size).toBe(0)
        expect(asked()).toEqual(['/widget 200', '/widget 200'])
      },
      { lacks: ['validators'] },
    )
  })

  it('are asked for whole each time where they are too large to be kept', async () => {
    await withWorld(async ({ next, kept, asked }) => {
      const [first, second] = [next({}, kept, 100), next({}, kept, 100)]
      expect(await first.packument('widget')).toEqual(await second.packument('widget'))

      expect([kept.texts.size, asked()]).toEqual([0, ['/widget 200', '/widget 200']])
    })
  })

  it('take a 304 that nobody asked for as no answer', async () => {
    await withWorld(async ({ next, server }) => {
      server.faults.set('/widget', { kind: 'status', status: 304 })

      expect(await next().packument('widget')).toMatchObject({ known: false, gap: { code: 'packument-unavailable' } })
    })
  })

  it('are never shown to other credentials, and their keys hold none', async () => {
    await withWorld(
      async ({ next, server, kept, asked }) => {
        const holder = { connection: { [`//${server.host}/:_authToken`]: 'secret-of-the-test' } }
        const other = { connection: { [`//${server.host}/:_authToken`]: 'another-secret' } }
        await next(holder).packument('widget')
        const [refused, stranger] = [await next(other).packument('widget'), await next().packument('widget')]
        await next(holder).packument('widget')

        expect([refused.known, stranger.known]).toEqual([false, false])
        expect(asked()).toEqual(['/widget 200', '/widget 401', '/widget 401', '/widget if 304'])
        expect([...kept.texts].flat().join('\n')).not.toContain('secret')
      },
      { token: 'secret-of-the-test' },
    )
  })

  it('are no reason to ask two registries for one', async () => {
    await withWorld(async ({ next, kept }) => {
      await next().packument('widget')
      const elsewhere = await startRegistry({ packages: { widget: await aPublishedPackage('widget', '2.0.0') } })
      const found = await next({ registry: elsewhere.url }).packument('widget')
      await elsewhere.close()

      expect(found).toMatchObject({ value: { versions: ['2.0.0'] } })
      expect(kept.texts.size).toBe(2)
    })
  })
})

describe('the versions of a package', () => {
  it('are read from the small document, which is kept as well', async () => {
    await withWorld(async ({ next, server, asked }) => {
      const first = await next().versions('widget')
      const second = await next().versions('widget')

      expect(first).toMatchObject({ known: true, value: { versions: ['1.0.0'], distTags: { latest: '1.0.0' } } })
      expect(second).toEqual(first)
      expect(asked()).toEqual(['/widget 200', '/widget if 304'])
      expect(server.requests.map(({ small }) => small)).toEqual([true, true])
    })
  })

  it('never stand for the full document', async () => {
    await withWorld(async ({ next, server }) => {
      const registry = next()
      await registry.versions('widget')
      const full = await registry.packument('widget')

      expect(full).toMatchObject({ value: { time: { '1.0.0': '2025-01-01T12:00:00.000Z' } } })
      expect(server.requests.map(({ small }) => small)).toEqual([true, false])
    })
  })

  it('are taken from the full document where that is there or kept', async () => {
    await withWorld(async ({ next, server }) => {
      const registry = next()
      await registry.packument('widget')
      await registry.versions('widget')
      await next().versions('widget')

      expect(server.requests.map(({ small, status }) => `${small} ${status}`)).toEqual(['false 200', 'false 304'])
    })
  })

  it('are read from the full document of a registry that knows no other', async () => {
    await withWorld(
      async ({ next }) => {
        expect(await next().versions('widget')).toMatchObject({ value: { versions: ['1.0.0'] } })
      },
      { lacks: ['abbreviated'] },
    )
  })
})
