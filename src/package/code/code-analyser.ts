import type { McpReading } from '../mcp/read-server.js'
import type { ServerInput } from '../mcp/server-files.js'
import type { FileCode, Unanalysable } from './file-code.js'

/** One file whose code is to be read. */
export interface CodeFile {
  /** The path's ending decides between JavaScript and TypeScript; nothing else of the path plays a part. */
  readonly path: string
  readonly bytes: Buffer
  /** Of the bytes, in hex: files that were read before are not read again. */
  readonly sha256: string
}

/** The files of one package, one behind the other. Lanes take turns, so that none has to wait for all of another. */
export interface CodeLane {
  /** What cannot be read resolves with `unanalysable`; rejects only for a bug, or when the analyser was closed. */
  analyse(file: CodeFile): Promise<FileCode>
  /** What an MCP server declares, or why that could not be read. Rejects as `analyse` does. */
  readServer(input: ServerInput): Promise<McpReading | Unanalysable>
  /** Resolves when so few files of the lane wait that more may be handed in: callers hold the bytes of those that wait. */
  ready(): Promise<void>
}

/** Reads files as code, somewhere where a file that takes its reader down harms nobody. */
export interface CodeAnalyser {
  lane(): CodeLane
}
