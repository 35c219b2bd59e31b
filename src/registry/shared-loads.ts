import { raceAbort } from './race-abort.js'

/** What a load gave, and how much of the budget it takes. */
export interface Loaded<T> {
  readonly value: T
  readonly size: number
}

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiters: number
}

/**
 * Loads each key once: callers that come while it is under way share it, later ones get what is kept. What is kept is
 * bounded by size, the least recently used goes first. A load ends early only when every caller's signal has aborted.
 */
export class SharedLoads<T> {
  readonly #flights = new Map<string, Flight<T>>()
  readonly #kept = new Map<string, Loaded<T>>()
  #size = 0

  constructor(
    private readonly load: (key: string, signal: AbortSignal) => Promise<Loaded<T>>,
    private readonly maxSize: number,
  ) {}

  /** Whether it is kept or on its way. */
  has(key: string): boolean {
    return this.#kept.has(key) || this.#flights.has(key)
  }

  async get(key: string, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const kept = this.#kept.get(key)
    if (kept) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept.value
    }
    const flight = this.#flights.get(key) ?? this.#start(key)
    flight.waiters += 1
    try {
      return await raceAbort(flight.result, signal)
    } finally {
      flight.waiters -= 1
      if (flight.waiters === 0) flight.controller.abort()
    }
  }

  #start(key: string): Flight<T> {
    const controller = new AbortController()
    const result = this.load(key, controller.signal).then((loaded) => {
      this.#keep(key, loaded)
      return loaded.value
    })
    const flight: Flight<T> = { result, controller, waiters: 0 }
    const land = (): void => {
      // An aborted flight may land after the next one for the same key has started.
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
    this.#flights.set(key, flight)
    controller.signal.addEventListener('abort', land)
    // Whoever waits sees a rejection through `result`; where nobody does any more, nobody needs it.
    result.then(land, land)
    return flight
  }

  #keep(key: string, loaded: Loaded<T>): void {
    this.#kept.set(key, loaded)
    this.#size += loaded.size
    for (const [oldest, { size }] of this.#kept) {
      if (this.#size <= this.maxSize || oldest === key) break
      this.#kept.delete(oldest)
      this.#size -= size
    }
  }
}
