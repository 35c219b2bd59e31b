import { createHmac } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { maxWebhookBytes } from '../../src/limits.js'
import { createWebhookFront, type Webhook, webhookPath } from '../../src/server/webhook-front.js'

const secrets = ['the older secret of two', 'the newer secret of two']
const payload = '{"action":"opened"}'
const sign = (body: string | Buffer, secret = secrets[1] ?? ''): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const headersFor = (body: string | Buffer): Record<string, string> => ({
  'content-type': 'application/json',
  'x-github-delivery': '4f9b2d40-c4c7-11f0-9c53-0242ac120002',
  'x-github-event': 'pull_request',
  'x-hub-signature-256': sign(body),
})

describe('the front for webhooks', () => {
  let http: Server
  let url: string
  let received: Webhook[]
  let refused: [number, string][]
  let state: { ready: boolean; accept: () => Promise<void> }

  beforeEach(async () => {
    received = []
    refused = []
    state = { ready: true, accept: async () => undefined }
    const front = createWebhookFront({
      secrets,
      isReady: () => state.ready,
      refused: (status, why) => refused.push([status, why]),
      receive: async (webhook) => {
        await state.accept()
        received.push(webhook)
      },
    })
    http = createServer(front)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })

  afterEach(async () => {
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  })

  const post = async (body: string, headers: Record<string, string> = headersFor(body), path = webhookPath) =>
    (await fetch(`${url}${path}`, { method: 'POST', headers, body })).status

  /** Sends bytes of any number; resolves with the status, however early it comes. */
  const send = (headers: Record<string, string | number>, chunks: Iterable<Buffer>): Promise<number> =>
    new Promise((resolve, reject) => {
      const sending = request(`${url}${webhookPath}`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode ?? 0)
        response.resume()
        sending.destroy()
      })
      // The server hangs up on a body that it does not want, which may come before its answer is read.
      sending.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error)
      })
      for (const chunk of chunks) sending.write(chunk)
      sending.end()
    })

  it('answers 202 when the delivery is safe, and hands on what was signed', async () => {
    expect(await post(payload)).toBe(202)
    expect(received).toEqual([
      { id: '4f9b2d40-c4c7-11f0-9c53-0242ac120002', name: 'pull_request', payload: { action: 'opened' } },
    ])
  })

  it('takes what an older secret signed, while it is one of them', async () => {
    expect(await post(payload, { ...headersFor(payload), 'x-hub-signature-256': sign(payload, secrets[0]) })).toBe(202)
  })

  it('answers 503 when the delivery could not be taken, so that GitHub knows', async () => {
    state.accept = () => Promise.reject(new Error('jobs are closed'))
    expect(await post(payload)).toBe(503)
    expect(refused).toEqual([[503, 'jobs are closed']])
  })

  it.each([
    ['none', undefined, 'no signature'],
    ['one of another body', sign('{}'), 'bad signature'],
    ['one by another secret', sign(payload, 'a secret of somebody else'), 'bad signature'],
    ['one by the word that Probot falls back to', sign(payload, 'development'), 'bad signature'],
    ['a bare digest', sign(payload).slice('sha256='.length), 'bad signature'],
    [
      'SHA-1',
      `sha1=${createHmac('sha1', secrets[0] ?? '')
        .update(payload)
        .digest('hex')}`,
      'bad signature',
    ],
    ['the empty text', '', 'bad signature'],
  ])('refuses a signature that is %s, before it reads what was sent', async (_, signature, why) => {
    const { 'x-hub-signature-256': _own, ...others } = headersFor(payload)
    const headers = signature === undefined ? others : { ...others, 'x-hub-signature-256': signature }
    expect(await post(payload, headers)).toBe(401)
    expect([received, refused]).toEqual([[], [[401, why]]])
  })

  it.each(['{"action":', 'null', '[', '"text"'])('refuses the signed payload %s', async (body) => {
    expect(await post(body)).toBe(400)
    expect(received).toEqual([])
  })

  it.each([
    [400, { 'x-github-delivery': '' }],
    [400, { 'x-github-delivery': 'a b\tc' }],
    [400, { 'x-github-event': '' }],
    [400, { 'x-github-event': 'pull_request/../x' }],
    [415, { 'content-type': 'application/x-www-form-urlencoded' }],
    [415, { 'content-type': 'text/plain' }],
  ])('answers %s to the headers %j', async (status, headers) => {
    expect(await post(payload, { ...headersFor(payload), ...headers })).toBe(status)
    expect(received).toEqual([])
  })

  it('refuses a body that says it is too large before taking a byte of it', async () => {
    const headers = { ...headersFor(''), 'content-length': maxWebhookBytes + 1 }
    expect(await send(headers, [])).toBe(413)
  })

  it('refuses a body that grows too large without saying so', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20)
    const headers = { ...headersFor(''), 'transfer-encoding': 'chunked' }
    expect(await send(headers, Array(maxWebhookBytes / chunk.length + 1).fill(chunk))).toBe(413)
    expect(received).toEqual([])
  })

  it('takes the largest body that GitHub sends', async () => {
    const body = `{"a":"${'x'.repeat(maxWebhookBytes - 8)}"}`
    expect(Buffer.byteLength(body)).toBe(maxWebhookBytes)
    expect(await post(body)).toBe(202)
  })

  it('knows no other paths and methods', async () => {
    const get = async (path: string) => (await fetch(`${url}${path}`)).status
    expect(await Promise.all([get('/'), get('/probot'), get(webhookPath), get('/healthz/x')])).toEqual([
      404, 404, 405, 404,
    ])
    expect(await post(payload, headersFor(payload), '/healthz')).toBe(405)
    expect(await post(payload, headersFor(payload), '/api/github/hooks')).toBe(404)
  })

  it('says whether it lives, and whether it takes deliveries', async () => {
    const health = async () => [(await fetch(`${url}/healthz`)).status, (await fetch(`${url}/readyz?x=1`)).status]
    expect(await health()).toEqual([200, 200])
    state.ready = false
    expect(await health()).toEqual([200, 503])
  })

  it('tells whoever is refused nothing but that', async () => {
    const response = await fetch(`${url}${webhookPath}`, { method: 'POST', headers: headersFor('x'), body: payload })
    expect([response.status, await response.text()]).toEqual([401, 'refused\n'])
  })
})
