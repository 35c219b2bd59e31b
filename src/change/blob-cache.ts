/** Bytes by id, at most `maxBytes` of them: the oldest go first. */
export class BlobCache {
  readonly #blobs = new Map<string, Buffer>()
  #bytes = 0

  constructor(private readonly maxBytes: number) {}

  get(id: string): Buffer | undefined {
    return this.#blobs.get(id)
  }

  add(id: string, bytes: Buffer): void {
    if (bytes.length > this.maxBytes || this.#blobs.has(id)) return
    this.#blobs.set(id, bytes)
    this.#bytes += bytes.length
    for (const [oldest, { length }] of this.#blobs) {
      if (this.#bytes <= this.maxBytes) break
      this.#blobs.delete(oldest)
      this.#bytes -= length
    }
  }
}
