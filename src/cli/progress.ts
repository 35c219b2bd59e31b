import type { Output } from './surroundings.js'

export interface Progress {
  readonly show: (done: number, total: number) => void
  readonly clear: () => void
}

/** One line that is written over itself, and only where a person watches. */
export function startProgress(stderr: Output, quiet: boolean): Progress {
  if (quiet || stderr.isTTY !== true) return { show: () => {}, clear: () => {} }
  return {
    show: (done, total) => stderr.write(`\r\u001b[K${done} of ${total} changed packages`),
    clear: () => stderr.write('\r\u001b[K'),
  }
}
