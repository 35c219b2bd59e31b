import type { McpReading } from '../mcp/read-server.js'
import type { FileCode } from './file-code.js'

export interface BatchFile {
  readonly id: number
  readonly path: string
  /** Where its bytes lie in those of the batch. */
  readonly start: number
  readonly end: number
  /** Its bytes are no file but all that a server is read from. */
  readonly isServer?: true
}

/** Files on their way to a child: their bytes one behind the other, since one buffer is sent faster than many. */
export interface Batch {
  readonly files: readonly BatchFile[]
  readonly bytes: Uint8Array
}

export interface Answer {
  readonly id: number
  readonly code: FileCode
  /** Of a server; absent where it could not be read, and `code` says why. */
  readonly server?: McpReading
  /** Of processor time that reading it took. */
  readonly millis: number
}

/** What became of files, in the order in which they were sent. */
export interface Answers {
  readonly files: readonly Answer[]
}

/** What a child is told on its command line, as JSON. */
export interface WorkerSettings {
  readonly fileMillis: number
  readonly stackMegabytes: number
  readonly heapMegabytes: number
}

/** Shared by a child and its thread: one number, the id of the file that is being read. */
export interface ThreadSettings {
  readonly progress: SharedArrayBuffer
}
