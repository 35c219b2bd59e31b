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

export const refused = (message: string): RequestFailure => new RequestFailure('refused', message)

export const privateAddress = (host: string): RequestFailure =>
  new RequestFailure('private-address', `${host} is a private address, which the operator did not allow`)

/** The statuses that npm's own client asks again for. */
export const badStatus = (status: number, host: string): RequestFailure =>
  new RequestFailure('status', `HTTP ${status} from ${host}`, status, [408, 420, 429].includes(status) || status >= 500)

/** What Node, npm's library or its reader of JSON rejected with. What has no code is a bug and is thrown. */
export function toFailure(error: unknown, host: string): RequestFailure {
  if (error instanceof RequestFailure) return error
  // Not by instanceof: an error of Node's own can come from another realm.
  const { code, type } =
    typeof error === 'object' && error !== null ? (error as { code?: unknown; type?: unknown }) : {}
  if (code === 'EPRIVATEADDRESS') return privateAddress(host)
  if (type === 'invalid-json') {
    return new RequestFailure('content', `${host} answers with something that is not JSON`)
  }
  if (typeof code !== 'string') throw error
  if (/TIMEOUT|TIMEDOUT/.test(code)) {
    return new RequestFailure('time-out', `${host} fell silent (${code})`, undefined, true)
  }
  // npm does not ask again for a name that does not resolve.
  return new RequestFailure('network', `no complete answer from ${host} (${code})`, undefined, code !== 'ENOTFOUND')
}
