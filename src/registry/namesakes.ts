import type PQueue from 'p-queue'
import { known, type Outcome, unknown } from '../gap.js'
import { maxKeptPackumentBytes, maxPackumentBytes } from '../limits.js'
import type { KeptResponses } from './kept-responses.js'
import { NpmClient, type NpmClientOptions } from './npm-client.js'
import type { Operator } from './operator.js'
import { type Answer, PackumentSource } from './packument-source.js'
import { SharedLoads } from './shared-loads.js'

/** What the default registry has under a name that is an organisation's own. */
export type Namesake =
  | { readonly state: 'absent' }
  | { readonly state: 'published'; readonly versions: readonly string[] }
  /** Somebody had it, or npm holds it so that nobody can. */
  | { readonly state: 'held' }

export interface NamesakesOptions {
  readonly operator: Operator
  readonly client: Omit<NpmClientOptions, 'connection'>
  readonly queue: PQueue
  readonly deadlineMs: number
  readonly kept?: KeptResponses
}

/**
 * Asks the default registry for names that belong to another one: by name only, as anybody can, with none of the operator's credentials. The
 * answer says whether an installer that is led astray would find something there.
 */
export class Namesakes {
  readonly #answers: SharedLoads<Answer>

  constructor({ operator, client, queue, deadlineMs, kept }: NamesakesOptions) {
    const connection = withoutCredentials(operator.connection)
    const source = new PackumentSource({
      sources: { operator: { ...operator, scopes: {}, connection } },
      client: new NpmClient({ ...client, connection }),
      queue,
      deadlineMs,
      maxBytes: maxPackumentBytes,
      ...(kept && { kept }),
    })
    this.#answers = new SharedLoads((name, signal) => source.load(name, 'small', signal), maxKeptPackumentBytes)
  }

  async of(name: string, signal?: AbortSignal): Promise<Outcome<Namesake>> {
    const answer = await this.#answers.get(name, signal)
    if (answer.kind === 'absent') return known({ state: 'absent' })
    if (answer.kind === 'gap') {
      return unknown({ code: 'namesake-unavailable', package: name, fact: 'namesake', detail: answer.detail })
    }
    const { securityHolding, unpublished, versions } = answer.document.packument
    if (securityHolding || unpublished || versions.length === 0) return known({ state: 'held' })
    return known({ state: 'published', versions })
  }
}

/** Tokens and passwords stand under an address; certificates of a client prove who asks as well. */
function withoutCredentials(connection: Operator['connection']): Operator['connection'] {
  const secret = new Set(['cert', 'key', '_auth', '_authToken', '_password', 'username'])
  return Object.fromEntries(
    Object.entries(connection).filter(([setting]) => !setting.startsWith('//') && !secret.has(setting)),
  )
}
