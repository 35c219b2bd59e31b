import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { maxRegistryRedirects } from '../limits.js'
import { isPrivateHost } from './address.js'
import type { GuardedAgent, RequestOptions } from './guarded-agent.js'
import { readValidators, type Validators } from './kept-responses.js'
import { badStatus, privateAddress, RequestFailure, refused, toFailure } from './request-failure.js'

export interface ExchangeRules {
  readonly mayFetch: (url: URL) => boolean
  readonly mayBePrivate: (url: URL) => boolean
  readonly idleMs: number
  /** Of the body, unpacked. */
  readonly maxBytes: number
  readonly tooLarge: string
  /** How much may be received before its reader is done with it. */
  readonly windowBytes: number
}

/** What the operator has for an address. */
export interface Connection {
  readonly agent: GuardedAgent
  readonly authorization: string | undefined
}

/** What npm's library and Node take for an agent. */
export interface AgentLike {
  readonly defaultPort: number
  readonly keepAlive: true
  addRequest(request: ClientRequest, options: RequestOptions): void
}

/**
 * One call of npm's library and the requests that it makes, seen from below: the library follows every redirect, keeps
 * whole error pages and reads faster than its caller. Each request goes through an agent of this exchange's own, so
 * exchanges at the same time cannot be mistaken for one another.
 */
export class Exchange {
  /** Rejects as soon as the exchange failed, whatever the library still does. */
  readonly failed: Promise<never>
  /** The body of the answer with status 200 arrived whole and was counted. */
  readonly counted: Promise<void>
  readonly #connectionFor: (url: URL) => Connection
  readonly #rules: ExchangeRules
  readonly #urls: URL[] = []
  #reject: (failure: RequestFailure) => void = () => {}
  #resolveCounted: () => void = () => {}
  #failure: RequestFailure | undefined
  #request: ClientRequest | undefined
  #response: IncomingMessage | undefined
  #body: Readable | undefined
  #received = 0
  #taken = 0

  constructor(connectionFor: (url: URL) => Connection, rules: ExchangeRules) {
    this.#connectionFor = connectionFor
    this.#rules = rules
    this.failed = new Promise((_, reject) => {
      this.#reject = reject
    })
    // Who waits for it is told; it may fail when nobody does any more.
    this.failed.catch(() => {})
    this.counted = new Promise((resolve) => {
      this.#resolveCounted = resolve
    })
  }

  /** For npm's option `agent`, which is asked before each request, also before that to a redirect's target. */
  readonly agentFor = (url: URL): AgentLike => {
    const failure = this.#failure ?? this.#refusal(url)
    if (failure) throw this.#fail(failure)
    const elsewhere = url.origin !== (this.#urls[0] ?? url).origin
    this.#urls.push(url)
    const { agent, authorization } = this.#connectionFor(url)
    return {
      defaultPort: url.protocol === 'https:' ? 443 : 80,
      keepAlive: true,
      addRequest: (request, options) => {
        this.#watch(request, url)
        // npm's library takes another port of the same host for the same place.
        if (elsewhere) request.removeHeader('authorization')
        if (elsewhere && authorization !== undefined) request.setHeader('authorization', authorization)
        agent.addRequest(request, {
          ...options,
          // A pooled socket keeps these options, and must not keep the exchange with all that it read.
          agent,
          // npm's library hands on an IPv6 address with its brackets, which Node would look up as a name.
          host: url.hostname.replace(/^\[|\]$/g, ''),
        })
      },
    }
  }

  /** Of the answer with status 200. */
  get validators(): Validators | undefined {
    return this.#response && readValidators(this.#response.headers)
  }

  /** Whether the whole answer is there, so that an error can only be about what it says. */
  get complete(): boolean {
    return this.#response?.complete === true
  }

  /** The reader is done with so many bytes. */
  took(bytes: number): void {
    this.#taken += bytes
    if (!this.#body?.isPaused() || this.#received - this.#taken >= this.#rules.windowBytes) return
    // From now on it is again the registry that we wait for.
    this.#request?.setTimeout(this.#rules.idleMs)
    this.#body.resume()
  }

  /** A connection whose answer was not read to its end cannot be used again. */
  end(): void {
    if (!this.complete) this.#request?.destroy()
  }

  #fail(failure: RequestFailure): RequestFailure {
    this.#failure ??= failure
    this.#reject(this.#failure)
    return this.#failure
  }

  #refusal(url: URL): RequestFailure | undefined {
    const from = this.#urls.at(-1)
    if (this.#urls.length > maxRegistryRedirects) {
      return refused(`${this.#urls[0]?.host} redirects more than ${maxRegistryRedirects} times`)
    }
    if (!this.#rules.mayFetch(url)) {
      const what = from === undefined ? 'the host' : `${from.host} redirects to the host`
      return refused(`${what} ${url.host} (${url.protocol.slice(0, -1)}), which nobody allowed`)
    }
    // An address in numbers is never looked up, so the lookup of the agent would not see it.
    return isPrivateHost(url.hostname) && !this.#rules.mayBePrivate(url) ? privateAddress(url.host) : undefined
  }

  #watch(request: ClientRequest, url: URL): void {
    this.#request = request
    // Not left to the agent: its own idle time is lost when Node uses a connection again.
    request.setTimeout(this.#rules.idleMs)
    request.on('timeout', () => {
      // A sender that has to wait for us is not silent.
      if (this.#body?.isPaused() !== true) request.destroy(new SilenceError())
    })
    // The library listens only after this, so that it is still told when the answer is refused here.
    request.on('response', (response: IncomingMessage) => this.#answer(response, url))
  }

  #answer(response: IncomingMessage, url: URL): void {
    const status = response.statusCode ?? 0
    if (status === 200) {
      this.#count(response, url.host)
      return
    }
    if ([301, 302, 303, 307, 308].includes(status)) {
      const { location } = response.headers
      const failure =
        location === undefined || !URL.canParse(location, url.href)
          ? refused(`${url.host} redirects to no address`)
          : this.#refusal(new URL(location, url))
      if (failure) this.#fail(failure)
    } else {
      this.#fail(badStatus(status, url.host))
    }
    this.#discard(response)
  }

  /** A small body is read away, so that the connection can be used again; a large one is not worth it. */
  #discard(response: IncomingMessage): void {
    this.#request = undefined
    // The answer is already known by its status: whatever happens to the rest of it changes nothing.
    response.on('error', () => {})
    if (Number(response.headers['content-length'] ?? Number.POSITIVE_INFINITY) > 65_536) response.destroy()
  }

  #count(response: IncomingMessage, host: string): void {
    this.#response = response
    const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity'
    if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) {
      this.#fail(new RequestFailure('content', `${host} answers in an encoding that was not asked for`))
      response.destroy()
      return
    }
    // Unpacked a second time: the library shows no one how much its own unpacking gives. The pipe holds the two together.
    this.#body = encoding === 'identity' ? response : response.pipe(createGunzip())
    this.#body.on('error', (error) => this.#fail(toFailure(error, host)))
    this.#body.on('end', this.#resolveCounted)
    this.#body.on('data', (chunk: Buffer) => {
      this.#received += chunk.length
      if (this.#received > this.#rules.maxBytes) {
        this.#fail(new RequestFailure('limit', this.#rules.tooLarge))
        this.end()
      } else if (this.#received - this.#taken > this.#rules.windowBytes) this.#body?.pause()
    })
  }
}

class SilenceError extends Error {
  readonly code = 'EIDLETIMEOUT'
}
