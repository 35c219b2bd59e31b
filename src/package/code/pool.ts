import { availableParallelism } from 'node:os'
import {
  codeHeapMegabytes,
  codeStackMegabytes,
  largeCodeBytes,
  maxBatchBytes,
  maxBatchFiles,
  maxFileMillis,
} from '../../limits.js'
import { unreadCode } from './bare-code.js'
import type { CodeAnalyser, CodeLane } from './code-analyser.js'
import type { Unanalysable } from './file-code.js'
import { type ChildFile, PoolChild } from './pool-child.js'
import { PoolLane, type Waiting } from './pool-lane.js'
import type { Answer } from './worker-messages.js'

/** What the death of a process costs the package whose file it was. */
const burialMillis = 1_000

export interface CodePoolOptions {
  /** Default: one a core. */
  readonly processes?: number
  /** Of processor time for one file; on the clock it may be some times that. Defaults stand in `limits.ts`. */
  readonly fileMillis?: number
  readonly heapMegabytes?: number
  readonly stackMegabytes?: number
  /** Silence of a process that keeps no time any more. */
  readonly patienceMillis?: number
  /** The entry of a child; Node 20 runs no TypeScript, so tests name the built one. */
  readonly worker?: URL
}

/**
 * Reads code in child processes: without our environment, with little memory, a clock for each file. A file that takes its reader down is
 * `unanalysable`; what was on its way with it is read again, one file at a time, so that nobody else pays for it. Processes start with the first file.
 */
export class CodePool implements CodeAnalyser {
  readonly #options: Required<CodePoolOptions>
  readonly #children = new Set<PoolChild>()
  /** Those with files that wait, the one whose turn it is first. */
  #lanes: PoolLane[] = []
  /** Were on their way when a process died: each is read alone. */
  readonly #suspects: Waiting[] = []
  readonly #underWay = new Map<number, Waiting>()
  #lastId = 0
  #closed = false

  constructor(options: CodePoolOptions = {}) {
    this.#options = {
      processes: availableParallelism(),
      fileMillis: maxFileMillis,
      heapMegabytes: codeHeapMegabytes,
      stackMegabytes: codeStackMegabytes,
      worker: new URL('./worker.js', import.meta.url),
      patienceMillis: 5 * (options.fileMillis ?? maxFileMillis) + 20_000,
      ...options,
    }
  }

  lane(): CodeLane {
    return new PoolLane((lane, file) => this.#enter(lane, file))
  }

  /** Ends the processes. What is still under way rejects. */
  async close(): Promise<void> {
    this.#closed = true
    const children = [...this.#children]
    this.#children.clear()
    const rest = [...this.#underWay.values(), ...this.#suspects.splice(0), ...this.#lanes.flatMap(({ queue }) => queue)]
    this.#underWay.clear()
    this.#lanes = []
    for (const file of rest) this.#drop(file, new Error('the pool was closed'))
    await Promise.all(children.map((child) => child.close()))
  }

  #enter(lane: PoolLane, file: Omit<ChildFile, 'id'>): Promise<Pick<Answer, 'code' | 'server'>> {
    if (this.#closed) return Promise.reject(new Error('the pool was closed'))
    return new Promise((resolve, reject) => {
      if (lane.queue.length === 0) this.#lanes.push(lane)
      lane.queue.push({ ...file, id: ++this.#lastId, lane, resolve, reject })
      this.#dispatch()
    })
  }

  #dispatch(): void {
    while (this.#suspects.length > 0 || this.#lanes.length > 0) {
      const child = this.#freeChild()
      if (child === undefined) return
      const suspect = this.#suspects.shift()
      const batch = suspect === undefined ? this.#takeBatch() : [suspect]
      if (batch.length === 0) return
      for (const file of batch) this.#underWay.set(file.id, file)
      child.send(batch, suspect !== undefined)
    }
  }

  /**
   * One at work and one at hand keep a child busy. Another is started only when all have their hands full: until V8 knows the code that reads, a
   * child takes as much time for itself as for megabytes of files.
   */
  #freeChild(): PoolChild | undefined {
    const isFree = (child: PoolChild): boolean => (this.#suspects.length > 0 ? child.files === 0 : child.hasRoom)
    const [least] = [...this.#children].filter(isFree).sort((one, other) => one.bytes - other.bytes)
    if (least !== undefined) return least
    return this.#children.size < this.#options.processes ? this.#startChild() : undefined
  }

  #startChild(): PoolChild {
    const child = new PoolChild(this.#options, {
      answered: (answer) => this.#settle(answer),
      rested: () => this.#dispatch(),
      died: (why, files) => this.#bury(child, why, files),
      neverStarted: (why, files) => this.#refuse(child, why, files),
    })
    this.#children.add(child)
    return child
  }

  /** From the lane whose turn it is, which then waits for its next. Empty where all wait for a large file to be read. */
  #takeBatch(): readonly Waiting[] {
    // Trees of large files are most of the memory that a review needs: never two at a time.
    const isTaken = [...this.#underWay.values()].some(isLarge)
    const turn = this.#lanes.findIndex(({ queue: [first] }) => !isTaken || first === undefined || !isLarge(first))
    const [lane] = turn === -1 ? [] : this.#lanes.splice(turn, 1)
    if (lane === undefined) return []
    let bytes = 0
    let files = 0
    for (const file of lane.queue) {
      if (files === maxBatchFiles || (files > 0 && bytes + file.bytes.length > maxBatchBytes)) break
      files += 1
      bytes += file.bytes.length
    }
    const batch = lane.queue.splice(0, files)
    if (lane.queue.length > 0) this.#lanes.push(lane)
    return batch
  }

  #settle({ id, millis, ...answer }: Answer): void {
    const file = this.#underWay.get(id)
    if (file === undefined) return
    this.#underWay.delete(id)
    file.resolve(answer)
    this.#leave(file, millis)
  }

  #drop(file: Waiting, error: Error): void {
    this.#underWay.delete(file.id)
    file.reject(error)
    this.#leave(file, 0)
  }

  #leave({ lane, bytes }: Waiting, millis: number): void {
    lane.settle(bytes.length, millis)
    if (lane.queue.length === 0) this.#lanes = this.#lanes.filter((other) => other !== lane)
  }

  /** No file did that: there is something wrong with us, or with the machine. */
  #refuse(child: PoolChild, why: Unanalysable, files: readonly number[]): void {
    this.#children.delete(child)
    const error = new Error(`a process that reads code cannot be started: ${why.detail}`)
    for (const file of this.#lost(files)) this.#drop(file, error)
    this.#dispatch()
  }

  /** `files`: those that were sent and not answered. One alone is the culprit; of several each is tried by itself. */
  #bury(child: PoolChild, why: Unanalysable, files: readonly number[]): void {
    this.#children.delete(child)
    if (this.#closed) return
    const lost = this.#lost(files)
    const [only] = lost
    if (lost.length === 1 && only !== undefined) {
      // Starting the next process is not free either: a package of nothing but such files has to come to an end.
      this.#settle({ id: only.id, code: unreadCode(why.reason, why.detail), millis: burialMillis })
    } else {
      for (const file of lost) this.#underWay.delete(file.id)
      this.#suspects.push(...lost)
    }
    this.#dispatch()
  }

  #lost(files: readonly number[]): readonly Waiting[] {
    return files.map((id) => this.#underWay.get(id)).filter((file) => file !== undefined)
  }
}

const isLarge = ({ bytes }: Waiting): boolean => bytes.length > largeCodeBytes
