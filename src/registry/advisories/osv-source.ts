import PQueue from 'p-queue'
import { z } from 'zod'
import { maxAdvisoryPages, maxAdvisoryQueries, maxAdvisoryRecords, maxAdvisoryRequests } from '../../limits.js'
import type { PackageReference } from '../registry.js'
import { RequestFailure } from '../request-failure.js'
import { type Advisory, type AdvisorySource, referenceKey } from './advisory.js'
import type { Ask } from './ask.js'
import { boundedLookup, chunksOf } from './bounded-lookup.js'
import { mergeAdvisories } from './merge-advisories.js'
import { type OsvRecord, osvId, osvRecord, toAdvisory } from './osv-record.js'

/** The public service (https://google.github.io/osv.dev/api/), which asks for no account. */
export const publicOsv = 'https://api.osv.dev/'

const listed = z.object({ id: osvId, modified: z.string() })
type Listed = z.infer<typeof listed>

const batch = z.object({
  results: z.array(z.object({ vulns: z.array(listed).optional(), next_page_token: z.string().optional() })),
})

type Query = PackageReference & { readonly pageToken?: string }

/** OSV, or a mirror of it at `url`: thousands of packages a request, then each record that they are listed in. */
export function openOsv({ ask, url = publicOsv }: { readonly ask: Ask; readonly url?: string }): AdvisorySource {
  const service = new URL(url)
  return {
    lookup: (references, signal) =>
      boundedLookup(service.host, signal, async (found, either) => {
        const reader = new OsvReader(ask, service, either)
        for (const chunk of chunksOf(references, maxAdvisoryQueries)) await reader.read(chunk, found)
        reader.reportMissing()
      }),
  }
}

class OsvReader {
  /** By id and state: two packages of one chunk, or of two, are often in one record. */
  readonly #records = new Map<string, OsvRecord | undefined>()
  #missing = 0

  constructor(
    readonly ask: Ask,
    readonly service: URL,
    readonly signal: AbortSignal,
  ) {}

  async read(references: readonly PackageReference[], found: Map<string, readonly Advisory[]>): Promise<void> {
    const lists = await this.#list(references)
    await this.#readRecords([...lists.values()].flat())
    for (const reference of references) {
      const records = (lists.get(referenceKey(reference)) ?? []).map((one) => this.#records.get(keyOf(one)))
      // A record that could not be had may be the one that counts.
      if (records.includes(undefined)) continue
      const advisories = records.flatMap((record) => (record && toAdvisory(record, reference)) ?? [])
      found.set(referenceKey(reference), mergeAdvisories(advisories))
    }
  }

  reportMissing(): void {
    if (this.#missing === 0) return
    const [what, them] = this.#missing === 1 ? ['a record', 'it'] : [`${this.#missing} records`, 'them']
    throw new RequestFailure(
      'content',
      `${this.service.host} names ${what} and does not have ${them} in a form that is known`,
    )
  }

  /** Page by page: only the queries that have a further one are asked again. */
  async #list(references: readonly PackageReference[]): Promise<ReadonlyMap<string, readonly Listed[]>> {
    const lists = new Map<string, Listed[]>()
    let queries: readonly Query[] = references
    for (let page = 1; queries.length > 0; page += 1) {
      if (page > maxAdvisoryPages) {
        throw new RequestFailure(
          'limit',
          `maxAdvisoryPages: ${this.service.host} has more than ${maxAdvisoryPages} pages`,
        )
      }
      const results = await this.#queryBatch(queries)
      queries = queries.flatMap((query, index): Query[] => {
        const { vulns = [], next_page_token: pageToken } = results[index] ?? {}
        lists.set(referenceKey(query), [...(lists.get(referenceKey(query)) ?? []), ...vulns])
        return pageToken === undefined || pageToken === '' ? [] : [{ ...query, pageToken }]
      })
    }
    return lists
  }

  #queryBatch(queries: readonly Query[]): Promise<z.infer<typeof batch>['results']> {
    const body = {
      queries: queries.map(({ name, version, pageToken }) => ({
        package: { name, ecosystem: 'npm' },
        version,
        ...(pageToken !== undefined && { page_token: pageToken }),
      })),
    }
    const parse = (answer: unknown) => {
      const { data } = batch.safeParse(answer)
      // The answers have no names: their order is all that says what they are about.
      return data?.results.length === queries.length ? data.results : undefined
    }
    return this.ask({ url: new URL('v1/querybatch', this.service), body }, parse, this.signal)
  }

  async #readRecords(wanted: readonly Listed[]): Promise<void> {
    const missing = new Map(wanted.filter((one) => !this.#records.has(keyOf(one))).map((one) => [keyOf(one), one]))
    if (this.#records.size + missing.size > maxAdvisoryRecords) {
      const detail = `maxAdvisoryRecords: the packages are in more than ${maxAdvisoryRecords} records of ${this.service.host}`
      throw new RequestFailure('limit', detail)
    }
    const queue = new PQueue({ concurrency: maxAdvisoryRequests })
    try {
      await Promise.all(
        [...missing].map(([key, one]) => queue.add(async () => this.#records.set(key, await this.#record(one)))),
      )
    } finally {
      // After a failure the rest is not asked for.
      queue.clear()
    }
  }

  async #record({ id, modified }: Listed): Promise<OsvRecord | undefined> {
    const question = { url: new URL(`v1/vulns/${encodeURIComponent(id)}`, this.service), revision: modified }
    try {
      return await this.ask(
        question,
        (answer) => {
          const { data } = osvRecord.safeParse(answer)
          return data?.id === id ? data : undefined
        },
        this.signal,
      )
    } catch (error) {
      // One record that nobody can read hides what it is about, and nothing else.
      if (!(error instanceof RequestFailure) || (error.status !== 404 && error.kind !== 'content')) throw error
      this.#missing += 1
      return undefined
    }
  }
}

const keyOf = ({ id, modified }: Listed): string => `${id} ${modified}`
