import type { Place } from '../../code/file-code.js'

/** A word of a command line in code; `…` stands for what is not a constant. */
export interface StartWord {
  readonly text: string
  readonly line: number
}

/** Stands for an environment that nobody handed over, so that the program has its parent's. */
export const inheritedEnvironment = 'inherited'

/** A place where code starts an MCP server. */
export interface ServerStart extends Place {
  /** The name of what is constructed or called, or `mcpServers` for options of a client. */
  readonly by: string
  /** As the options of a client call it. */
  readonly name?: string
  /** Command and arguments; empty where it connects to `url`. */
  readonly words: readonly StartWord[]
  readonly url?: StartWord
  /** Names of the variables that it is given one by one. */
  readonly variables: readonly StartWord[]
  /** Where it is given all that the starting process has. */
  readonly wholeEnvironment?: StartWord
}
