import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Duplex, pipeline, type Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import fetch from 'npm-registry-fetch'
import { maxRegistryRedirects } from '../limits.js'
import { isPrivateHost } from './address.js'
import { GuardedAgent } from './guarded-agent.js'

/**
 * A request that failed as requests do. `message` is made of our own words, a host, a status and a system's error code,
 * never of what a library or a server said: those repeat addresses, and addresses can hold credentials.
 */
export class RequestFailure extends Error {
  constructor(
    readonly kind: 'status' | 'network' | 'time-out' | 'limit' | 'refused' | 'private-address' | 'content',
    message: string,
    readonly status?: number,
    /** Whether npm would ask a second time. */
    readonly retriable = false,
  ) {
    super(message)
  }
}

export interface GetRequest {
  readonly url: URL
  /** The registry whose credentials may be used where the address itself has none. */
  readonly registry: string
  readonly headers: Readonly<Record<string, string>>
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

export interface HttpClientOptions {
  /** npm's own options: credentials by address, certificates, proxies. */
  readonly connection: Readonly<Record<string, unknown>>
  readonly mayFetch: (url: URL) => boolean
  readonly mayBePrivate: (url: URL) => boolean
  readonly idleMs: number
  readonly retryDelayMs: number
}

/**
 * GET as npm does it: its agent, its credentials, one retry where it would retry. Not npm-registry-fetch itself, which
 * buffers error bodies without a bound, reads faster than its caller, and cannot be told which redirects to follow.
 */
export class HttpClient {
  readonly #options: HttpClientOptions
  readonly #agents = new Map<string, GuardedAgent>()

  constructor(options: HttpClientOptions) {
    this.#options = options
  }

  /** Rejects with a RequestFailure, or with the signal's reason. `read` is called once more when the request is. */
  async get<T>(request: GetRequest, read: (body: Readable, signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = AbortSignal.timeout(request.deadlineMs)
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (attempt > 1) await delay(this.#options.retryDelayMs, undefined, { signal })
        return await this.#attempt(request, signal, read)
      } catch (error) {
        request.signal?.throwIfAborted()
        const host = request.url.host
        if (deadline.aborted) {
          throw new RequestFailure('time-out', `no complete answer from ${host} in ${request.deadlineMs / 1000} s`)
        }
        const failure = toFailure(error, host)
        if (!failure.retriable || attempt > 1) throw failure
      }
    }
  }

  /** Whether the operator has a token, a password or a certificate for an address. */
  hasCredentials(address: string): boolean {
    const { token, auth, cert } = npmAuth.getAuth(address, this.#options.connection)
    return Boolean(token || auth || cert)
  }

  async #attempt<T>(
    request: GetRequest,
    signal: AbortSignal,
    read: (body: Readable, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    let url = request.url
    for (let hop = 0; hop <= maxRegistryRedirects; hop += 1) {
      this.#refuseForbidden(url, request.url)
      const response = await this.#open(url, request, signal)
      const status = response.statusCode ?? 0
      if (![301, 302, 303, 307, 308].includes(status)) {
        if (status === 200) return await read(decode(response, url.host), signal)
        discard(response)
        throw new RequestFailure('status', `HTTP ${status} from ${url.host}`, status, isRetriable(status))
      }
      discard(response)
      const location = response.headers.location ?? ''
      if (!URL.canParse(location, url.href)) throw new RequestFailure('refused', `${url.host} redirects to no address`)
      url = new URL(location, url)
    }
    throw new RequestFailure('refused', `${request.url.host} redirects more than ${maxRegistryRedirects} times`)
  }

  #refuseForbidden(url: URL, from: URL): void {
    if (!this.#options.mayFetch(url)) {
      const what = url === from ? 'the host' : `${from.host} redirects to the host`
      throw new RequestFailure('refused', `${what} ${url.host} (${url.protocol.slice(0, -1)}), which nobody allowed`)
    }
    // An address in numbers is never looked up, so the agent would not see it.
    if (isPrivateHost(url.hostname) && !this.#options.mayBePrivate(url)) throw privateAddress(url.host)
  }

  #open(url: URL, { headers, registry }: GetRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const auth = npmAuth.getAuth(url.href, { ...this.#options.connection, registry })
    const authorization = auth.token ? `Bearer ${auth.token}` : auth.auth ? `Basic ${auth.auth}` : undefined
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = send(
        url,
        {
          agent: this.#agentFor(auth),
          headers: { 'user-agent': 'lockwarden', ...headers, ...(authorization ? { authorization } : {}) },
          signal,
          timeout: this.#options.idleMs,
        },
        resolve,
      )
      // Not left to the agent: its own idle time is lost when Node uses a connection again.
      request.on('timeout', () => request.destroy(new SilenceError()))
      // Stays on after the response: what happens then also reaches the reader of the body.
      request.on('error', reject)
      request.end()
    })
  }

  /** npm allows a client certificate for each registry, and a socket once opened keeps its own. */
  #agentFor({ cert, key, regKey }: NpmAuth): GuardedAgent {
    const own = cert && key ? { cert, key } : {}
    const name = cert && key ? String(regKey) : ''
    const found = this.#agents.get(name)
    if (found) return found
    const { connection, idleMs, mayBePrivate } = this.#options
    const agent = new GuardedAgent(
      {
        ca: connection.ca,
        cert: connection.cert,
        key: connection.key,
        ...own,
        proxy: connection.httpsProxy || connection.proxy,
        noProxy: connection.noProxy,
        localAddress: connection.localAddress,
        rejectUnauthorized: connection.strictSSL !== false,
        timeouts: { connection: idleMs },
      },
      mayBePrivate,
    )
    this.#agents.set(name, agent)
    return agent
  }
}

class SilenceError extends Error {
  readonly code = 'EIDLETIMEOUT'
}

interface NpmAuth {
  readonly token: string | null
  readonly auth: string | null
  readonly cert: string | null
  readonly key: string | null
  readonly regKey: string | false
}

/** Exported by npm-registry-fetch and missing in its types. */
const npmAuth = fetch as unknown as { getAuth(uri: string, options: Readonly<Record<string, unknown>>): NpmAuth }

/** The statuses that npm's own client asks again for. */
const isRetriable = (status: number): boolean => [408, 420, 429].includes(status) || status >= 500

const privateAddress = (host: string): RequestFailure =>
  new RequestFailure('private-address', `${host} is a private address, which the operator did not allow`)

function toFailure(error: unknown, host: string): RequestFailure {
  if (error instanceof RequestFailure) return error
  // Not by instanceof: an error of Node's own can come from another realm.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 'EPRIVATEADDRESS') return privateAddress(host)
  if (typeof code !== 'string') throw error
  if (/TIMEOUT|TIMEDOUT/.test(code))
    return new RequestFailure('time-out', `${host} fell silent (${code})`, undefined, true)
  // npm does not ask again for a name that does not resolve.
  return new RequestFailure('network', `no complete answer from ${host} (${code})`, undefined, code !== 'ENOTFOUND')
}

/** A small body is read away, so that the connection can be used again; a large one is not worth it. */
function discard(response: IncomingMessage): void {
  // The answer is already known by its status: whatever happens to the rest of it changes nothing.
  response.on('error', () => {})
  if (Number(response.headers['content-length'] ?? Number.POSITIVE_INFINITY) > 65_536) response.destroy()
  else response.resume()
}

const decoders = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

function decode(response: IncomingMessage, host: string): Readable {
  const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding === 'identity') return response
  const decoder = decoders.get(encoding)
  if (decoder === undefined) {
    response.destroy()
    throw new RequestFailure('content', `${host} answers in an encoding that was not asked for`)
  }
  // Errors of either stream destroy the last one, and its reader sees them there.
  return pipeline(response, decoder(), () => {})
}
