import type PQueue from 'p-queue'
import { type Gap, type GapCode, known, type Outcome, unknown } from '../../gap.js'
import {
  maxAttestationsBytes,
  maxKeptAttestationsBytes,
  maxSigningKeysBytes,
  maxStatementFailures,
} from '../../limits.js'
import type { Route } from '../expectations.js'
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
  readonly #keys: SharedLoads<Answer<readonly SigningKey[]>>
  /** Registry → how often it has not answered since it last did. */
  readonly #silences = new Map<string, number>()

  constructor(options: StatementReaderOptions) {
    this.#options = options
    this.#attestations = new SharedLoads((key, signal) => this.#loadAttestations(key, signal), maxKeptAttestationsBytes)
    this.#keys = new SharedLoads((registry, signal) => this.#loadKeys(registry, signal), maxSigningKeysBytes * 16)
  }

  async attestations(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<readonly Attestation[]>> {
    const route = this.#options.routeOf(reference.name)
    const none = (detail: string) => unknown(gapOf(reference, 'attestations-unavailable', 'provenance', detail))
    if (route.kind === 'not-allowed') return none(route.detail)
    const answer = await this.#attestations.get(JSON.stringify([route.url, reference.name, reference.version]), signal)
    return answer.kind === 'value' ? known(answer.value) : none(answer.detail)
  }

  async signingKeys(name: string, signal?: AbortSignal): Promise<Outcome<readonly SigningKey[]>> {
    const route = this.#options.routeOf(name)
    const none = (detail: string) => unknown(gapOf({ name, version: '' }, 'keys-unavailable', 'signature', detail))
    if (route.kind === 'not-allowed') return none(route.detail)
    const answer = await this.#keys.get(route.url, signal)
    return answer.kind === 'value' ? known(answer.value) : none(answer.detail)
  }

  #loadAttestations(key: string, signal: AbortSignal): Promise<Loaded<Answer<readonly Attestation[]>>> {
    const [registry, name, version] = JSON.parse(key) as [string, string, string]
    const path = `-/npm/v1/attestations/${name.replace('/', '%2f')}@${encodeURIComponent(version)}`
    return this.#load({ registry, path, maxBytes: maxAttestationsBytes, parse: parseAttestations }, signal)
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
    const silences = this.#silences.get(wanted.registry) ?? 0
    if (silences >= maxStatementFailures) return none(`${host} did not answer about others`)
    try {
      const text = await raceAbort(
        this.#options.queue.add(() => this.#fetch(wanted, signal)),
        signal,
      )
      this.#silences.set(wanted.registry, 0)
      const value = wanted.parse(JSON.parse(text))
      if (value === undefined) return none(`${host} answers with something else`)
      return { value: { kind: 'value', value }, size: text.length }
    } catch (error) {
      if (error instanceof SyntaxError) return none(`${host} answers with no JSON`)
      if (!(error instanceof RequestFailure)) throw error
      // What npm would ask again for has been asked again: a proxy that lets none of it through costs a few waits, not one a package.
      if (error.retriable) this.#silences.set(wanted.registry, (this.#silences.get(wanted.registry) ?? 0) + 1)
      return none(error.message)
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

const gapOf = ({ name, version }: PackageReference, code: GapCode, fact: string, detail: string): Gap => ({
  code,
  package: version === '' ? name : `${name}@${version}`,
  fact,
  detail,
})
