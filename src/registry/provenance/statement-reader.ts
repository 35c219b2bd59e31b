import type PQueue from 'p-queue'
import { type Gap, type GapCode, known, type Outcome, unknown } from '../../gap.js'
import { maxAttestationsBytes, maxKeptAttestationsBytes, maxSigningKeysBytes } from '../../limits.js'
import type { Route } from '../expectations.js'
import type { KeptResponses } from '../kept-responses.js'
import type { NpmClient } from '../npm-client.js'
import { raceAbort } from '../race-abort.js'
import type { PackageReference } from '../registry.js'
import { RequestFailure } from '../request-failure.js'
import { type Loaded, SharedLoads } from '../shared-loads.js'
import { parseAttestations, parseSigningKeys } from './parse-attestations.js'
import type { Attestation, SigningKey } from './provenance.js'

export interface StatementReaderOptions {
  readonly client: NpmClient
  readonly queue: PQueue
  readonly routeOf: (name: string) => Route
  readonly offline: boolean
  readonly deadlineMs: number
  readonly kept?: KeptResponses
}

type Answer<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'none'; readonly detail: string }

interface Wanted<T> {
  readonly registry: string
  /** Below the registry's address. */
  readonly path: string
  readonly maxBytes: number
  readonly parse: (value: unknown) => T | undefined
}

/**
 * What a registry has signed or had others sign, always from the registry that the name is asked for at: the address
 * that a packument gives for its attestations is evidence like any other.
 */
export class StatementReader {
  readonly #options: StatementReaderOptions
  readonly #attestations: SharedLoads<Answer<readonly Attestation[]>>
  /** Keys of `#attestations` whose value was kept by an earlier review. */
  readonly #remembered = new Set<string>()
  readonly #keys: SharedLoads<Answer<readonly SigningKey[]>>

  constructor(options: StatementReaderOptions) {
    this.#options = options
    this.#attestations = new SharedLoads((key, signal) => this.#loadAttestations(key, signal), maxKeptAttestationsBytes)
    this.#keys = new SharedLoads((registry, signal) => this.#loadKeys(registry, signal), maxSigningKeysBytes * 16)
  }

  async attestations(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<readonly Attestation[]>> {
    const route = this.#options.routeOf(reference.name)
    const none = (detail: string) => unknown(gapOf(reference, 'attestations-unavailable', 'provenance', detail))
    if (route.kind === 'not-allowed') return none(route.detail)
    const answer = await this.#attestations.get(toKey(route.url, reference), signal)
    return answer.kind === 'value' ? known(answer.value) : none(answer.detail)
  }

  /** For the next review, which verifies them again. Statements stand for one version's bytes and never change. */
  async keepAttestations(reference: PackageReference, attestations: readonly Attestation[]): Promise<void> {
    const { kept, routeOf } = this.#options
    const route = routeOf(reference.name)
    if (kept === undefined || route.kind === 'not-allowed') return
    const key = toKey(route.url, reference)
    if (this.#remembered.has(key)) return
    this.#remembered.add(key)
    await kept.put(await this.#keptKey(key), JSON.stringify({ attestations }))
  }

  async signingKeys(name: string, signal?: AbortSignal): Promise<Outcome<readonly SigningKey[]>> {
    const route = this.#options.routeOf(name)
    const none = (detail: string) => unknown(gapOf({ name, version: '' }, 'keys-unavailable', 'signature', detail))
    if (route.kind === 'not-allowed') return none(route.detail)
    const answer = await this.#keys.get(route.url, signal)
    return answer.kind === 'value' ? known(answer.value) : none(answer.detail)
  }

  async #loadAttestations(key: string, signal: AbortSignal): Promise<Loaded<Answer<readonly Attestation[]>>> {
    const [registry, name, version] = fromKey(key)
    const { kept, offline } = this.#options
    const text = offline ? undefined : await kept?.get(await this.#keptKey(key))
    const value = text === undefined ? undefined : parseKept(text)
    if (text !== undefined && value !== undefined) {
      this.#remembered.add(key)
      return { value: { kind: 'value', value }, size: text.length }
    }
    const path = `-/npm/v1/attestations/${name.replace('/', '%2f')}@${encodeURIComponent(version)}`
    return this.#load({ registry, path, maxBytes: maxAttestationsBytes, parse: parseAttestations }, signal)
  }

  /** `1`: the form of what is kept. */
  async #keptKey(key: string): Promise<string> {
    const [registry, name, version] = fromKey(key)
    return ['attestations', '1', registry, await this.#options.client.credentialKey(registry), name, version].join('|')
  }

  #loadKeys(registry: string, signal: AbortSignal): Promise<Loaded<Answer<readonly SigningKey[]>>> {
    return this.#load(
      { registry, path: '-/npm/v1/keys', maxBytes: maxSigningKeysBytes, parse: parseSigningKeys },
      signal,
    )
  }

  async #load<T>(wanted: Wanted<T>, signal: AbortSignal): Promise<Loaded<Answer<T>>> {
    const none = (detail: string): Loaded<Answer<T>> => ({ value: { kind: 'none', detail }, size: 256 })
    if (this.#options.offline) return none('offline')
    const { host } = new URL(wanted.registry)
    try {
      const text = await raceAbort(
        this.#options.queue.add(() => this.#fetch(wanted, signal)),
        signal,
      )
      const value = wanted.parse(JSON.parse(text))
      if (value === undefined) return none(`${host} answers with something else`)
      return { value: { kind: 'value', value }, size: text.length }
    } catch (error) {
      if (error instanceof SyntaxError) return none(`${host} answers with no JSON`)
      if (error instanceof RequestFailure) return none(error.message)
      throw error
    }
  }

  #fetch({ registry, path, maxBytes }: Wanted<unknown>, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted()
    const { client, deadlineMs } = this.#options
    const limits = { deadlineMs, maxBytes, tooLarge: `more than ${maxBytes} bytes at ${path}` }
    return client.tarball(new URL(path, registry), { registry, limits, signal }, async (body) => {
      const chunks: Buffer[] = []
      for await (const chunk of body) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    })
  }
}

const toKey = (registry: string, { name, version }: PackageReference): string =>
  JSON.stringify([registry, name, version])

const fromKey = (key: string): [registry: string, name: string, version: string] => JSON.parse(key)

function parseKept(text: string): readonly Attestation[] | undefined {
  try {
    return parseAttestations(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const gapOf = ({ name, version }: PackageReference, code: GapCode, fact: string, detail: string): Gap => ({
  code,
  package: version === '' ? name : `${name}@${version}`,
  fact,
  detail,
})
