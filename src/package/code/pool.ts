import { availableParallelism } from 'node:os'
import {
  codeHeapMegabytes,
  codeStackMegabytes,
  maxBatchBytes,
  maxBatchFiles,
  maxFileMillis,
  maxQueuedCodeBytes,
} from '../../limits.js'
import { unreadCode } from './bare-code.js'
import type { CodeAnalyser, CodeFile } from './code-analyser.js'
import type { FileCode, Unanalysable } from './file-code.js'
import { type ChildFile, PoolChild } from './pool-child.js'

export interface CodePoolOptions {
  /** Default: one a core. */
  readonly processes?: number
  /** For one file. Defaults stand in `limits.ts`. */
  readonly fileMillis?: number
  readonly heapMegabytes?: number
  readonly stackMegabytes?: number
  /** Silence of a process that keeps no time any more. */
  readonly patienceMillis?: number
  /** The entry of a child; Node 20 runs no TypeScript, so tests name the built one. */
  readonly worker?: URL
}

interface Waiting extends ChildFile {
  readonly resolve: (code: FileCode) => void
  readonly reject: (error: Error) => void
}

/**
 * Reads code in child processes: without our environment, with little memory, a clock for each file. A file that takes its reader down is
 * `unanalysable`; what was on its way with it is read again, one file at a time, so that nobody else pays for it. Processes start with the first file.
 */
export class CodePool implements CodeAnalyser {
  readonly #options: Required<CodePoolOptions>
  readonly #children = new Set<PoolChild>()
  readonly #queue: Waiting[] = []
  /** Were on their way when a process died: each is read alone. */
  readonly #suspects: Waiting[] = []
  readonly #underWay = new Map<number, Waiting>()
  #waitingBytes = 0
  #wakers: (() => void)[] = []
  #lastId = 0
  #closed = false

  constructor(options: CodePoolOptions = {}) {
    this.#options = {
      processes: availableParallelism(),
      fileMillis: maxFileMillis,
      heapMegabytes: codeHeapMegabytes,
      stackMegabytes: codeStackMegabytes,
      worker: new URL('./worker.js', import.meta.url),
      patienceMillis: 2 * (options.fileMillis ?? maxFileMillis) + 5_000,
      ...options,
    }
  }

  analyse({ path, bytes }: CodeFile): Promise<FileCode> {
    if (this.#closed) return Promise.reject(new Error('the pool was closed'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: ++this.#lastId, path, bytes, resolve, reject })
      this.#waitingBytes += bytes.length
      this.#dispatch()
    })
  }

  ready(): Promise<void> {
    if (this.#waitingBytes <= maxQueuedCodeBytes) return Promise.resolve()
    return new Promise((resolve) => this.#wakers.push(resolve))
  }

  /** Ends the processes. What is still under way rejects. */
  async close(): Promise<void> {
    this.#closed = true
    const children = [...this.#children]
    this.#children.clear()
    const rest = [...this.#underWay.values(), ...this.#queue.splice(0), ...this.#suspects.splice(0)]
    this.#underWay.clear()
    for (const { reject } of rest) reject(new Error('the pool was closed'))
    this.#wake()
    await Promise.all(children.map((child) => child.close()))
  }

  #dispatch(): void {
    while (this.#suspects.length > 0 || this.#queue.length > 0) {
      const child = this.#freeChild()
      if (child === undefined) return
      const suspect = this.#suspects.shift()
      const batch = suspect === undefined ? this.#takeBatch() : [suspect]
      for (const file of batch) this.#underWay.set(file.id, file)
      child.send(batch, suspect !== undefined)
    }
  }

  /** One at work and one at hand keep a child busy. */
  #freeChild(): PoolChild | undefined {
    const isFree = (child: PoolChild): boolean => (this.#suspects.length > 0 ? child.files === 0 : child.hasRoom)
    const idle = [...this.#children].find((child) => child.files === 0)
    if (idle !== undefined) return idle
    if (this.#children.size < this.#options.processes) return this.#startChild()
    return [...this.#children].filter(isFree).sort((one, other) => one.bytes - other.bytes)[0]
  }

  #startChild(): PoolChild {
    const child = new PoolChild(this.#options, {
      answered: (id, code) => this.#settle(id, code),
      rested: () => this.#dispatch(),
      died: (why, files) => this.#bury(child, why, files),
      neverStarted: (why, files) => this.#refuse(child, why, files),
    })
    this.#children.add(child)
    return child
  }

  #takeBatch(): readonly Waiting[] {
    let bytes = 0
    let files = 0
    for (const file of this.#queue) {
      if (files === maxBatchFiles || (files > 0 && bytes + file.bytes.length > maxBatchBytes)) break
      files += 1
      bytes += file.bytes.length
    }
    return this.#queue.splice(0, files)
  }

  #settle(id: number, code: FileCode): void {
    const file = this.#underWay.get(id)
    if (file === undefined) return
    this.#underWay.delete(id)
    this.#waitingBytes -= file.bytes.length
    file.resolve(code)
    this.#wake()
  }

  /** No file did that: there is something wrong with us, or with the machine. */
  #refuse(child: PoolChild, why: Unanalysable, files: readonly number[]): void {
    this.#children.delete(child)
    for (const id of files) {
      const file = this.#underWay.get(id)
      if (file === undefined) continue
      this.#underWay.delete(id)
      this.#waitingBytes -= file.bytes.length
      file.reject(new Error(`a process that reads code cannot be started: ${why.detail}`))
    }
    this.#wake()
    this.#dispatch()
  }

  /** `files`: those that were sent and not answered. One alone is the culprit; of several each is tried by itself. */
  #bury(child: PoolChild, why: Unanalysable, files: readonly number[]): void {
    this.#children.delete(child)
    if (this.#closed) return
    const [only] = files
    if (files.length === 1 && only !== undefined) {
      this.#settle(only, unreadCode(why.reason, why.detail))
    } else {
      for (const id of files) {
        const file = this.#underWay.get(id)
        this.#underWay.delete(id)
        if (file !== undefined) this.#suspects.push(file)
      }
    }
    this.#dispatch()
  }

  #wake(): void {
    if (this.#waitingBytes > maxQueuedCodeBytes && !this.#closed) return
    const wakers = this.#wakers
    this.#wakers = []
    for (const wake of wakers) wake()
  }
}
