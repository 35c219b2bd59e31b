import type { CodeAnalyser } from '../package/code/code-analyser.js'

/** Where the program stands: all that a command may ask of the process. Tests give their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdout: Output
  readonly stderr: Output
  readonly now: () => Date
  /** Reads the code of packages. Its owner closes it. */
  readonly code: CodeAnalyser
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/**
 * Bad usage, or a state of the operator's machine that no review can start from: exit code 3. The text says what, where,
 * what was seen and what to do, and never repeats a secret.
 */
export class UsageError extends Error {}
