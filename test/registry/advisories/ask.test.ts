import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, createServer as createSilentServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Ask, openAsk } from '../../../src/registry/advisories/ask.js'
import { askLoopback } from '../../builders/advisories.js'

interface Served {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

let close = async (): Promise<void> => {}

afterEach(() => close())

/** A service that gives these answers, the last one for ever. */
async function serve(...answers: readonly Served[]) {
  const seen: { readonly method: string | undefined; readonly headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)]
    seen.push({ method: request.method, headers: request.headers })
    response.writeHead(answer?.status ?? 200, answer?.headers)
    response.end(answer?.body ?? '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { seen, host, url: new URL(`http://${host}/question`) }
}

const failureOf = (ask: Ask, url: URL): Promise<string> =>
  ask({ url, body: {} }, (answer) => answer).then(
    () => 'answered',
    (error: Error) => error.message,
  )

describe('a question about advisories', () => {
  it('is a POST of JSON, or a GET, and its answer may be packed', async () => {
    const { url, seen } = await serve({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"n":1}') })
    const ask = askLoopback()
    const answers = [await ask({ url, body: { q: 1 } }, (answer) => answer), await ask({ url }, (answer) => answer)]
    expect(answers).toEqual([{ n: 1 }, { n: 1 }])
    expect(seen.map(({ method, headers }) => [method, headers['content-type'], headers.authorization])).toEqual([
      ['POST', 'application/json', undefined],
      ['GET', undefined, undefined],
    ])
  })

  it('takes the operator’s credentials along to the registry only', async () => {
    const { url, host, seen } = await serve({})
    const connection = { [`//${host}/:_authToken`]: 'secret', cert: 'CERT', key: 'KEY' }
    await askLoopback({ connection })({ url }, (answer) => answer)
    await askLoopback({ connection: { [`//${host}/:_authToken`]: 'secret' }, registry: `http://${host}/` })(
      { url },
      (answer) => answer,
    )
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer secret'])
  })

  it('follows no redirect, not even on the same host', async () => {
    const away = await serve({ status: 302, headers: { location: 'https://elsewhere.example/' } })
    const failures = [await failureOf(askLoopback(), away.url)]
    await close()
    const within = await serve({ status: 307, headers: { location: '/other' } })
    failures.push(await failureOf(askLoopback(), within.url))
    expect([...failures, within.seen.length]).toEqual([
      `${away.host} redirects to the host elsewhere.example (https), which nobody allowed`,
      `${within.host} redirects to the host ${within.host} (http), which nobody allowed`,
      1,
    ])
  })

  it('goes to no private address that the operator did not name', async () => {
    const { url, host, seen } = await serve({})
    const failure = await failureOf(askLoopback({ mayBePrivate: () => false }), url)
    expect([failure, seen]).toEqual([`${host} is a private address, which the operator did not allow`, []])
  })

  it('is asked a second time of a server that is busy, and of no other', async () => {
    const busy = await serve({ status: 503 }, { body: '{"n":1}' })
    expect(await askLoopback()({ url: busy.url }, (answer) => answer)).toEqual({ n: 1 })
    await close()
    const refusing = await serve({ status: 403 })
    expect([await failureOf(askLoopback(), refusing.url), refusing.seen.length]).toEqual([
      `HTTP 403 from ${refusing.host}`,
      1,
    ])
  })

  it('is not answered by more than a limit allows, packed or not', async () => {
    const body = JSON.stringify('x'.repeat(10_000))
    const failures: string[] = []
    for (const answer of [{ body }, { headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) }]) {
      const { url, host } = await serve(answer)
      failures.push((await failureOf(askLoopback({ limits: { maxBytes: 5_000 } }), url)).replace(host, 'it'))
      await close()
    }
    expect(failures).toEqual([
      'maxAdvisoryAnswerBytes: more than 5000 bytes from it',
      'maxAdvisoryAnswerBytes: more than 5000 bytes from it',
    ])
  })

  it('waits for no connection that is not made, and for no answer that does not come', async () => {
    const sockets: Socket[] = []
    const silent = createSilentServer((socket) => {
      sockets.push(socket)
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
    const ask = openAsk({ connection: {}, mayBePrivate: () => true, limits: { connectMs: 30, idleMs: 30 } })
    // Nobody speaks TLS there, so that no connection is ever complete.
    const failures = await Promise.all([
      failureOf(ask, new URL(`https://${host}/`)),
      failureOf(ask, new URL(`http://${host}/`)),
    ])
    expect(failures).toEqual([`${host} fell silent (ECONNECTIONTIMEOUT)`, `${host} fell silent (EIDLETIMEOUT)`])
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
  })
})
