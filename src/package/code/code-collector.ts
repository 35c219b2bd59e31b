import { maxTokeniseBytes } from '../../limits.js'
import type { McpReading } from '../mcp/read-server.js'
import type { ServerInput } from '../mcp/server-files.js'
import { unreadCode } from './bare-code.js'
import type { CodeLane } from './code-analyser.js'
import { isCodePath, startsAsCode } from './code-files.js'
import type { FileCode, Unanalysable } from './file-code.js'

/** A file as it was unpacked; without bytes where it is larger than any that is held. */
export interface UnpackedFile {
  readonly path: string
  readonly sha256: string
  readonly size: number
  readonly bytes?: Buffer
}

/** The code of one package's files, read while the rest of the package still streams in. */
export class CodeCollector {
  readonly #lane: CodeLane
  readonly #readings = new Map<string, Promise<FileCode>>()

  constructor(lane: CodeLane) {
    this.#lane = lane
  }

  /** Of a path that comes twice the last file counts: it is the one that stays on disk. */
  offer(file: UnpackedFile): void {
    const isCode = isCodePath(file.path) || (file.bytes !== undefined && startsAsCode(file.bytes))
    if (isCode) this.read(file)
    else this.#readings.delete(file.path)
  }

  read({ path, sha256, size, bytes }: UnpackedFile): void {
    const reading =
      bytes === undefined
        ? Promise.resolve(unreadCode('too-large', `${size} bytes, at most ${maxTokeniseBytes} are read`))
        : this.#lane.analyse({ path, sha256, bytes })
    // Whoever collects meets the rejection; until then nobody waits for it.
    reading.catch(() => {})
    this.#readings.set(path, reading)
  }

  readServer(input: ServerInput): Promise<McpReading | Unanalysable> {
    return this.#lane.readServer(input)
  }

  has(path: string): boolean {
    return this.#readings.has(path)
  }

  /** Resolves when more may be offered. */
  ready(): Promise<void> {
    return this.#lane.ready()
  }

  async collect(): Promise<ReadonlyMap<string, FileCode>> {
    const codes = new Map<string, FileCode>()
    for (const [path, reading] of this.#readings) codes.set(path, await reading)
    return codes
  }
}
