import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ArchiveContent } from './archive-content.js'
import type { CodeCollector } from './code/code-collector.js'
import { gunzipInto } from './gunzip-into.js'
import type { LimitHit } from './package-facts.js'
import { defaultPackageLimits, LimitReached, type PackageLimits } from './package-limits.js'
import { TarReader } from './tar-reader.js'
import type { UnpackedPackage } from './unpacked-package.js'

export interface UnpackOptions {
  /** Lower limits, for tests and for callers that can afford less. */
  readonly limits?: Partial<PackageLimits>
  readonly signal?: AbortSignal
  /** Gets each file of code as soon as it is unpacked. */
  readonly code?: CodeCollector
  /** Milliseconds of a clock that only goes forward. */
  readonly clock?: () => number
}

/**
 * Reads a tarball in memory, never writing it anywhere. Everything odd in it is told rather than skipped; where a limit is
 * hit, the rest is not unpacked (but hashed, while it is not too long). Rejects with TarballInvalid where npm would refuse
 * the tarball, with the stream's own error, and when `signal` aborts.
 */
export async function unpack(stream: Readable, options: UnpackOptions = {}): Promise<UnpackedPackage> {
  const limits = { ...defaultPackageLimits, ...options.limits }
  const clock = options.clock ?? (() => performance.now())
  let deadline = clock() + limits.maxUnpackMillis
  const content = new ArchiveContent(limits, options.code)
  const reader = new TarReader(content)
  const hash = createHash('sha512')
  const heedTime = (): void => {
    if (clock() > deadline) throw new LimitReached('maxUnpackMillis', `more than ${limits.maxUnpackMillis} ms`)
  }
  const unzipper = gunzipInto((chunk) => {
    heedTime()
    content.countUnpacked(chunk.length)
    reader.write(chunk)
  })
  let hit: LimitHit | undefined
  try {
    for await (const piece of stream) {
      options.signal?.throwIfAborted()
      const chunk: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(piece)
      const end = await limitOf(() => {
        content.countPacked(chunk.length)
        heedTime()
      })
      if (end !== undefined) {
        hit = end
        break
      }
      hash.update(chunk)
      hit ??= await limitOf(() => unzipper.write(chunk))
      if (hit !== undefined) unzipper.stop()
      // Bytes whose code waits to be read are held in memory: the network waits with them.
      const paused = clock()
      await options.code?.ready()
      // The time is the network's and the archive's: others' files are no reason to end this one.
      deadline += clock() - paused
    }
    hit ??= await limitOf(async () => {
      const { claimedBytes } = await unzipper.end()
      reader.end()
      content.compareSizes(claimedBytes)
    })
  } finally {
    unzipper.stop()
  }
  // Another run could read more of a slow stream: facts without an integrity are no one's to keep.
  const isWhole = hit?.limit !== 'maxPackedBytes' && hit?.limit !== 'maxUnpackMillis'
  return { ...content.result(hit), integrity: isWhole ? `sha512-${hash.digest('base64')}` : '' }
}

async function limitOf(step: () => Promise<void> | void): Promise<LimitHit | undefined> {
  try {
    await step()
    return undefined
  } catch (error) {
    if (error instanceof LimitReached) return error.hit
    throw error
  }
}
