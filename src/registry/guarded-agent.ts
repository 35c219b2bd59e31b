import { lookup } from 'node:dns'
import { once } from 'node:events'
import type { ClientRequest } from 'node:http'
import { connect as connectTcp, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Agent, type ConnectOptions } from '@npmcli/agent'
import { isPrivateAddress } from './address.js'

export type { RequestOptions } from '@npmcli/agent'

export class PrivateAddressError extends Error {
  readonly code = 'EPRIVATEADDRESS'
}

class ConnectionTimeoutError extends Error {
  readonly code = 'ECONNECTIONTIMEOUT'
}

/** As npm's agent takes them. */
export interface AgentOptions {
  readonly timeouts: { readonly connection: number }
  readonly [option: string]: unknown
}

/**
 * npm's agent (pools, proxies, certificates), which connects to no private address unless the operator named the host.
 * The address is looked at when the socket is opened, so a name that resolves differently the second time gains nothing.
 * Through a proxy the proxy resolves names and decides, as the operator who configured it wants.
 */
export class GuardedAgent extends Agent {
  readonly #mayBePrivate: (url: URL) => boolean
  readonly #connectMs: number

  constructor(options: AgentOptions, mayBePrivate: (url: URL) => boolean) {
    super(options)
    this.#mayBePrivate = mayBePrivate
    this.#connectMs = options.timeouts.connection
  }

  override connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const { host = '', port, secureEndpoint } = options
    const place = `${secureEndpoint ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
    // Set here, not in the agent's options: npm's agents share one cache of resolved names, guarded or not.
    if (!this.#mayBePrivate(new URL(place))) options.lookup = publicLookup
    return this.proxy.url === undefined ? this.#open(options) : super.connect(request, options)
  }

  /**
   * As npm's agent does, but with an end: when its time is up that one leaves the socket to itself, which keeps the process alive for minutes,
   * and whose later error is nobody's and ends it.
   */
  async #open(options: ConnectOptions): Promise<Socket> {
    const address = options as TcpNetConnectOpts
    const socket = options.secureEndpoint ? connectTls(address) : connectTcp(address)
    socket.setKeepAlive(true, 1_000)
    socket.setNoDelay(true)
    const time = AbortSignal.timeout(this.#connectMs)
    try {
      await once(socket, options.secureEndpoint ? 'secureConnect' : 'connect', { signal: time })
      return socket
    } catch (error) {
      // What else becomes of it changes nothing.
      socket.on('error', () => {})
      socket.destroy()
      if (!time.aborted) throw error
      throw new ConnectionTimeoutError(`no connection in ${this.#connectMs} ms`)
    }
  }
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const addresses = Array.isArray(address) ? address.map((entry) => entry.address) : [address]
    // One private address among public ones is refused as a whole: which one is connected to is the system's choice.
    if (!error && addresses.some(isPrivateAddress)) {
      callback(new PrivateAddressError('resolves to a private address'), '', 4)
      return
    }
    callback(error, address as string, family)
  })
}
