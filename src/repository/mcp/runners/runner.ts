import type { McpWord, StartedPackage } from '../mcp-server.js'

/** What is found while a command line is read. */
export interface Found {
  readonly packages: StartedPackage[]
  readonly variables: McpWord[]
  readonly variableFiles: McpWord[]
  /** A text that a shell would read. */
  readShell(word: McpWord): void
}

/** A program that fetches what it runs. */
export interface Runner {
  /** Adds what it starts; the index of the first word behind it. `at` is the runner's own place, or that of its verb. */
  read(words: readonly McpWord[], at: number, found: Found): number
}

export type Specified = Pick<StartedPackage, 'source' | 'name' | 'range' | 'exact' | 'variable'>
