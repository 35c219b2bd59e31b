import { createGunzip, type Gunzip } from 'node:zlib'
import { TarballInvalid } from './tarball-invalid.js'

export interface TarballTail {
  /** The size that the last gzip member claims of itself, modulo 2^32; undefined for an archive without gzip. */
  readonly claimedBytes: number | undefined
}

/** Takes a tarball in pieces and hands on the archive in it. As npm does, an archive without gzip around it is taken as it is. */
export interface Unzipper {
  /** Resolves when the piece has been read through, so that no more than one piece is ever waiting. */
  write(chunk: Buffer): Promise<void>
  end(): Promise<TarballTail>
  /** Frees the decompressor; later pieces are ignored. */
  stop(): void
}

/** `onChunk` may throw: then the piece under way rejects with what it threw. Rejects with TarballInvalid for bad gzip. */
export function gunzipInto(onChunk: (chunk: Buffer) => void): Unzipper {
  let head: Buffer | undefined = Buffer.alloc(0)
  let gunzip: Gunzip | undefined
  let failure: unknown
  // zlib's own buffer may be smaller than the eight bytes of the trailer that the last piece brings.
  let trailer = Buffer.alloc(0)
  let stopped = false

  const open = (): Gunzip => {
    const stream = createGunzip({ chunkSize: 64 * 1024 })
    stream.on('error', (error) => {
      failure ??= new TarballInvalid(`bad gzip: ${error.message}`, { cause: error })
    })
    stream.on('data', (chunk: Buffer) => {
      if (failure !== undefined) return
      try {
        onChunk(chunk)
      } catch (error) {
        failure = error
        stream.destroy()
      }
    })
    return stream
  }

  const feed = async (chunk: Buffer): Promise<void> => {
    if (gunzip === undefined) return onChunk(chunk)
    trailer = Buffer.concat([trailer, chunk.subarray(-8)]).subarray(-8)
    const stream = gunzip
    // zlib forgets the callback of a write that it fails on; then only `close` tells.
    await new Promise<void>((resolve) => {
      stream.once('close', resolve)
      stream.write(chunk, () => {
        stream.off('close', resolve)
        resolve()
      })
    })
    if (failure !== undefined) throw failure
  }

  return {
    async write(chunk) {
      if (stopped) return
      if (head === undefined) return feed(chunk)
      const start = Buffer.concat([head, chunk])
      head = start
      if (start.length < 2) return
      head = undefined
      if (start[0] === 0x1f && start[1] === 0x8b) gunzip = open()
      return feed(start)
    },
    async end() {
      if (stopped || gunzip === undefined) return { claimedBytes: undefined }
      const stream = gunzip
      await new Promise<void>((resolve) => {
        stream.once('close', resolve)
        stream.end()
      })
      if (failure !== undefined) throw failure
      return { claimedBytes: trailer.length < 8 ? undefined : trailer.readUInt32LE(4) }
    },
    stop() {
      stopped = true
      gunzip?.destroy()
    },
  }
}
