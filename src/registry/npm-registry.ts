import type { Readable } from 'node:stream'
import npa from 'npm-package-arg'
import PQueue from 'p-queue'
import { type Gap, type GapCode, known, type Outcome, unknown } from '../gap.js'
import {
  maxKeptPackumentBytes,
  maxPackumentBytes,
  maxTarballBytes,
  packumentDeadlineMs,
  registryIdleMs,
  registryRetryDelayMs,
  tarballDeadlineMs,
} from '../limits.js'
import { buildExpectations, mayFetch, operatorAllows, type RegistrySources, routeOf } from './expectations.js'
import { NpmClient } from './npm-client.js'
import {
  isSecurityVersion,
  type PackumentDocument,
  type PublishedManifest,
  parsePackument,
  parsePublishedManifest,
} from './packument.js'
import type { Attestation, SigningKey } from './provenance/provenance.js'
import { StatementReader } from './provenance/statement-reader.js'
import { raceAbort } from './race-abort.js'
import type { PackageReference, Registry, TarballRead } from './registry.js'
import type { Packument, Publication, RegistryManifest } from './registry-facts.js'
import { RequestFailure } from './request-failure.js'
import { type Loaded, SharedLoads } from './shared-loads.js'
import { tarballUrl } from './tarball-url.js'
import { HashMismatch, parseWantedHashes, readVerified, type WantedHashes } from './verified-read.js'

export interface RegistryLimits {
  readonly maxPackumentBytes: number
  readonly maxTarballBytes: number
  readonly maxKeptPackumentBytes: number
  readonly packumentDeadlineMs: number
  readonly tarballDeadlineMs: number
  readonly idleMs: number
  readonly retryDelayMs: number
}

export const registryLimits: RegistryLimits = {
  maxPackumentBytes,
  maxTarballBytes,
  maxKeptPackumentBytes,
  packumentDeadlineMs,
  tarballDeadlineMs,
  idleMs: registryIdleMs,
  retryDelayMs: registryRetryDelayMs,
}

export interface NpmRegistryOptions extends RegistrySources {
  /** Requests under way at a time. */
  readonly concurrency: number
  /** Other than `limits.ts` has them: for tests, which cannot wait for minutes. */
  readonly limits?: Partial<RegistryLimits>
}

/** What asking a registry for a name came to. `absent` is an answer, a gap is none. */
type Answer =
  | { readonly kind: 'document'; readonly document: PackumentDocument; readonly registry: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'gap'; readonly code: GapCode; readonly detail: string }

/** The registries of one review, behind the `Registry` port. */
export function openNpmRegistry(options: NpmRegistryOptions): Registry {
  return new NpmRegistry(options)
}

class NpmRegistry implements Registry {
  readonly expectations
  readonly #sources: NpmRegistryOptions
  readonly #limits: RegistryLimits
  readonly #client: NpmClient
  readonly #queue: PQueue
  readonly #answers: SharedLoads<Answer>
  readonly #statements: StatementReader

  constructor(options: NpmRegistryOptions) {
    const { operator, concurrency, limits } = options
    this.#sources = options
    this.expectations = buildExpectations(options)
    this.#limits = { ...registryLimits, ...limits }
    this.#queue = new PQueue({ concurrency })
    this.#client = new NpmClient({
      connection: operator.connection,
      mayFetch: (url) => mayFetch(options, url),
      mayBePrivate: (url) => operatorAllows(operator, url),
      idleMs: this.#limits.idleMs,
      retryDelayMs: this.#limits.retryDelayMs,
    })
    this.#answers = new SharedLoads((name, signal) => this.#ask(name, signal), this.#limits.maxKeptPackumentBytes)
    this.#statements = new StatementReader({
      client: this.#client,
      queue: this.#queue,
      routeOf: (name) => routeOf(name, options),
      offline: operator.offline,
      deadlineMs: this.#limits.packumentDeadlineMs,
    })
  }

  async publication(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<Publication>> {
    const answer = await this.#answers.get(reference.name, signal)
    if (answer.kind === 'gap') return unknown(gapOf(reference, answer.code, 'publication', answer.detail))
    if (answer.kind === 'absent') return known({ state: 'name-absent' })
    return known({ state: stateOf(answer.document, reference.version) })
  }

  async packument(name: string, signal?: AbortSignal): Promise<Outcome<Packument>> {
    const answer = await this.#answers.get(name, signal)
    if (answer.kind === 'document') return known(answer.document.packument)
    const reference = { name, version: '' }
    if (answer.kind === 'gap') return unknown(gapOf(reference, answer.code, 'packument', answer.detail))
    return unknown(gapOf(reference, 'packument-unavailable', 'packument', 'the registry does not know this name'))
  }

  async manifest(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<RegistryManifest>> {
    const found = await this.#find(reference, signal)
    return found.known ? known(found.value.published.manifest) : found
  }

  attestations(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<readonly Attestation[]>> {
    return this.#statements.attestations(reference, signal)
  }

  signingKeys(name: string, signal?: AbortSignal): Promise<Outcome<readonly SigningKey[]>> {
    return this.#statements.signingKeys(name, signal)
  }

  async tarball<T>(
    reference: PackageReference,
    integrity: string | undefined,
    consume: (stream: Readable) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<TarballRead<T>> {
    const found = await this.#find(reference, signal)
    if (!found.known) {
      const { code, detail } = found.gap
      const same = code === 'scope-not-allowed' || code === 'limit-reached'
      return unavailable(reference, same ? code : 'tarball-unavailable', detail)
    }
    const { published, registry } = found.value
    const wanted = parseWantedHashes(integrity ?? statedIntegrity(published.manifest) ?? '')
    if (wanted.size === 0) {
      return unavailable(reference, 'integrity-unverified', 'neither lockfile nor registry has a hash of this tarball')
    }
    const url = tarballUrl(reference, published.tarball, registry)
    const read = this.#queue.add(() => this.#download(reference, { url, registry, wanted }, consume, signal))
    return raceAbort(read, signal)
  }

  async #download<T>(
    reference: PackageReference,
    { url, registry, wanted }: { url: URL; registry: string; wanted: WantedHashes },
    consume: (stream: Readable) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<TarballRead<T>> {
    signal?.throwIfAborted()
    const { tarballDeadlineMs: deadlineMs, maxTarballBytes: maxBytes } = this.#limits
    const limits = { deadlineMs, maxBytes, tooLarge: `maxTarballBytes: more than ${maxBytes} bytes packed` }
    try {
      const consumed = await this.#client.tarball(url, { registry, limits, signal }, (body, ending) =>
        readVerified(body, wanted, consume, ending),
      )
      if (consumed.kind === 'value') return { kind: 'verified', value: consumed.value }
      return unreadable(reference, consumed.error)
    } catch (error) {
      if (error instanceof HashMismatch) {
        const gap = gapOf(reference, 'integrity-unverified', 'package', error.message)
        return { kind: 'mismatch', served: error.served, gap }
      }
      if (!(error instanceof RequestFailure)) throw error
      return unavailable(reference, codeOf(error, 'tarball-unavailable'), error.message)
    }
  }

  /** The registry's manifest of a version, with where it came from. */
  async #find(
    reference: PackageReference,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<{ readonly published: PublishedManifest; readonly registry: string }>> {
    const missing = (code: GapCode, detail: string) => unknown(gapOf(reference, code, 'manifest', detail))
    const answer = await this.#answers.get(reference.name, signal)
    if (answer.kind === 'absent') return missing('manifest-unavailable', 'the registry does not know this name')
    if (answer.kind === 'gap') {
      return missing(answer.code === 'packument-unavailable' ? 'manifest-unavailable' : answer.code, answer.detail)
    }
    const text = answer.document.manifests.get(reference.version)
    if (text === undefined) return missing('manifest-unavailable', 'the registry does not know this version')
    const published = parsePublishedManifest(text)
    if (published === undefined) return missing('manifest-unavailable', "the registry's manifest cannot be read")
    return known({ published, registry: answer.registry })
  }

  async #ask(name: string, signal: AbortSignal): Promise<Loaded<Answer>> {
    const light = (answer: Answer): Loaded<Answer> => ({ value: answer, size: 256 })
    const gap = (code: GapCode, detail: string) => light({ kind: 'gap', code, detail })
    if (!isRegistryName(name)) return gap('packument-unavailable', 'this is no name that a registry can have')
    const route = routeOf(name, this.#sources)
    if (route.kind === 'not-allowed') return gap('scope-not-allowed', route.detail)
    if (this.#sources.operator.offline) return gap('packument-unavailable', 'offline')
    try {
      const value = await this.#queue.add(() => this.#fetchPackument(name, route.url, signal))
      const document = parsePackument(name, value)
      if (document === undefined) {
        return gap('packument-unavailable', `${new URL(route.url).host} answers with no document about this package`)
      }
      return { value: { kind: 'document', document, registry: route.url }, size: document.size }
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error
      if (error.status === 404) return light(this.#notFound(route.url, route.mapped))
      return gap(error.kind === 'private-address' && route.mapped ? 'scope-not-allowed' : codeOf(error), error.message)
    }
  }

  async #fetchPackument(name: string, registry: string, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    const { packumentDeadlineMs: deadlineMs, maxPackumentBytes: maxBytes } = this.#limits
    const limits = { deadlineMs, maxBytes, tooLarge: `maxPackumentBytes: more than ${maxBytes} bytes` }
    return await this.#client.packument(name, { registry, limits, signal })
  }

  /** A private registry that answers 404 to a stranger hides its packages as npm's own does: absent is not proven. */
  #notFound(registry: string, mapped: boolean): Answer {
    if (!mapped || this.#client.hasCredentials(registry)) return { kind: 'absent' }
    const detail = `HTTP 404 from ${new URL(registry).host} without credentials: it may be private`
    return { kind: 'gap', code: 'packument-unavailable', detail }
  }
}

function stateOf({ packument, manifests, withdrawn }: PackumentDocument, version: string): Publication['state'] {
  if (packument.unpublished) return 'unpublished'
  if (packument.securityHolding || isSecurityVersion(version)) return 'security-holding'
  if (manifests.has(version)) return 'published'
  if (isSecurityVersion(packument.distTags.latest ?? '')) return 'security-holding'
  return withdrawn.has(version) ? 'unpublished' : 'version-absent'
}

/** pacote takes any text for something: a path, an address, a tag. */
function isRegistryName(name: string): boolean {
  try {
    const spec = npa.resolve(name, '*')
    return spec.registry === true && spec.name === name
  } catch (error) {
    // npm-package-arg says by this code that a name breaks npm's rules.
    if (error instanceof Error && 'code' in error && error.code === 'EINVALIDPACKAGENAME') return false
    throw error
  }
}

function statedIntegrity({ integrity, shasum }: RegistryManifest): string | undefined {
  return integrity ?? (shasum === undefined ? undefined : `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`)
}

const codeOf = (failure: RequestFailure, otherwise: GapCode = 'packument-unavailable'): GapCode =>
  failure.kind === 'limit' ? 'limit-reached' : otherwise

function gapOf({ name, version }: PackageReference, code: GapCode, fact: string, detail: string): Gap {
  return { code, package: version === '' ? name : `${name}@${version}`, fact, detail }
}

const unavailable = (reference: PackageReference, code: GapCode, detail: string): TarballRead<never> => ({
  kind: 'unavailable',
  gap: gapOf(reference, code, 'package', detail),
})

/** The bytes are the wanted ones and the consumer could not read them. Every other error of its is a bug and stays one. */
function unreadable(reference: PackageReference, error: unknown): TarballRead<never> {
  if (error instanceof Error && error.name === 'TarballInvalid') {
    return unavailable(reference, 'tarball-invalid', error.message)
  }
  throw error
}
