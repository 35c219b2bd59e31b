import { createHash, hash } from 'node:crypto'
import { fileKind, kindHeadBytes } from './file-kind.js'
import type { FileKind } from './package-facts.js'

export interface ReadFile {
  readonly sha256: string
  readonly kind: FileKind
  /** The whole file, where it is text and was to be kept. */
  readonly text?: Buffer
  /** The whole file, whatever it is, where it was to be held. */
  readonly bytes?: Buffer
}

export interface Keep {
  /** Keep it if it is text. */
  readonly text: boolean
  /** Keep it. */
  readonly bytes: boolean
}

/** One file as it streams by: hashed, recognised by its first bytes, and kept only as far as `keep` says so. */
export class FileReader {
  readonly #bytes: number
  readonly #keep: Keep
  #chunks: Buffer[] = []
  #heldBytes = 0
  #kind: FileKind | undefined
  #hash: ReturnType<typeof createHash> | undefined

  constructor(bytes: number, keep: Keep) {
    this.#bytes = bytes
    this.#keep = keep
  }

  write(chunk: Buffer): void {
    if (chunk.length < this.#bytes) {
      this.#hash ??= createHash('sha256')
      this.#hash.update(chunk)
    }
    if (this.#kind !== undefined && !this.#isKept()) return
    // A copy: a slice would hold the whole of zlib's buffer.
    this.#chunks.push(Buffer.from(chunk))
    this.#heldBytes += chunk.length
    if (this.#kind === undefined && (this.#heldBytes >= kindHeadBytes || this.#heldBytes === this.#bytes))
      this.#decide()
  }

  end(): ReadFile {
    if (this.#kind === undefined) this.#decide()
    const kind = this.#kind ?? 'empty'
    const whole = this.#isKept() ? this.#join() : undefined
    const sha256 = this.#hash?.digest('hex') ?? hash('sha256', this.#join(), 'hex')
    if (whole === undefined) return { sha256, kind }
    return {
      sha256,
      kind,
      ...(this.#keep.text && this.#isText() && { text: whole }),
      ...(this.#keep.bytes && { bytes: whole }),
    }
  }

  #decide(): void {
    const head = this.#join()
    this.#kind = fileKind(head)
    // The chunks of a file that came in one piece are still needed for its hash.
    if (!this.#isKept() && this.#hash !== undefined) this.#chunks = []
  }

  #isKept(): boolean {
    return this.#keep.bytes || (this.#keep.text && this.#isText())
  }

  #isText(): boolean {
    return this.#kind === 'text' || this.#kind === 'empty'
  }

  #join(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? Buffer.alloc(0)
  }
}
