/** What a command of a shell does that a reader of an install script wants to know. One word for one thing, whatever the shell. */
export const shellActions = [
  'download',
  /** A file is downloaded, and started later. */
  'download-and-run',
  /** What is downloaded goes straight to an interpreter. */
  'pipe-to-shell',
  'decode-and-run',
  'inline-code',
  'encoded-command',
  'secret-read',
  'secret-sent',
  'host-sent',
  'delete',
  'delete-home',
  'delete-itself',
  'run-library',
  'agent-run',
  'install',
  'install-globally',
  'detached',
  'silenced',
  'failure-ignored',
  'unread',
] as const
export type ShellAction = (typeof shellActions)[number]

/** One thing that a command does. JSON in, JSON out. */
export interface ShellAct {
  readonly action: ShellAction
  /** What exactly: an address, a path, a decoded program, the program that is meant. At most `maxSightingConstantCharacters`. */
  readonly detail: string
  /** The command as written, cut. */
  readonly excerpt: string
  /** Where the text comes from; absent for the command of the script itself. */
  readonly file?: string
  /** Counted from 1. */
  readonly line: number
}

export type ShellDialect = 'posix' | 'cmd' | 'powershell'
