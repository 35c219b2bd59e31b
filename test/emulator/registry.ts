import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBulk, type BulkAdvisory, bulkPath } from './bulk-advisories.js'
import {
  abbreviatedPackumentOf,
  type Lack,
  makeRegistryKey,
  type PublishedPackage,
  packumentOf,
  type Registry,
  type RegistryKey,
  tarballName,
  versionsOf,
} from './published.js'

export type { Lack, PublishedAccount, PublishedAttestation, PublishedPackage, PublishedVersion } from './published.js'

/** What a path answers instead of its document. `times` ends a fault after so many requests; absent is for ever. */
export type Fault = { readonly times?: number } & (
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends the headers and half of the body, then nothing more. */
  | { readonly kind: 'stall' }
  /** Announces the whole length and closes the connection half-way. */
  | { readonly kind: 'truncate' }
  /** Sends half of the body as if it were all of it. */
  | { readonly kind: 'shorten' }
  | { readonly kind: 'bytes'; readonly body: Buffer | string }
  /** A body of so many blanks, without a length. */
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
)

export interface LoggedRequest {
  readonly method: string
  /** Decoded: `/@acme/widget`, also where the client wrote `%2f`. */
  readonly path: string
  readonly authorized: boolean
  /** Asked only for what is newer than the asker has. */
  readonly conditional: boolean
  /** Of the answer; 0 where a fault took its place. */
  readonly status: number
  /** Asked for the document that installers read. */
  readonly small: boolean
  /** Of a POST. */
  readonly body?: string
}

export interface TestRegistry {
  /** With a slash at its end. */
  readonly url: string
  readonly host: string
  /** May be added to while the registry runs. */
  readonly packages: Map<string, PublishedPackage>
  /** What `npm audit` is told, by name. May be added to while the registry runs. */
  readonly advisories: Map<string, readonly BulkAdvisory[]>
  /** By decoded path. */
  readonly faults: Map<string, Fault>
  readonly requests: LoggedRequest[]
  /** What it signs versions with. */
  readonly key: RegistryKey
  /** What it does not have, for mirrors. May be added to while the registry runs. */
  readonly lacks: Set<Lack>
  /** How often a path was asked for. */
  count(path: string): number
  /** Resolves when the path is asked for the next time. */
  asked(path: string): Promise<void>
  close(): Promise<void>
}

export interface TestRegistryOptions {
  readonly packages?: Readonly<Record<string, PublishedPackage>>
  readonly advisories?: Readonly<Record<string, readonly BulkAdvisory[]>>
  /** Every request without this bearer token gets 401. */
  readonly token?: string
  /** What a mirror or a private registry does not have; by default there is nothing that the public one has and this one has not. */
  readonly lacks?: readonly Lack[]
}

/** npm's registry protocol as far as an installer reads it, on a free loopback port. */
export async function startRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const packages = new Map(Object.entries(options.packages ?? {}))
  const advisories = new Map(Object.entries(options.advisories ?? {}))
  const faults = new Map<string, Fault>()
  const requests: LoggedRequest[] = []
  const arrivals = new EventEmitter()
  const key = makeRegistryKey()
  const lacks = new Set(options.lacks)
  let url = ''

  const respond = (request: IncomingMessage, response: ServerResponse, body?: string): void => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://registry.test').pathname)
    const state = { packages, advisories, url, token: options.token, lacks, key }
    const answer = validated(request, answerOf(request, path, body, state), lacks)
    const fault = takeFault(faults, path)
    requests.push({
      method: request.method ?? '',
      path,
      authorized: request.headers.authorization !== undefined,
      conditional: request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined,
      status: fault ? 0 : answer.status,
      small: wantsSmall(request),
      ...(body !== undefined && { body }),
    })
    arrivals.emit(path)
    if (fault) applyFault(fault, answer, response)
    else send(response, answer)
  }
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return respond(request, response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => respond(request, response, Buffer.concat(chunks).toString()))
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}/`

  return {
    url,
    host,
    packages,
    advisories,
    faults,
    requests,
    key,
    lacks,
    count: (path) => requests.filter((request) => request.path === path).length,
    asked: (path) => new Promise((resolve) => arrivals.once(path, () => resolve())),
    close: () => stop(server),
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: Buffer
  readonly etag?: string
}

interface State extends Registry {
  readonly packages: ReadonlyMap<string, PublishedPackage>
  readonly advisories: ReadonlyMap<string, readonly BulkAdvisory[]>
  readonly token: string | undefined
}

/** As the public registry: every document has an ETag, and who has it already gets none. */
function validated(request: IncomingMessage, answer: Answer, lacks: ReadonlySet<Lack>): Answer {
  if (answer.status !== 200 || lacks.has('validators')) return answer
  const etag = `"${createHash('sha1').update(answer.body).digest('hex')}"`
  if (request.headers['if-none-match'] !== etag) return { ...answer, etag }
  return { ...answer, etag, status: 304, body: Buffer.alloc(0) }
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function takeFault(faults: Map<string, Fault>, path: string): Fault | undefined {
  const fault = faults.get(path)
  if (fault?.times === undefined) return fault
  if (fault.times <= 1) faults.delete(path)
  else faults.set(path, { ...fault, times: fault.times - 1 })
  return fault
}

function answerOf(request: IncomingMessage, path: string, body: string | undefined, state: State): Answer {
  if (state.token !== undefined && request.headers.authorization !== `Bearer ${state.token}`) {
    return json(401, { error: 'authentication required' })
  }
  if (path === bulkPath) {
    return body === undefined || state.lacks.has('advisories')
      ? notFound
      : json(200, answerBulk(body, state.advisories))
  }
  if (path === '/-/npm/v1/keys') return keysOf(state)
  const attested = /^\/-\/npm\/v1\/attestations\/(.+)@([^@]+)$/.exec(path)
  if (attested) return attestationsOf(state, attested[1] ?? '', attested[2] ?? '')
  const match = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/([^/]+)|\/([^/]+))?$/.exec(path)
  const [, name = '', file, version] = match ?? []
  const found = state.packages.get(name)
  if (!found) return notFound
  if (file !== undefined) return tarballOf(name, found, file)
  if (version !== undefined) {
    const manifest = versionsOf(name, found, state)[found.distTags?.[version] ?? version]
    return manifest ? json(200, manifest) : json(404, `version not found: ${version}`)
  }
  if (state.lacks.has('abbreviated') || !wantsSmall(request)) return json(200, packumentOf(name, found, state))
  return { ...json(200, abbreviatedPackumentOf(name, found, state)), type: 'application/vnd.npm.install-v1+json' }
}

const wantsSmall = ({ headers }: IncomingMessage): boolean =>
  headers.accept?.split(',')[0]?.includes('application/vnd.npm.install-v1+json') ?? false

function keysOf({ key, lacks }: State): Answer {
  if (lacks.has('keys')) return notFound
  const { keyid, publicKey } = key
  const scheme = { keytype: 'ecdsa-sha2-nistp256', scheme: 'ecdsa-sha2-nistp256' }
  return json(200, { keys: [{ expires: null, keyid, ...scheme, key: publicKey }] })
}

function attestationsOf({ packages, lacks }: State, name: string, version: string): Answer {
  const attestations = packages.get(name)?.versions[version]?.attestations ?? []
  if (attestations.length === 0 || lacks.has('attestations-endpoint')) return notFound
  return json(200, { attestations })
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
})

const notFound = json(404, { error: 'Not found' })

function tarballOf(name: string, found: PublishedPackage, file: string): Answer {
  for (const [version, { tarball }] of Object.entries(found.versions)) {
    if (file === tarballName(name, version)) {
      return { status: 200, type: 'application/octet-stream', body: tarball }
    }
  }
  return notFound
}

function send(response: ServerResponse, { status, type, body, etag }: Answer): void {
  response.writeHead(status, {
    ...(status !== 304 && { 'content-type': type, 'content-length': body.length }),
    ...(etag !== undefined && { etag }),
  })
  response.end(body)
}

function applyFault(fault: Fault, answer: Answer, response: ServerResponse): void {
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2))
  switch (fault.kind) {
    case 'status':
      send(response, { status: fault.status, type: 'text/plain', body: Buffer.from(fault.body ?? '') })
      break
    case 'hang':
      break
    case 'stall':
      response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': answer.body.length })
      response.write(half)
      break
    case 'truncate':
      response.writeHead(answer.status, { 'content-type': answer.type, 'content-length': answer.body.length })
      response.write(half, () => response.destroy())
      break
    case 'shorten':
      send(response, { ...answer, body: half })
      break
    case 'bytes':
      send(response, { ...answer, status: 200, body: Buffer.from(fault.body) })
      break
    case 'huge':
      sendBlanks(response, fault.bytes)
      break
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.location })
      response.end()
      break
  }
}

function sendBlanks(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(64 * 1024, ' ')
  let left = bytes
  const push = (): void => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, chunk.length)
      left -= size
      if (!response.write(chunk.subarray(0, size))) {
        response.once('drain', push)
        return
      }
    }
    response.end()
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  push()
}
