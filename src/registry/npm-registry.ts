import type { Readable } from 'node:stream'
import PQueue from 'p-queue'
import { type Gap, type GapCode, known, type Outcome, unknown } from '../gap.js'
import {
  maxKeptPackumentBytes,
  maxKeptResponseCharacters,
  maxPackumentBytes,
  maxTarballBytes,
  packumentDeadlineMs,
  registryIdleMs,
  registryRetryDelayMs,
  statementDeadlineMs,
  tarballDeadlineMs,
} from '../limits.js'
import { buildExpectations, mayFetch, operatorAllows, type RegistrySources, routeOf } from './expectations.js'
import type { KeptResponses } from './kept-responses.js'
import { type Namesake, Namesakes } from './namesakes.js'
import { NpmClient } from './npm-client.js'
import {
  isSecurityVersion,
  type PackumentDocument,
  type PublishedManifest,
  parsePublishedManifest,
} from './packument.js'
import { type Answer, codeOf, PackumentSource } from './packument-source.js'
import { KeptBuilds } from './provenance/kept-builds.js'
import type { Attestation, Build, SigningKey } from './provenance/provenance.js'
import { StatementReader } from './provenance/statement-reader.js'
import { raceAbort } from './race-abort.js'
import type { PackageReference, Registry, TarballRead } from './registry.js'
import type { Packument, Publication, PublishedVersions, RegistryManifest } from './registry-facts.js'
import { RequestFailure } from './request-failure.js'
import { SharedLoads } from './shared-loads.js'
import { tarballUrl } from './tarball-url.js'
import { HashMismatch, parseWantedHashes, readVerified, type WantedHashes } from './verified-read.js'

export interface RegistryLimits {
  readonly maxPackumentBytes: number
  readonly maxTarballBytes: number
  readonly maxKeptPackumentBytes: number
  readonly maxKeptResponseCharacters: number
  readonly packumentDeadlineMs: number
  readonly tarballDeadlineMs: number
  readonly idleMs: number
  readonly retryDelayMs: number
}

export const registryLimits: RegistryLimits = {
  maxPackumentBytes,
  maxTarballBytes,
  maxKeptPackumentBytes,
  maxKeptResponseCharacters,
  packumentDeadlineMs,
  tarballDeadlineMs,
  idleMs: registryIdleMs,
  retryDelayMs: registryRetryDelayMs,
}

export interface NpmRegistryOptions extends RegistrySources {
  /** Requests under way at a time. */
  readonly concurrency: number
  /** Where answers outlive this review; without it each review asks for everything. */
  readonly kept?: KeptResponses
  /** Other than `limits.ts` has them: for tests, which cannot wait for minutes. */
  readonly limits?: Partial<RegistryLimits>
}

/** The registries of one review, behind the `Registry` port. */
export function openNpmRegistry(options: NpmRegistryOptions): Registry {
  return new NpmRegistry(options)
}

class NpmRegistry implements Registry {
  readonly expectations
  readonly #limits: RegistryLimits
  readonly #client: NpmClient
  readonly #queue: PQueue
  readonly #source: PackumentSource
  readonly #answers: SharedLoads<Answer>
  readonly #outlines: SharedLoads<Answer>
  readonly #statements: StatementReader
  readonly #builds: KeptBuilds
  readonly #namesakes: Namesakes

  constructor(options: NpmRegistryOptions) {
    const { operator, concurrency, limits } = options
    this.expectations = buildExpectations(options)
    this.#limits = { ...registryLimits, ...limits }
    this.#queue = new PQueue({ concurrency })
    const client = {
      mayFetch: (url: URL) => mayFetch(options, url),
      mayBePrivate: (url: URL) => operatorAllows(operator, url),
      idleMs: this.#limits.idleMs,
      retryDelayMs: this.#limits.retryDelayMs,
    }
    this.#client = new NpmClient({ ...client, connection: operator.connection })
    const deadlineMs = this.#limits.packumentDeadlineMs
    this.#namesakes = new Namesakes({
      operator,
      client,
      queue: this.#queue,
      deadlineMs,
      ...(options.kept && { kept: options.kept }),
    })
    this.#source = new PackumentSource({
      sources: options,
      client: this.#client,
      queue: this.#queue,
      deadlineMs: this.#limits.packumentDeadlineMs,
      maxBytes: this.#limits.maxPackumentBytes,
      maxKeptCharacters: this.#limits.maxKeptResponseCharacters,
      ...(options.kept && { kept: options.kept }),
    })
    const { maxKeptPackumentBytes: most } = this.#limits
    this.#answers = new SharedLoads((name, signal) => this.#source.load(name, 'full', signal), most)
    this.#outlines = new SharedLoads((name, signal) => this.#source.load(name, 'small', signal), most)
    this.#statements = new StatementReader({
      client: this.#client,
      queue: this.#queue,
      routeOf: (name) => routeOf(name, options),
      offline: operator.offline,
      deadlineMs: statementDeadlineMs,
    })
    this.#builds = new KeptBuilds({
      kept: options.kept,
      routeOf: (name) => routeOf(name, options),
      credentialKey: (registry) => this.#client.credentialKey(registry),
    })
  }

  async publication(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<Publication>> {
    const answer = await this.#answers.get(reference.name, signal)
    if (answer.kind === 'gap') return unknown(gapOf(reference, answer.code, 'publication', answer.detail))
    if (answer.kind === 'absent') return known({ state: 'name-absent' })
    return known({ state: stateOf(answer.document, reference.version) })
  }

  async versions(name: string, signal?: AbortSignal): Promise<Outcome<PublishedVersions>> {
    // The full document is as good where it is at hand.
    const full = this.#answers.has(name) || (await this.#source.hasKept(name, 'full'))
    return full ? this.packument(name, signal) : toPackument(name, await this.#outlines.get(name, signal))
  }

  async packument(name: string, signal?: AbortSignal): Promise<Outcome<Packument>> {
    return toPackument(name, await this.#answers.get(name, signal))
  }

  async manifest(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<RegistryManifest>> {
    const found = await this.#find(reference, signal)
    return found.known ? known(found.value.published.manifest) : found
  }

  attestations(reference: PackageReference, signal?: AbortSignal): Promise<Outcome<readonly Attestation[]>> {
    return this.#statements.attestations(reference, signal)
  }

  keptBuild(reference: PackageReference, by: string): Promise<Build | undefined> {
    return this.#builds.get(reference, by)
  }

  keepBuild(reference: PackageReference, by: string, build: Build): Promise<void> {
    return this.#builds.put(reference, by, build)
  }

  signingKeys(name: string, signal?: AbortSignal): Promise<Outcome<readonly SigningKey[]>> {
    return this.#statements.signingKeys(name, signal)
  }

  namesake(name: string, signal?: AbortSignal): Promise<Outcome<Namesake>> {
    return this.#namesakes.of(name, signal)
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
}

function toPackument(name: string, answer: Answer): Outcome<Packument> {
  if (answer.kind === 'document') return known(answer.document.packument)
  const reference = { name, version: '' }
  if (answer.kind === 'gap') return unknown(gapOf(reference, answer.code, 'packument', answer.detail))
  return unknown(gapOf(reference, 'packument-unavailable', 'packument', 'the registry does not know this name'))
}

function stateOf({ packument, manifests, withdrawn }: PackumentDocument, version: string): Publication['state'] {
  if (packument.unpublished) return 'unpublished'
  if (packument.securityHolding || isSecurityVersion(version)) return 'security-holding'
  if (manifests.has(version)) return 'published'
  if (isSecurityVersion(packument.distTags.latest ?? '')) return 'security-holding'
  return withdrawn.has(version) ? 'unpublished' : 'version-absent'
}

function statedIntegrity({ integrity, shasum }: RegistryManifest): string | undefined {
  return integrity ?? (shasum === undefined ? undefined : `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`)
}

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
