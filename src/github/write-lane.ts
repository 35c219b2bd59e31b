import { type Clock, pause } from '../clock.js'

/**
 * The writes of one installation, one after another and `spacingMs` apart: GitHub's secondary limits count content created
 * at a time, and punish the installation, not the request.
 */
export class WriteLane {
  readonly #clock: Clock
  readonly #spacingMs: number
  #tail: Promise<unknown> = Promise.resolve()
  #freeAt = 0

  constructor(clock: Clock, spacingMs: number) {
    this.#clock = clock
    this.#spacingMs = spacingMs
  }

  run<T>(write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#tail.then(async () => {
      signal?.throwIfAborted()
      const wait = this.#freeAt - this.#clock.now()
      if (wait > 0) await pause(this.#clock, wait, signal)
      try {
        return await write()
      } finally {
        this.#freeAt = this.#clock.now() + this.#spacingMs
      }
    })
    // The outcome belongs to the caller; the next write only waits for its end.
    this.#tail = turn.catch(() => undefined)
    return turn
  }
}
