import type { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import fetch from 'npm-registry-fetch'
import { advisoryConnectMs, advisoryIdleMs, maxAdvisoryAnswerBytes, registryRetryDelayMs } from '../../limits.js'
import { Exchange } from '../exchange.js'
import { type AgentOptions, GuardedAgent } from '../guarded-agent.js'
import { raceAbort } from '../race-abort.js'
import { RequestFailure, toFailure } from '../request-failure.js'

/** One request: a GET without a body, a POST of JSON with one. */
export interface Question {
  readonly url: URL
  readonly body?: unknown
  /** Names the state of what is asked for, where that is known: its answer never grows old. */
  readonly revision?: string
}

/** Resolves with what `parse` makes of the answer. Rejects with a RequestFailure, or with the signal's reason. */
export type Ask = <T>(question: Question, parse: (answer: unknown) => T | undefined, signal?: AbortSignal) => Promise<T>

export interface AskOptions {
  /** npm's own options for a connection: proxies, certificates of authorities, credentials where `registry` has some. */
  readonly connection: Readonly<Record<string, unknown>>
  /** Whose credentials go along; absent: none do. */
  readonly registry?: string
  /** Whether the operator named the address, which may be private then. */
  readonly mayBePrivate: (url: URL) => boolean
  /** Other than `limits.ts` has them: for tests, which cannot wait. */
  readonly limits?: Partial<AskLimits>
}

export interface AskLimits {
  readonly connectMs: number
  readonly idleMs: number
  readonly retryDelayMs: number
  readonly maxBytes: number
}

const askLimits: AskLimits = {
  connectMs: advisoryConnectMs,
  idleMs: advisoryIdleMs,
  retryDelayMs: registryRetryDelayMs,
  maxBytes: maxAdvisoryAnswerBytes,
}

/** What connects anyone to anything; the rest of npm's settings is about registries, and stays with them. */
const connectionSettings = ['ca', 'httpsProxy', 'proxy', 'noProxy', 'strictSSL', 'localAddress'] as const

/**
 * Asks for JSON as the registry's own requests are made: through the operator's proxies, to no private address that the operator did not
 * name, bounded in bytes and silence. Redirects are refused: a list of what somebody uses goes to the address that was chosen, or nowhere.
 */
export function openAsk(options: AskOptions): Ask {
  const limits = { ...askLimits, ...options.limits }
  const { connection, registry, mayBePrivate } = options
  const agent = new GuardedAgent(agentOptions(connection, registry !== undefined, limits.connectMs), mayBePrivate)
  const settings = registry === undefined ? pick(connection) : { ...connection, registry }

  const once = async (question: Question, signal: AbortSignal | undefined): Promise<unknown> => {
    const { url, body } = question
    const exchange = new Exchange(() => ({ agent, authorization: undefined }), {
      mayFetch: (to) => to.href === url.href,
      mayBePrivate,
      idleMs: limits.idleMs,
      maxBytes: limits.maxBytes,
      tooLarge: `maxAdvisoryAnswerBytes: more than ${limits.maxBytes} bytes from ${url.host}`,
      // JSON is read as a whole, as fast as it comes.
      windowBytes: Number.POSITIVE_INFINITY,
    })
    const request = fetch.json(url.href, {
      ...settings,
      // npm's types do not know what its library's reader of options says: a function is asked for each address.
      agent: exchange.agentFor as unknown as Agent,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      userAgent: 'lockwarden',
      retry: { retries: 0 },
      ...(signal && { signal }),
    })
    try {
      const answer = await raceAbort(Promise.race([exchange.failed, request]), signal)
      // Too much is refused, also where it is JSON.
      await raceAbort(Promise.race([exchange.failed, exchange.counted]), signal)
      return answer
    } finally {
      exchange.end()
    }
  }

  return async (question, parse, signal) => {
    const { host } = question.url
    for (let count = 1; ; count += 1) {
      try {
        if (count > 1) await delay(limits.retryDelayMs, undefined, signal && { signal })
        const answer = parse(await once(question, signal))
        if (answer !== undefined) return answer
        throw new RequestFailure('content', `${host} answers with something that is no answer to the question`)
      } catch (error) {
        signal?.throwIfAborted()
        const failure = toFailure(error, host)
        // Only what an overloaded server says is worth a second try: a closed network stays closed, and a review waits for it.
        if (failure.kind !== 'status' || !failure.retriable || count > 1) throw failure
      }
    }
  }
}

const pick = (connection: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    connectionSettings.flatMap((name) => (connection[name] === undefined ? [] : [[name, connection[name]]])),
  )

function agentOptions(
  connection: Readonly<Record<string, unknown>>,
  ofRegistry: boolean,
  connectMs: number,
): AgentOptions {
  return {
    ca: connection.ca,
    // A client's certificate tells who it is: that is between the operator and the registry.
    ...(ofRegistry && { cert: connection.cert, key: connection.key }),
    proxy: connection.httpsProxy || connection.proxy,
    noProxy: connection.noProxy,
    localAddress: connection.localAddress,
    rejectUnauthorized: connection.strictSSL !== false,
    timeouts: { connection: connectMs },
  }
}
