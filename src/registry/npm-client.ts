import { scrypt } from 'node:crypto'
import type { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import npa from 'npm-package-arg'
import fetch from 'npm-registry-fetch'
import pacote from 'pacote'
import { registryWindowBytes } from '../limits.js'
import { Exchange, type ExchangeRules } from './exchange.js'
import { GuardedAgent } from './guarded-agent.js'
import { toConditions, type Validators } from './kept-responses.js'
import { raceAbort } from './race-abort.js'
import { RequestFailure, toFailure } from './request-failure.js'

export interface NpmClientOptions extends Pick<ExchangeRules, 'mayFetch' | 'mayBePrivate' | 'idleMs'> {
  /** npm's own options: credentials by address, certificates, proxies. */
  readonly connection: Readonly<Record<string, unknown>>
  readonly retryDelayMs: number
}

export interface CallLimits {
  readonly deadlineMs: number
  readonly maxBytes: number
  readonly tooLarge: string
}

/** `registry`: whose credentials may be used where the address itself has none. */
export interface Call {
  readonly registry: string
  readonly limits: CallLimits
  readonly signal: AbortSignal | undefined
}

/** `small`: versions, tags and what an installer needs, a tenth of `full` where there are many versions. */
export type PackumentForm = 'full' | 'small'

export interface PackumentRequest {
  readonly form: PackumentForm
  /** Of what the asker has already. */
  readonly validators?: Validators
}

/** `value` is undefined where the answer is JSON that cannot be a document. */
export type PackumentAnswer =
  | { readonly kind: 'document'; readonly value: unknown; readonly validators?: Validators }
  | { readonly kind: 'not-modified' }

/**
 * pacote, with one retry where npm would retry. What it cannot be told by options an Exchange sees to: which hosts and
 * redirects, how many bytes, how fast. It gets no `cache`, so nothing is kept and npm's own cache is not touched.
 * Every method rejects with a RequestFailure, or with the signal's reason.
 */
export class NpmClient {
  readonly #options: NpmClientOptions
  readonly #agents = new Map<string, GuardedAgent>()
  readonly #credentialKeys = new Map<string, Promise<string>>()

  constructor(options: NpmClientOptions) {
    this.#options = options
  }

  /** The document about a package, unless the registry says that the one with `validators` is still it. */
  packument(name: string, { form, validators = {} }: PackumentRequest, call: Call): Promise<PackumentAnswer> {
    const { host } = new URL(call.registry)
    // Not the name: pacote would take `widget.tgz` for a file. Its types know of texts only.
    const spec = npa.resolve(name, '*') as unknown as string
    return this.#retry(host, call, async (signal) => {
      const exchange = this.#exchange(call, Number.POSITIVE_INFINITY)
      const options = this.#pacoteOptions(exchange, call, signal, {
        'accept-encoding': 'gzip',
        ...toConditions(validators),
      })
      const answer = run(exchange, signal, async () => {
        // Both its outcomes wait for the count of what was unpacked: too much is no JSON, and may be JSON.
        const document = pacote.packument(spec, { ...options, fullMetadata: form === 'full' }).then(
          (value: unknown) => ({ value }),
          (error: unknown) => ({ error }),
        )
        const outcome = await document
        if (exchange.complete) await exchange.counted
        if ('value' in outcome) return documentOf(outcome.value, exchange.validators)
        // pacote writes into the document, which no text, number or `null` lets it.
        if (exchange.complete && isTypeError(outcome.error)) return documentOf(undefined, undefined)
        throw outcome.error
      })
      return await answer.catch((error: unknown): PackumentAnswer => {
        const asked = Object.keys(validators).length > 0
        if (asked && error instanceof RequestFailure && error.status === 304) return { kind: 'not-modified' }
        throw error
      })
    })
  }

  /** `read` is called once more when the request is. */
  tarball<T>(url: URL, call: Call, read: (body: AsyncIterable<Buffer>, signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#retry(url.host, call, async (signal) => {
      const exchange = this.#exchange(call, registryWindowBytes)
      const options = this.#pacoteOptions(exchange, call, signal, { 'accept-encoding': 'identity' })
      return await run(exchange, signal, async () => {
        const outcome = await pacote.tarball.stream(
          url.href,
          // Never rejects: pacote would retry by rules of its own, and take some errors for a broken cache of npm's.
          (stream) => {
            // Stays on while nobody reads, when an error without a listener would end the process.
            stream.on('error', () => {})
            return read(paced(stream, exchange), signal).then(
              (value) => ({ value }),
              (error: unknown) => ({ error }),
            )
          },
          { ...options, ...onlyRemote },
        )
        if ('value' in outcome) return outcome.value
        throw outcome.error
      })
    })
  }

  /** Whether the operator has a token, a password or a certificate for an address. */
  hasCredentials(address: string): boolean {
    const { token, auth, cert } = npmAuth.getAuth(address, this.#options.connection)
    return Boolean(token || auth || cert)
  }

  /** Stands for the credentials that a registry is asked with, and does not give them away; empty where there are none. */
  async credentialKey(registry: string): Promise<string> {
    const { token, auth, cert } = npmAuth.getAuth(registry, { ...this.#options.connection, registry })
    const secrets = [token, auth, cert, this.#options.connection.cert].filter(Boolean)
    if (secrets.length === 0) return ''
    const text = JSON.stringify(secrets)
    const key = this.#credentialKeys.get(text) ?? deriveKey(text)
    this.#credentialKeys.set(text, key)
    return await key
  }

  #exchange({ registry, limits: { maxBytes, tooLarge } }: Call, windowBytes: number): Exchange {
    const { connection, mayFetch, mayBePrivate, idleMs } = this.#options
    const connectionFor = (url: URL) => {
      const auth = npmAuth.getAuth(url.href, { ...connection, registry })
      const authorization = auth.token ? `Bearer ${auth.token}` : auth.auth ? `Basic ${auth.auth}` : undefined
      return { agent: this.#agentFor(auth), authorization }
    }
    return new Exchange(connectionFor, { mayFetch, mayBePrivate, idleMs, maxBytes, tooLarge, windowBytes })
  }

  /** npm allows a client certificate for each registry. What an agent has goes before what a request asks for. */
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

  #pacoteOptions(
    exchange: Exchange,
    { registry, limits }: Call,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ) {
    return {
      ...this.#options.connection,
      registry,
      // npm's types do not know what its library's reader of options says: a function is asked for each address.
      agent: exchange.agentFor as unknown as Agent,
      signal,
      headers,
      userAgent: 'lockwarden',
      retry: { retries: 0 },
      // Silence and deadlines are watched elsewhere, with errors of their own.
      timeout: limits.deadlineMs * 2,
    }
  }

  async #retry<T>(host: string, { limits, signal }: Call, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = AbortSignal.timeout(limits.deadlineMs)
    const either = signal ? AbortSignal.any([signal, deadline]) : deadline
    for (let count = 1; ; count += 1) {
      try {
        if (count > 1) await delay(this.#options.retryDelayMs, undefined, { signal: either })
        return await attempt(either)
      } catch (error) {
        signal?.throwIfAborted()
        if (deadline.aborted) {
          throw new RequestFailure('time-out', `no complete answer from ${host} in ${limits.deadlineMs / 1000} s`)
        }
        const failure = toFailure(error, host)
        if (!failure.retriable || count > 1) throw failure
      }
    }
  }
}

/** An address that reads like one of a git host would be cloned, and one like a path would be read. */
const onlyRemote = {
  allowGit: 'none',
  allowFile: 'none',
  allowDirectory: 'none',
  replaceRegistryHost: 'never',
} as const

/** What the exchange found out goes before what the library made of it. */
async function run<T>(exchange: Exchange, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await raceAbort(Promise.race([exchange.failed, call()]), signal)
  } finally {
    exchange.end()
  }
}

const documentOf = (value: unknown, validators: Validators | undefined): PackumentAnswer => ({
  kind: 'document',
  value,
  ...(validators && { validators }),
})

/** Slow on purpose: passwords are short, and what is derived from them lies in a cache. Once for each credential of a review. */
async function deriveKey(secret: string): Promise<string> {
  const key = await promisify(scrypt)(secret, 'lockwarden', 24)
  return (key as Buffer).toString('hex')
}

const isTypeError = (error: unknown): boolean => error instanceof Error && error.name === 'TypeError'

async function* paced(stream: NodeJS.ReadableStream, exchange: Exchange): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    yield chunk
    exchange.took(chunk.length)
  }
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
