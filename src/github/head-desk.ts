import type { RepositoryReference } from './repository.js'

/** One commit's key. */
export const deskKey = ({ id }: RepositoryReference, sha: string): string => `${id}@${sha}`

/**
 * Who of this process works on which commit's check run. Two pull requests can have one head, and so one check run: what is
 * read from it and then written must not be interleaved, and only the last one at work may complete it.
 */
export class HeadDesk {
  readonly #tails = new Map<string, Promise<unknown>>()
  readonly #atWork = new Map<string, number>()

  /** Runs `task` when all earlier tasks of `key` have ended. */
  async alone<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const turn = before.then(task)
    // The outcome belongs to the caller; the next one only waits for the end.
    const tail = turn.catch(() => undefined)
    this.#tails.set(key, tail)
    try {
      return await turn
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    }
  }

  /** The function returned signs off, once, however often it is called. */
  enter(key: string): () => void {
    this.#atWork.set(key, this.atWork(key) + 1)
    let here = true
    return () => {
      if (!here) return
      here = false
      const left = this.atWork(key) - 1
      if (left > 0) this.#atWork.set(key, left)
      else this.#atWork.delete(key)
    }
  }

  atWork(key: string): number {
    return this.#atWork.get(key) ?? 0
  }
}
