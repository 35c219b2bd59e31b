import type { FileCode } from './file-code.js'

/** One file whose code is to be read. */
export interface CodeFile {
  /** The path's ending decides between JavaScript and TypeScript; nothing else of the path plays a part. */
  readonly path: string
  readonly bytes: Buffer
  /** Of the bytes, in hex: files that were read before are not read again. */
  readonly sha256: string
}

/** Reads files as code, somewhere where a file that takes its reader down harms nobody. */
export interface CodeAnalyser {
  /** What cannot be read resolves with `unanalysable`; rejects only for a bug, or when the analyser was closed. */
  analyse(file: CodeFile): Promise<FileCode>
  /** Resolves at once, or when so few files wait that more may be handed in: callers hold the bytes of those that wait. */
  ready(): Promise<void>
}
