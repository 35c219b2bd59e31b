import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import cacache from 'cacache'
import { Exchange } from '../../src/registry/exchange.js'
import type { GuardedAgent } from '../../src/registry/guarded-agent.js'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { anOperator, aPublishedPackage, readAll, sriOf, withRegistry } from '../builders/registry.js'
import { startRegistry } from '../emulator/registry.js'

const widget = { name: 'widget', version: '1.0.0' }
const file = '/widget/-/widget-1.0.0.tgz'

/** A registry whose every answer is what `answer` writes. */
async function withAnswer<T>(
  answer: RequestListener,
  test: (url: string, host: string) => Promise<T>,
  address = '127.0.0.1',
): Promise<T> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as AddressInfo
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`
  try {
    return await test(`http://${host}/`, host)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const open = (registry: string) =>
  openNpmRegistry({ operator: anOperator({ registry }), concurrency: 2, limits: { retryDelayMs: 1, idleMs: 2_000 } })

describe('calls at the same time', () => {
  it('each keep to their own failure, redirect, limit and bytes', async () => {
    const names = ['whole', 'missing', 'broken', 'moved', 'away', 'huge', 'other', 'again']
    const entries = await Promise.all(
      names.map(async (name) => [name, await aPublishedPackage(name, '1.0.0')] as const),
    )
    const packages = Object.fromEntries(entries)
    const elsewhere = await startRegistry()
    const ours = { concurrency: names.length, limits: { maxTarballBytes: 100_000 } }
    await withRegistry({ packages, ours }, async ({ registry, server }) => {
      const path = (name: string) => `/${name}/-/${name}-1.0.0.tgz`
      server.faults.set(path('missing'), { kind: 'status', status: 404 })
      server.faults.set(path('broken'), { kind: 'truncate' })
      server.faults.set(path('moved'), { kind: 'redirect', location: `${path('moved')}?moved`, times: 1 })
      server.faults.set(path('away'), { kind: 'redirect', location: elsewhere.url })
      server.faults.set(path('huge'), { kind: 'huge', bytes: 10_000_000 })
      server.faults.set(path('other'), { kind: 'bytes', body: 'other' })
      server.faults.set(path('again'), { kind: 'status', status: 503, times: 1 })
      const rounds = await Promise.all(
        [1, 2, 3].map(() =>
          Promise.all(
            names.map(async (name) => {
              const read = await registry.tarball({ name, version: '1.0.0' }, undefined, readAll)
              return read.kind === 'unavailable' ? read.gap.detail : read.kind
            }),
          ),
        ),
      )

      for (const round of rounds) {
        expect(round).toEqual([
          'verified',
          `HTTP 404 from ${server.host}`,
          `no complete answer from ${server.host} (ECONNRESET)`,
          'verified',
          `${server.host} redirects to the host ${elsewhere.host} (http), which nobody allowed`,
          'maxTarballBytes: more than 100000 bytes packed',
          'mismatch',
          'verified',
        ])
      }
      expect(elsewhere.requests).toEqual([])
    })
    await elsewhere.close()
  })
})

/** An exchange under way whose answer's body is `body`. Neither a request nor an agent of Node's is behind it. */
function anExchange(body: PassThrough, windowBytes: number): Exchange {
  const agent = { addRequest: () => {} } as unknown as GuardedAgent
  const rules = { mayFetch: () => true, mayBePrivate: () => true, idleMs: 1, maxBytes: 1_000_000, tooLarge: '' }
  const exchange = new Exchange(() => ({ agent, authorization: undefined }), { ...rules, windowBytes })
  const request = Object.assign(new PassThrough(), { setTimeout: () => {}, removeHeader: () => {} })
  exchange.agentFor(new URL('http://registry.test/')).addRequest(request as never, {})
  request.emit('response', Object.assign(body, { statusCode: 200, headers: {}, complete: false }))
  return exchange
}

describe('a body', () => {
  it('is received no further than a window ahead of its reader', async () => {
    const body = new PassThrough({ highWaterMark: 1_000_000 })
    const exchange = anExchange(body, 100)
    let received = 0
    body.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    for (let count = 0; count < 10; count += 1) body.write(Buffer.alloc(60))
    const seen: number[] = []
    for (const taken of [0, 60, 60, 300]) {
      exchange.took(taken)
      for (let turn = 0; turn < 5; turn += 1) await setImmediate()
      seen.push(received)
    }

    // The window is passed by the chunk that fills it.
    expect(seen).toEqual([120, 180, 240, 540])
  })

  it('in an encoding that nobody asked for is refused', async () => {
    await withAnswer(
      (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      async (url, host) => {
        const answer = await open(url).packument('widget')

        expect(answer.known ? '' : answer.gap.detail).toBe(`${host} answers in an encoding that was not asked for`)
      },
    )
  })

  it.each([['null'], ['7'], ['"text"']])('that is the JSON text %s is a gap', async (body) => {
    await withAnswer(
      (_, response) => response.writeHead(200, { 'content-length': body.length }).end(body),
      async (url, host) => {
        const answer = await open(url).packument('widget')

        expect(answer.known ? '' : answer.gap.detail).toBe(`${host} answers with no document about this package`)
      },
    )
  })

  it('that ends in the middle of its encoding is asked for again, and is a gap', async () => {
    let requests = 0
    await withAnswer(
      (_, response) => {
        requests += 1
        const packed = gzipSync('{"name":"widget","versions":{}}')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, -9))
      },
      async (url, host) => {
        const answer = await open(url).packument('widget')

        expect(answer.known ? '' : answer.gap.detail).toBe(`no complete answer from ${host} (Z_BUF_ERROR)`)
        expect(requests).toBe(2)
      },
    )
  })

  it.each([
    ['of an error', 404, 'HTTP 404 from HOST'],
    ['of a redirect', 302, 'HOST redirects more than 3 times'],
  ])('%s that has no end is not read', async (_, status, detail) => {
    const closed: Promise<void>[] = []
    await withAnswer(
      (_request, response) => {
        closed.push(new Promise((resolve) => response.on('close', () => resolve())))
        response.writeHead(status, { location: '/widget' })
        const push = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', push)
        push()
      },
      async (url, host) => {
        const operator = anOperator({ scopes: { '@acme': url } })
        const registry = openNpmRegistry({ operator, concurrency: 1 })
        const answer = await registry.packument('@acme/widget')
        await Promise.all(closed)

        expect(answer.known ? '' : answer.gap.detail.replace(' without credentials: it may be private', '')).toBe(
          detail.replace('HOST', host),
        )
      },
    )
  })
})

describe("npm's own cache", () => {
  it('is neither read, nor written, nor cleaned', async () => {
    const home = await mkdtemp(join(tmpdir(), 'npm-home-'))
    const before = process.env.HOME
    process.env.HOME = home
    try {
      const cache = join(home, '.npm', '_cacache')
      const packages = { widget: await aPublishedPackage('widget', '1.0.0') }
      const tarball = packages.widget.versions['1.0.0']?.tarball ?? Buffer.alloc(0)
      const sha512 = sriOf('sha512', tarball)
      await cacache.put(cache, 'kept', tarball)
      await withRegistry({ packages }, async ({ registry, server }) => {
        server.faults.set(file, { kind: 'bytes', body: 'other', times: 2 })
        const kinds = [
          (await registry.tarball(widget, sha512, readAll)).kind,
          (await registry.tarball(widget, sha512, readAll)).kind,
        ]

        expect([kinds, server.count(file)]).toEqual([['mismatch', 'verified'], 3])
      })

      expect(Object.keys(await cacache.ls(cache))).toEqual(['kept'])
      expect((await cacache.get.byDigest(cache, sha512)).equals(tarball)).toBe(true)
    } finally {
      process.env.HOME = before
      await rm(home, { recursive: true })
    }
  })
})

describe('a name', () => {
  it.each([['widget.tgz'], ['widget.tar']])('such as %s is asked for at the registry, not on disk', async (name) => {
    const packages = { [name]: await aPublishedPackage(name, '1.0.0') }
    await withRegistry({ packages }, async ({ registry, server }) => {
      expect((await registry.packument(name)).known).toBe(true)
      expect(server.count(`/${name}`)).toBe(1)
    })
  })
})

describe('a registry', () => {
  it('may be given by an IPv6 address', async () => {
    const document = JSON.stringify({ name: 'widget', versions: {} })
    const asked = withAnswer(
      (_, response) => response.end(document),
      async (url) => (await open(url).packument('widget')).known,
      '::1',
    )
    const answer = await asked.catch((error: NodeJS.ErrnoException) => error.code)
    if (answer === 'EADDRNOTAVAIL' || answer === 'EAFNOSUPPORT') {
      console.log('skipped: this machine has no IPv6')
      return
    }

    expect(answer).toBe(true)
  })
})
