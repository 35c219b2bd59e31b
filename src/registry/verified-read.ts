import { createHash, getHashes, type Hash } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import ssri from 'ssri'
import { maxIntegrityCharacters } from '../limits.js'
import { raceAbort } from './race-abort.js'
import { RequestFailure } from './request-failure.js'

/** Algorithm → the digests (base64) of which the bytes must have one. Every algorithm must be met. */
export type WantedHashes = ReadonlyMap<string, ReadonlySet<string>>

/** Empty when the text holds no hash that can be computed here. */
export function parseWantedHashes(integrity: string): WantedHashes {
  const wanted = new Map<string, ReadonlySet<string>>()
  if (integrity.length > maxIntegrityCharacters) return wanted
  const available = new Set(getHashes())
  for (const [algorithm, hashes] of Object.entries(ssri.parse(integrity) ?? {})) {
    if (!Array.isArray(hashes) || !available.has(algorithm)) continue
    const digests = hashes.map(({ digest }) => digest).filter((digest) => digest !== '')
    if (digests.length > 0) wanted.set(algorithm, new Set(digests))
  }
  return wanted
}

/** The bytes were not the wanted ones. `served` is their hash, of the first algorithm that was not met. */
export class HashMismatch extends RequestFailure {
  constructor(
    readonly served: string,
    readonly expected: string,
  ) {
    // npm asks once more: an interrupted download and a broken cache look the same.
    super('content', `the registry serves ${served} where ${expected} is expected`, undefined, true)
  }
}

/** What became of a consumer over bytes that turned out to be the wanted ones. */
export type Consumed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'rejected'; readonly error: unknown }

/**
 * Hands a body to `consume` while hashing all of it, also what the consumer leaves unread. Resolves only when every
 * wanted hash is met; rejects with a HashMismatch or with the body's own error.
 */
export async function readVerified<T>(
  body: AsyncIterable<Buffer>,
  wanted: WantedHashes,
  consume: (stream: Readable) => Promise<T>,
  signal: AbortSignal,
): Promise<Consumed<T>> {
  const view = new PassThrough()
  // The consumer sees its stream's errors; without it they would end the process.
  view.on('error', () => {})
  let settled = false
  const consumed = consume(view)
    .then(
      (value): Consumed<T> => ({ kind: 'value', value }),
      (error: unknown): Consumed<T> => ({ kind: 'rejected', error }),
    )
    .finally(() => {
      settled = true
    })
  const hashes = new Map([...wanted.keys()].map((algorithm) => [algorithm, createHash(algorithm)]))
  try {
    for await (const chunk of body) {
      for (const hash of hashes.values()) hash.update(chunk)
      if (!settled && !view.destroyed && !view.write(chunk)) {
        await raceAbort(Promise.race([drained(view), consumed]), signal)
      }
    }
    verify(hashes, wanted)
  } catch (error) {
    view.destroy(error as Error)
    throw error
  }
  view.end()
  return await raceAbort(consumed, signal)
}

/** Also when the consumer destroyed its stream. */
function drained(view: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      view.off('drain', done)
      view.off('close', done)
      resolve()
    }
    view.on('drain', done)
    view.on('close', done)
  })
}

function verify(hashes: ReadonlyMap<string, Hash>, wanted: WantedHashes): void {
  for (const [algorithm, digests] of wanted) {
    const served = hashes.get(algorithm)?.digest('base64') ?? ''
    if (digests.has(served)) continue
    throw new HashMismatch(
      `${algorithm}-${served}`,
      [...digests].map((digest) => `${algorithm}-${digest}`).join(' or '),
    )
  }
}
