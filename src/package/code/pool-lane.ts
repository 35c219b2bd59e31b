import { maxPackageCodeMillis, maxQueuedCodeBytes } from '../../limits.js'
import type { McpReading } from '../mcp/read-server.js'
import type { ServerInput } from '../mcp/server-files.js'
import { unreadCode } from './bare-code.js'
import type { CodeFile, CodeLane } from './code-analyser.js'
import type { FileCode, Unanalysable } from './file-code.js'
import type { ChildFile } from './pool-child.js'
import type { Answer } from './worker-messages.js'

type Enter = (lane: PoolLane, file: Omit<ChildFile, 'id'>) => Promise<Pick<Answer, 'code' | 'server'>>

export interface Waiting extends ChildFile {
  readonly lane: PoolLane
  readonly resolve: (answer: Pick<Answer, 'code' | 'server'>) => void
  readonly reject: (error: Error) => void
}

/** One package's files: those that wait, how many bytes wait or are read, and how much time all took together. */
export class PoolLane implements CodeLane {
  readonly queue: Waiting[] = []
  readonly #enter: Enter
  #bytes = 0
  #millis = 0
  #wakers: (() => void)[] = []

  constructor(enter: Enter) {
    this.#enter = enter
  }

  async analyse({ path, bytes }: CodeFile): Promise<FileCode> {
    return (await this.#read({ path, bytes })).code
  }

  async readServer(input: ServerInput): Promise<McpReading | Unanalysable> {
    const bytes = Buffer.from(JSON.stringify(input))
    const { code, server } = await this.#read({ path: '', bytes, isServer: true })
    return server ?? code.unanalysable ?? { reason: 'crash', detail: 'no answer' }
  }

  #read(file: Omit<ChildFile, 'id'>): Promise<Pick<Answer, 'code' | 'server'>> {
    if (this.#isSpent) return Promise.resolve({ code: spent() })
    this.#bytes += file.bytes.length
    return this.#enter(this, file)
  }

  ready(): Promise<void> {
    if (this.#bytes <= maxQueuedCodeBytes) return Promise.resolve()
    return new Promise((resolve) => this.#wakers.push(resolve))
  }

  /** One file has its answer, or never gets one. A package that took all its time gets no more: others wait for theirs. */
  settle(bytes: number, millis: number): void {
    this.#bytes -= bytes
    this.#millis += millis
    if (this.#isSpent) for (const file of this.queue.splice(0)) this.#giveUp(file)
    if (this.#bytes <= maxQueuedCodeBytes) this.wake()
  }

  wake(): void {
    const wakers = this.#wakers
    this.#wakers = []
    for (const wake of wakers) wake()
  }

  get #isSpent(): boolean {
    return this.#millis > maxPackageCodeMillis
  }

  #giveUp(file: Waiting): void {
    this.#bytes -= file.bytes.length
    file.resolve({ code: spent() })
  }
}

const spent = (): FileCode =>
  unreadCode('time-out', `the files of the package took more than ${maxPackageCodeMillis} ms together`)
