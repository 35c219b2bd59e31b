import { lookup } from 'node:dns'
import type { ClientRequest } from 'node:http'
import type { LookupFunction, Socket } from 'node:net'
import { Agent, type ConnectOptions } from '@npmcli/agent'
import { isPrivateAddress } from './address.js'

export type { RequestOptions } from '@npmcli/agent'

export class PrivateAddressError extends Error {
  readonly code = 'EPRIVATEADDRESS'
}

/**
 * npm's agent (pools, proxies, certificates), which connects to no private address unless the operator named the host.
 * The address is looked at when the socket is opened, so a name that resolves differently the second time gains nothing.
 * Through a proxy the proxy resolves names and decides, as the operator who configured it wants.
 */
export class GuardedAgent extends Agent {
  readonly #mayBePrivate: (url: URL) => boolean

  constructor(options: Readonly<Record<string, unknown>>, mayBePrivate: (url: URL) => boolean) {
    super(options)
    this.#mayBePrivate = mayBePrivate
  }

  override connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const { host = '', port, secureEndpoint } = options
    const place = `${secureEndpoint ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
    // Set here, not in the agent's options: npm's agents share one cache of resolved names, guarded or not.
    if (!this.#mayBePrivate(new URL(place))) options.lookup = publicLookup
    return super.connect(request, options)
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
