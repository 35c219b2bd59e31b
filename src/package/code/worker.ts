import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { codeYoungMegabytes } from '../../limits.js'
import { unreadCode } from './bare-code.js'
import type { FileCode } from './file-code.js'
import type { Answer, Answers, Batch, BatchFile, ThreadSettings, WorkerSettings } from './worker-messages.js'

/** Answers travel together: one message a file would cost more than reading a small file does. */
const answerEveryMillis = 25

/** Times its own that a file may take on the clock. */
const patience = 4

/**
 * A child lives for seconds, and in these V8 would spend a third of its time on optimising: what runs a little longer before it is, and takes in
 * fewer others, costs a fifth less. Flags that another V8 does not know are ignored when they are set here, and end the process when given at its start.
 */
const shortLived = ['--interrupt-budget=500000', '--max-inlined-bytecode-size-cumulative=300']

/** Of all threads of this process: besides the one that reads they do next to nothing. */
function processorMillis(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

interface Thread {
  readonly worker: Worker
  readonly progress: Int32Array
}

/** A child process that reads code in a thread of its own, and replaces the thread when a file takes it down. */
class CodeWorker {
  readonly #settings: WorkerSettings
  /** Sent to the thread and not answered, in that order, each with the bytes that its place counts in. */
  readonly #underWay = new Map<number, { readonly file: BatchFile; readonly bytes: Uint8Array }>()
  #thread: Thread | undefined
  #deadline: NodeJS.Timeout | undefined
  #answers: Answer[] = []
  #lastSent = 0
  /** When the file that is being read came to its turn, and the processor time that we had used until then. */
  #turn = { wall: 0, processor: 0 }

  constructor(settings: WorkerSettings) {
    this.#settings = settings
  }

  accept({ files, bytes }: Batch): void {
    for (const file of files) this.#underWay.set(file.id, { file, bytes })
    this.#post({ files, bytes })
    if (this.#deadline === undefined) this.#watch()
  }

  #post(batch: Batch): void {
    this.#thread ??= this.#startThread()
    this.#thread.worker.postMessage(batch)
  }

  #startThread(): Thread {
    const { stackMegabytes, heapMegabytes } = this.#settings
    const settings: ThreadSettings = { progress: new SharedArrayBuffer(4) }
    const worker = new Worker(new URL('./worker-thread.js', import.meta.url), {
      workerData: settings,
      resourceLimits: {
        stackSizeMb: stackMegabytes,
        maxOldGenerationSizeMb: heapMegabytes,
        maxYoungGenerationSizeMb: Math.min(codeYoungMegabytes, heapMegabytes / 4),
      },
    })
    const thread: Thread = { worker, progress: new Int32Array(settings.progress) }
    worker.on('message', (answer: Answer) => {
      // What a thread says after it was given up is about files that were handed to another one.
      if (thread === this.#thread) this.#record(answer)
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const detail = isMemory ? `needs more than ${heapMegabytes} MB of memory` : error.message.slice(0, 200)
      this.#replace(thread, unreadCode(isMemory ? 'out-of-memory' : 'crash', detail))
    })
    worker.on('exit', () => this.#replace(thread, unreadCode('crash', 'the thread ended')))
    return thread
  }

  /** The clock of the file that is being read: it starts again with each answer. */
  #watch(): void {
    clearTimeout(this.#deadline)
    this.#deadline = undefined
    this.#turn = { wall: performance.now(), processor: processorMillis() }
    if (this.#underWay.size > 0) this.#wait()
  }

  /** On a busy machine a file may wait for the processor: time that it did not use is not held against it, within reason. */
  #wait(): void {
    const { fileMillis } = this.#settings
    this.#deadline = setTimeout(() => {
      const wall = performance.now() - this.#turn.wall
      if (this.#used() < fileMillis && wall < fileMillis * patience) this.#wait()
      else this.#stop()
    }, fileMillis)
  }

  #used(): number {
    return processorMillis() - this.#turn.processor
  }

  #stop(): void {
    const thread = this.#thread
    if (thread === undefined) return
    this.#replace(thread, unreadCode('time-out', `takes longer than ${this.#settings.fileMillis} ms`))
    void thread.worker.terminate()
  }

  /** The file that took the thread down has its answer; what was behind it is read by the next thread. */
  #replace(thread: Thread, code: FileCode): void {
    if (thread !== this.#thread) return
    this.#thread = undefined
    const culprit = Atomics.load(thread.progress, 0)
    // Before its first file a thread dies of nothing that a file did; but somebody has to be first, or it would go on for ever.
    const [first] = this.#underWay.keys()
    const id = this.#underWay.has(culprit) ? culprit : first
    if (id !== undefined) this.#record({ id, code, millis: this.#used() })
    for (const { file, bytes } of this.#underWay.values()) this.#post({ files: [file], bytes })
  }

  #record(answer: Answer): void {
    if (!this.#underWay.delete(answer.id)) return
    this.#answers.push(answer)
    this.#watch()
    const now = performance.now()
    if (this.#underWay.size > 0 && now - this.#lastSent < answerEveryMillis) return
    this.#lastSent = now
    const answers: Answers = { files: this.#answers }
    this.#answers = []
    process.send?.(answers)
  }
}

for (const flag of shortLived) setFlagsFromString(flag)
const worker = new CodeWorker(JSON.parse(process.argv[2] ?? '') as WorkerSettings)
process.on('message', (batch: Batch) => worker.accept(batch))
// Nothing answered yet, but from here on what ends this process is a file's doing.
process.send?.({ files: [] } satisfies Answers)
// Whoever started this is gone.
process.on('disconnect', () => process.exit())
