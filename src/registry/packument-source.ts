import npa from 'npm-package-arg'
import type PQueue from 'p-queue'
import type { GapCode } from '../gap.js'
import { maxKeptResponseCharacters } from '../limits.js'
import { type RegistrySources, routeOf } from './expectations.js'
import { readKept, readKeptValidators, writeKept } from './kept-packument.js'
import type { KeptResponses, Validators } from './kept-responses.js'
import type { NpmClient, PackumentForm } from './npm-client.js'
import { type PackumentDocument, parsePackument } from './packument.js'
import { RequestFailure } from './request-failure.js'
import type { Loaded } from './shared-loads.js'

/** What asking a registry for a name came to. `absent` is an answer, a gap is none. */
export type Answer =
  | { readonly kind: 'document'; readonly document: PackumentDocument; readonly registry: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'gap'; readonly code: GapCode; readonly detail: string }

export interface PackumentSourceOptions {
  readonly sources: RegistrySources
  readonly client: NpmClient
  readonly queue: PQueue
  readonly deadlineMs: number
  readonly maxBytes: number
  /** Of one answer; larger ones are asked for each time. */
  readonly maxKeptCharacters?: number
  readonly kept?: KeptResponses
}

/** Asks the registry that a name belongs to, and keeps what it answers for the next review: that one asks only whether it still holds. */
export class PackumentSource {
  readonly #options: PackumentSourceOptions

  constructor(options: PackumentSourceOptions) {
    this.#options = options
  }

  async load(name: string, form: PackumentForm, signal: AbortSignal): Promise<Loaded<Answer>> {
    const { sources } = this.#options
    const gap = (code: GapCode, detail: string) => light({ kind: 'gap', code, detail })
    if (!isRegistryName(name)) return gap('packument-unavailable', 'this is no name that a registry can have')
    const route = routeOf(name, sources)
    if (route.kind === 'not-allowed') return gap('scope-not-allowed', route.detail)
    if (sources.operator.offline) return gap('packument-unavailable', 'offline')
    try {
      const document = await this.#read({ name, form, registry: route.url }, signal)
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

  /** Whether a document is kept, so that asking for it would cost nothing but the question. */
  async hasKept(name: string, form: PackumentForm): Promise<boolean> {
    const route = routeOf(name, this.#options.sources)
    if (route.kind === 'not-allowed' || this.#options.kept === undefined) return false
    return (await this.#readKept(await this.#keyOf({ name, form, registry: route.url }))) !== undefined
  }

  async #read(wanted: Wanted, signal: AbortSignal): Promise<PackumentDocument | undefined> {
    const { kept, maxKeptCharacters = maxKeptResponseCharacters } = this.#options
    if (kept === undefined) return (await this.#ask(wanted, undefined, signal)).document
    const key = await this.#keyOf(wanted)
    const old = await this.#readKept(key)
    const answer = await this.#ask(wanted, old?.validators, signal)
    if (answer.kind === 'not-modified') {
      const document = old && readKept(old.text)
      if (document !== undefined) return document
    }
    // What is kept is damaged, so that the registry has to be asked for all of it.
    const fresh = answer.kind === 'not-modified' ? await this.#ask(wanted, undefined, signal) : answer
    if (fresh.document !== undefined && fresh.validators !== undefined) {
      const text = writeKept(fresh.document, fresh.validators, key)
      if (text.length <= maxKeptCharacters) await kept.put(key, text)
    }
    return fresh.document
  }

  async #readKept(key: string): Promise<{ readonly text: string; readonly validators: Validators } | undefined> {
    const text = await this.#options.kept?.get(key)
    const validators = text === undefined ? undefined : readKeptValidators(text, key)
    return text === undefined || validators === undefined ? undefined : { text, validators }
  }

  async #ask(
    { name, form, registry }: Wanted,
    validators: Validators | undefined,
    signal: AbortSignal,
  ): Promise<{
    readonly kind: 'document' | 'not-modified'
    readonly document?: PackumentDocument
    readonly validators?: Validators
  }> {
    const { client, queue, deadlineMs, maxBytes } = this.#options
    const limits = { deadlineMs, maxBytes, tooLarge: `maxPackumentBytes: more than ${maxBytes} bytes` }
    const answer = await queue.add(async () => {
      signal.throwIfAborted()
      return await client.packument(name, { form, ...(validators && { validators }) }, { registry, limits, signal })
    })
    if (answer.kind === 'not-modified') return answer
    const document = parsePackument(name, answer.value, form === 'small')
    return {
      kind: 'document',
      ...(document && { document }),
      ...(answer.validators && { validators: answer.validators }),
    }
  }

  /** `1`: the form of what is kept; a text of another form is never found. */
  async #keyOf({ name, form, registry }: Wanted): Promise<string> {
    const credentials = await this.#options.client.credentialKey(registry)
    return ['packument', '1', form, registry, credentials, name].join('|')
  }

  /** A private registry that answers 404 to a stranger hides its packages as npm's own does: absent is not proven. */
  #notFound(registry: string, mapped: boolean): Answer {
    if (!mapped || this.#options.client.hasCredentials(registry)) return { kind: 'absent' }
    const detail = `HTTP 404 from ${new URL(registry).host} without credentials: it may be private`
    return { kind: 'gap', code: 'packument-unavailable', detail }
  }
}

interface Wanted {
  readonly name: string
  readonly form: PackumentForm
  readonly registry: string
}

const light = (answer: Answer): Loaded<Answer> => ({ value: answer, size: 256 })

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

export const codeOf = (failure: RequestFailure, otherwise: GapCode = 'packument-unavailable'): GapCode =>
  failure.kind === 'limit' ? 'limit-reached' : otherwise
