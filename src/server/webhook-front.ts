import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { maxBufferedWebhookBytes, maxWebhookBytes } from '../limits.js'

export const webhookPath = '/api/github/webhooks'

export interface Webhook {
  readonly id: string
  readonly name: string
  readonly payload: object
}

export interface WebhookFrontOptions {
  /** Any of them may have signed: that is how one is replaced without losing a delivery. */
  readonly secrets: readonly string[]
  /** Resolves when the delivery is safe with us; GitHub gets its answer after that, and never sends again on success. */
  readonly receive: (webhook: Webhook) => Promise<void>
  /** Whether deliveries are taken now, for `/readyz`. */
  readonly isReady: () => boolean
  readonly refused: (status: number, why: string, delivery: string | undefined) => void
}

/** A request that gets no more than a status: whoever has no signature learns nothing else. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    why: string,
  ) {
    super(why)
  }
}

/**
 * Our own HTTP front: Probot's buffers a body of any size before it looks at the signature, and logs the payload of whatever
 * fails. Here the size is bounded while reading, the signature is checked on the raw bytes, and only then is anything parsed.
 */
export function createWebhookFront(options: WebhookFrontOptions): RequestListener {
  const buffered = { bytes: 0 }
  return (request, response) => {
    serve(request, response, options, buffered).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 503
      const delivery = request.headers['x-github-delivery']?.toString().slice(0, 100)
      options.refused(status, error instanceof Error ? error.message : String(error), delivery)
      answer(response, status, status === 503 ? 'not accepted' : 'refused')
      // What is left of a body that is not wanted must not keep the connection busy.
      if (!request.complete) response.once('finish', () => request.destroy())
    })
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebhookFrontOptions,
  buffered: { bytes: number },
): Promise<void> {
  const path = (request.url ?? '').split('?')[0]
  if (path === '/healthz') return answerHealth(request, response, true)
  if (path === '/readyz') return answerHealth(request, response, options.isReady())
  if (path !== webhookPath) throw new Refusal(404, 'no such path')
  if (request.method !== 'POST') throw new Refusal(405, 'only POST')
  const webhook = await readWebhook(request, options.secrets, buffered)
  await options.receive(webhook)
  answer(response, 202, 'accepted')
}

function answerHealth(request: IncomingMessage, response: ServerResponse, well: boolean): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'only GET')
  answer(response, well ? 200 : 503, well ? 'ok' : 'not ready')
}

function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'POST' }),
    ...(status >= 400 && { connection: 'close' }),
  })
  response.end(body)
}

async function readWebhook(
  request: IncomingMessage,
  secrets: readonly string[],
  buffered: { bytes: number },
): Promise<Webhook> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'only JSON')
  const signature = request.headers['x-hub-signature-256']
  // Before the body: without a signature there is no reason to take a single byte of it.
  if (typeof signature !== 'string') throw new Refusal(401, 'no signature')
  const raw = await readBody(request, buffered)
  if (!isSigned(raw, signature, secrets)) throw new Refusal(401, 'bad signature')
  const id = request.headers['x-github-delivery']
  const name = request.headers['x-github-event']
  if (typeof id !== 'string' || !/^[\w-]{1,100}$/.test(id)) throw new Refusal(400, 'no delivery id')
  if (typeof name !== 'string' || !/^\w{1,100}$/.test(name)) throw new Refusal(400, 'no event name')
  return { id, name, payload: parsePayload(raw) }
}

function parsePayload(raw: Buffer): object {
  let payload: unknown
  try {
    payload = JSON.parse(raw.toString('utf8'))
  } catch {
    // The parser's message quotes the payload.
    throw new Refusal(400, 'the payload is not JSON')
  }
  if (typeof payload !== 'object' || payload === null) throw new Refusal(400, 'the payload is no object')
  return payload
}

async function readBody(request: IncomingMessage, buffered: { bytes: number }): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxWebhookBytes) throw new Refusal(413, 'too large')
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length
      buffered.bytes += part.length
      if (bytes > maxWebhookBytes) throw new Refusal(413, 'too large')
      if (buffered.bytes > maxBufferedWebhookBytes) throw new Refusal(503, 'too many bodies at a time')
      parts.push(part)
    }
  } finally {
    buffered.bytes -= bytes
  }
  return Buffer.concat(parts, bytes)
}

/** Compares with every secret in constant time, so that the time taken tells neither a digest nor which secret it was. */
function isSigned(raw: Buffer, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature)
  let signed = false
  for (const secret of secrets) {
    const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`)
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) signed = true
  }
  return signed
}
