import { parentPort, workerData } from 'node:worker_threads'
import { readSentServer } from '../mcp/sent-server.js'
import { fileAnalyser } from './analyse-file.js'
import type { Answer, Batch, ThreadSettings } from './worker-messages.js'

/** Collecting all garbage makes V8 forget what it knows of our own code too, a second's work: only after the few largest files. */
const largeFileBytes = 5 * 1024 * 1024

/** Inside a child process: a thread, because only a thread can have a large stack that is safe to use up. */
if (parentPort === null) throw new Error('this file is the entry of a thread')
const port = parentPort
const analyseFile = fileAnalyser()
const progress = new Int32Array((workerData as ThreadSettings).progress)

port.on('message', ({ files, bytes }: Batch) => {
  for (const { id, path, start: from, end: to, isServer } of files) {
    Atomics.store(progress, 0, id)
    const start = process.cpuUsage()
    const own = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
    const read = isServer === true ? readSentServer(own) : { code: analyseFile(own, path) }
    const { user, system } = process.cpuUsage(start)
    const answer: Answer = { id, ...read, millis: (user + system) / 1000 }
    port.postMessage(answer)
    // V8 would keep the room of a large tree for the next one, and there is a process a core.
    if (to - from > largeFileBytes) globalThis.gc?.()
  }
})
