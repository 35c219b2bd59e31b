import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import semver from 'semver'

/** A record as the OSV schema has it, as far as it is told here. */
export interface OsvRecordFixture {
  readonly id: string
  readonly modified?: string
  readonly withdrawn?: string
  readonly aliases?: readonly string[]
  readonly summary?: string
  readonly affected?: readonly OsvAffected[]
  readonly database_specific?: Readonly<Record<string, unknown>>
}

export interface OsvAffected {
  readonly package: { readonly ecosystem: string; readonly name: string }
  readonly ranges?: readonly { readonly type: string; readonly events: readonly Readonly<Record<string, string>>[] }[]
  readonly versions?: readonly string[]
}

export interface TestOsv {
  /** With a slash at its end. */
  readonly url: string
  readonly host: string
  readonly records: OsvRecordFixture[]
  /** By path: what is answered in place of the truth. `hang` answers nothing. */
  readonly faults: Map<string, OsvFault>
  readonly requests: { readonly path: string; readonly body: unknown }[]
  close(): Promise<void>
}

export type OsvFault =
  | 'hang'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }

interface Query {
  readonly package: { readonly name: string; readonly ecosystem: string }
  readonly version: string
  readonly page_token?: string
}

export interface TestOsvOptions {
  readonly records?: readonly OsvRecordFixture[]
  /** Ids told of one query at a time. */
  readonly pageSize?: number
}

/** The two operations of OSV that are used (https://google.github.io/osv.dev/api/), on a free loopback port. */
export async function startOsv({ records = [], pageSize = 1000 }: TestOsvOptions = {}): Promise<TestOsv> {
  const kept = [...records]
  const faults = new Map<string, OsvFault>()
  const requests: { path: string; body: unknown }[] = []
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const path = decodeURIComponent(request.url ?? '')
        requests.push({ path, body })
        const fault = faults.get(path)
        if (fault === 'hang') return
        if (fault) {
          response.writeHead(fault.status, fault.headers)
          response.end(fault.body ?? '')
          return
        }
        answer(path, body, kept, pageSize, response)
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/`,
    host,
    records: kept,
    faults,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString()) as unknown)
}

function answer(
  path: string,
  body: unknown,
  records: readonly OsvRecordFixture[],
  pageSize: number,
  response: ServerResponse,
): void {
  const send = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  if (path === '/v1/querybatch') {
    const { queries } = body as { queries: readonly Query[] }
    send(200, { results: queries.map((query) => listFor(query, records, pageSize)) })
    return
  }
  const found = records.find(({ id }) => path === `/v1/vulns/${id}`)
  if (found) send(200, { modified: defaultModified, ...found })
  else send(404, { code: 5, message: 'Bug not found.' })
}

const defaultModified = '2025-01-01T12:00:00Z'

/** A query without any is answered by an empty object. */
function listFor(query: Query, records: readonly OsvRecordFixture[], pageSize: number): unknown {
  const found = records.filter(({ affected = [] }) => affected.some((one) => isAffected(one, query)))
  const start = Number(query.page_token ?? 0)
  const vulns = found.slice(start, start + pageSize).map(({ id, modified = defaultModified }) => ({ id, modified }))
  return {
    ...(vulns.length > 0 && { vulns }),
    ...(start + pageSize < found.length && { next_page_token: String(start + pageSize) }),
  }
}

function isAffected({ package: of, ranges = [], versions = [] }: OsvAffected, query: Query): boolean {
  if (of.ecosystem !== query.package.ecosystem || of.name !== query.package.name) return false
  return versions.includes(query.version) || ranges.some(({ events }) => isInside(events, query.version))
}

/** Events in their order, as every fixture has them. */
function isInside(events: readonly Readonly<Record<string, string>>[], version: string): boolean {
  let inside = false
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined && (introduced === '0' || semver.gte(version, introduced))) inside = true
    if (fixed !== undefined && semver.gte(version, fixed)) inside = false
    if (last !== undefined && semver.gt(version, last)) inside = false
  }
  return inside
}
