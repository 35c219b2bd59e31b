import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { maxBatchBytes, maxBatchFiles } from '../../limits.js'
import type { Unanalysable } from './file-code.js'
import { endingOf } from './file-ending.js'
import type { Answer, Answers, Batch, WorkerSettings } from './worker-messages.js'

/**
 * What glibc's malloc frees between buffers that are in use it keeps, some 50 to 100 MB in a process that is sent files of all sizes; by these it gives
 * larger ones back at once. Other systems do not know them.
 */
const memoryVariables = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

export interface ChildFile {
  readonly id: number
  readonly path: string
  readonly bytes: Buffer
  readonly isServer?: true
}

export interface ChildEvents {
  answered(answer: Answer): void
  /** There is room for more. */
  rested(): void
  /** Once, and nothing after it. `files`: sent and not answered, in the order in which they were sent. */
  died(why: Unanalysable, files: readonly number[]): void
  /** Instead of `died`, where it said nothing at all: no file has been read yet. */
  neverStarted(why: Unanalysable, files: readonly number[]): void
}

/** One child process, and what is under way in it. */
export class PoolChild {
  readonly #process: ChildProcess
  readonly #events: ChildEvents
  readonly #sent = new Map<number, number>()
  readonly #patienceMillis: number
  #bytes = 0
  #silence: NodeJS.Timeout | undefined
  #dead = false
  #isAlone = false
  #hasStarted = false

  constructor(
    options: WorkerSettings & { readonly worker: URL; readonly patienceMillis: number },
    events: ChildEvents,
  ) {
    const { worker, fileMillis, heapMegabytes, stackMegabytes } = options
    const settings: WorkerSettings = { fileMillis, heapMegabytes, stackMegabytes }
    this.#events = events
    // The child keeps the time of each file itself; only one that does not even do that is silent for so long.
    this.#patienceMillis = options.patienceMillis
    this.#process = fork(fileURLToPath(worker), [JSON.stringify(settings)], {
      // No token of ours, and no option for Node, reaches a process that reads hostile files.
      env: memoryVariables,
      cwd: tmpdir(),
      // V8 holds this flag of the process against each of its threads, whatever limits these have of their own.
      // There is a child a core: collecting garbage in more threads only takes the time of others.
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--expose-gc', '--single-threaded-gc'],
      serialization: 'advanced',
      // What V8 prints as it dies is not for our terminal.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#process.on('message', (answers) => this.#accept(answers as Answers))
    this.#process.on('error', (error) => this.#die({ reason: 'crash', detail: error.message }))
    this.#process.on('exit', (code, signal) => this.#die(reasonOf(code, signal)))
  }

  /** Under way. */
  get files(): number {
    return this.#sent.size
  }

  get bytes(): number {
    return this.#bytes
  }

  get hasRoom(): boolean {
    if (this.#sent.size === 0) return true
    return !this.#isAlone && this.#bytes < maxBatchBytes && this.#sent.size < maxBatchFiles
  }

  /** `alone`: nothing else is to be under way with them. */
  send(files: readonly ChildFile[], alone: boolean): void {
    this.#isAlone = alone
    for (const { id, bytes } of files) {
      this.#sent.set(id, bytes.length)
      this.#bytes += bytes.length
    }
    const batch = toBatch(files)
    this.#listen()
    // A failure to send is followed by `exit`, which tells whose files are lost.
    this.#process.send(batch, () => {})
  }

  async close(): Promise<void> {
    this.#dead = true
    clearTimeout(this.#silence)
    if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined) return
    const ended = once(this.#process, 'exit')
    this.#process.ref()
    this.#process.kill('SIGKILL')
    await ended
  }

  #accept({ files }: Answers): void {
    if (this.#dead) return
    this.#hasStarted = true
    for (const answer of files) {
      const { id } = answer
      const bytes = this.#sent.get(id)
      if (bytes === undefined) continue
      this.#sent.delete(id)
      this.#bytes -= bytes
      this.#events.answered(answer)
    }
    this.#listen()
    if (this.hasRoom) this.#events.rested()
  }

  /** An idle child keeps nobody waiting, nor our process alive. */
  #listen(): void {
    clearTimeout(this.#silence)
    if (this.#sent.size === 0) {
      this.#process.unref()
      this.#process.channel?.unref()
      return
    }
    this.#process.ref()
    this.#process.channel?.ref()
    this.#silence = setTimeout(() => {
      this.#die({ reason: 'time-out', detail: `nothing was heard for ${this.#patienceMillis} ms` })
      this.#process.kill('SIGKILL')
    }, this.#patienceMillis)
  }

  #die(why: Unanalysable): void {
    if (this.#dead) return
    this.#dead = true
    clearTimeout(this.#silence)
    const tell = this.#hasStarted ? 'died' : 'neverStarted'
    this.#events[tell](why, [...this.#sent.keys()])
  }
}

function toBatch(files: readonly ChildFile[]): Batch {
  let start = 0
  const places = files.map(({ id, path, bytes, isServer }) => {
    const end = start + bytes.length
    const place = { id, path: endingOf(path), start, end, ...(isServer && { isServer }) }
    start = end
    return place
  })
  return { files: places, bytes: Buffer.concat(files.map(({ bytes }) => bytes)) }
}

/** V8 aborts where it has no memory left and the thread's own limit did not hold. */
function reasonOf(code: number | null, signal: NodeJS.Signals | null): Unanalysable {
  const how = signal === null ? `exit code ${code}` : signal
  return {
    reason: signal === 'SIGABRT' || code === 134 ? 'out-of-memory' : 'crash',
    detail: `the process ended with ${how}`,
  }
}
