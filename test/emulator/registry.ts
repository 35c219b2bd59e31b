import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One published version. Everything that is absent is what an honest registry would say of the tarball. */
export interface PublishedVersion {
  readonly tarball: Buffer
  /** Laid over `{ name, version }` in the registry's manifest; the tarball's own package.json is not read. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** Laid over `dist`, to lie about the integrity or the address; `undefined` removes a field. */
  readonly dist?: Readonly<Record<string, unknown>>
  /** ISO publish time; by default the n-th version is published on the n-th day of 2025. */
  readonly time?: string
}

export interface PublishedPackage {
  /** In publishing order; the last one is `latest`. */
  readonly versions: Readonly<Record<string, PublishedVersion>>
  readonly distTags?: Readonly<Record<string, string>>
  /** Laid over the full document: `{ time: undefined }` for a mirror without times. */
  readonly document?: Readonly<Record<string, unknown>>
}

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
}

export interface TestRegistry {
  /** With a slash at its end. */
  readonly url: string
  readonly host: string
  /** May be added to while the registry runs. */
  readonly packages: Map<string, PublishedPackage>
  /** By decoded path. */
  readonly faults: Map<string, Fault>
  readonly requests: LoggedRequest[]
  /** How often a path was asked for. */
  count(path: string): number
  /** Resolves when the path is asked for the next time. */
  asked(path: string): Promise<void>
  close(): Promise<void>
}

export interface TestRegistryOptions {
  readonly packages?: Readonly<Record<string, PublishedPackage>>
  /** Every request without this bearer token gets 401. */
  readonly token?: string
}

/** npm's registry protocol as far as an installer reads it, on a free loopback port. */
export async function startRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const packages = new Map(Object.entries(options.packages ?? {}))
  const faults = new Map<string, Fault>()
  const requests: LoggedRequest[] = []
  const arrivals = new EventEmitter()
  let url = ''

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://registry.test').pathname)
    requests.push({
      method: request.method ?? '',
      path,
      authorized: request.headers.authorization !== undefined,
    })
    arrivals.emit(path)
    const answer = answerOf(request, path, { packages, url, token: options.token })
    const fault = takeFault(faults, path)
    if (fault) applyFault(fault, answer, response)
    else send(response, answer)
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}/`

  return {
    url,
    host,
    packages,
    faults,
    requests,
    count: (path) => requests.filter((request) => request.path === path).length,
    asked: (path) => new Promise((resolve) => arrivals.once(path, () => resolve())),
    close: () => stop(server),
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: Buffer
}

interface State {
  readonly packages: ReadonlyMap<string, PublishedPackage>
  readonly url: string
  readonly token: string | undefined
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

function answerOf(request: IncomingMessage, path: string, state: State): Answer {
  if (state.token !== undefined && request.headers.authorization !== `Bearer ${state.token}`) {
    return json(401, { error: 'authentication required' })
  }
  const match = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/([^/]+)|\/([^/]+))?$/.exec(path)
  const [, name = '', file, version] = match ?? []
  const found = state.packages.get(name)
  if (!found) return json(404, { error: 'Not found' })
  if (file !== undefined) return tarballOf(name, found, file)
  if (version !== undefined) {
    const manifest = versionsOf(name, found, state.url)[found.distTags?.[version] ?? version]
    return manifest ? json(200, manifest) : json(404, `version not found: ${version}`)
  }
  const abbreviated = request.headers.accept?.includes('application/vnd.npm.install-v1+json') ?? false
  return json(200, abbreviated ? abbreviatedPackument(name, found, state.url) : packument(name, found, state.url))
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
})

const baseName = (name: string): string => name.slice(name.indexOf('/') + 1)

function tarballOf(name: string, found: PublishedPackage, file: string): Answer {
  for (const [version, { tarball }] of Object.entries(found.versions)) {
    if (file === `${baseName(name)}-${version}.tgz`) {
      return { status: 200, type: 'application/octet-stream', body: tarball }
    }
  }
  return json(404, { error: 'Not found' })
}

function versionsOf(name: string, found: PublishedPackage, url: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(found.versions).map(([version, { tarball, manifest, dist }]) => [
      version,
      {
        name,
        version,
        ...manifest,
        dist: {
          tarball: `${url}${name}/-/${baseName(name)}-${version}.tgz`,
          integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
          shasum: createHash('sha1').update(tarball).digest('hex'),
          ...dist,
        },
      },
    ]),
  )
}

function timesOf(found: PublishedPackage): Record<string, string> {
  const times = Object.entries(found.versions).map(([version, { time }], index) => [
    version,
    time ?? new Date(Date.UTC(2025, 0, 1 + index, 12)).toISOString(),
  ])
  const created = times[0]?.[1] ?? '2025-01-01T12:00:00.000Z'
  return { created, modified: times.at(-1)?.[1] ?? created, ...Object.fromEntries(times) }
}

function packument(name: string, found: PublishedPackage, url: string): Record<string, unknown> {
  const latest = Object.keys(found.versions).at(-1)
  return {
    _id: name,
    name,
    'dist-tags': found.distTags ?? (latest === undefined ? {} : { latest }),
    versions: versionsOf(name, found, url),
    time: timesOf(found),
    ...found.document,
  }
}

/** The fields that the abbreviated document keeps, as npm's registry documentation lists them. */
const abbreviatedFields = [
  'name',
  'version',
  'deprecated',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'bundleDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bin',
  'directories',
  'dist',
  'engines',
  'cpu',
  'os',
]

function abbreviatedPackument(name: string, found: PublishedPackage, url: string): Record<string, unknown> {
  const full = packument(name, found, url)
  const versions = Object.entries(versionsOf(name, found, url)).map(([version, manifest]) => [
    version,
    Object.fromEntries(Object.entries(manifest).filter(([field]) => abbreviatedFields.includes(field))),
  ])
  return {
    name: full.name,
    'dist-tags': full['dist-tags'],
    versions: Object.fromEntries(versions),
    modified: timesOf(found).modified,
  }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length })
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
