/** Where nothing that runs is expected. Still kept while there is room: an install script may run any text. */
const rarelyRun = /\.(?:map|md|css|html|svg|txt|d\.[cm]?ts)$/i

/** Texts of one package within a number of bytes. When there are too many, what rarely runs goes first, then the largest. */
export class KeptTexts {
  readonly #maxBytes: number
  readonly #texts = new Map<string, Buffer>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Undefined forgets an earlier text of that path. */
  set(path: string, text: Buffer | undefined): void {
    this.#bytes += (text?.length ?? 0) - (this.#texts.get(path)?.length ?? 0)
    if (text === undefined) this.#texts.delete(path)
    else this.#texts.set(path, text)
    if (this.#bytes > this.#maxBytes) this.#shrink()
  }

  all(): ReadonlyMap<string, Buffer> {
    return this.#texts
  }

  /** To the half, so that a package of many texts is not sorted anew for each of them. */
  #shrink(): void {
    const inOrder = [...this.#texts].sort(
      ([a, textA], [b, textB]) => Number(rarelyRun.test(b)) - Number(rarelyRun.test(a)) || textB.length - textA.length,
    )
    for (const [path, text] of inOrder) {
      if (this.#bytes <= this.#maxBytes / 2) return
      this.#texts.delete(path)
      this.#bytes -= text.length
    }
  }
}
