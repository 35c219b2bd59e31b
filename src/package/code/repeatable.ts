import type { FileCode, Unanalysable } from './file-code.js'

/** They depend on the machine and on what else it does, not only on the bytes. */
const passing: ReadonlySet<Unanalysable['reason']> = new Set(['crash', 'time-out', 'out-of-memory'])

/** Whether the same bytes say the same again. */
export const isRepeatable = ({ unanalysable }: Pick<FileCode, 'unanalysable'>): boolean =>
  unanalysable === undefined || !passing.has(unanalysable.reason)
