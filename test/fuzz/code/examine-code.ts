import { maxExcerptCharacters } from '../../../src/limits.js'
import type { FileCode } from '../../../src/package/code/file-code.js'
import { parseJavaScript } from '../../../src/package/code/read/javascript.js'

/** What is wrong with what was said of a text; null where nothing is. */
export function examineCode(path: string, text: string, code: FileCode): string | null {
  const { unanalysable, dialect } = code
  if (unanalysable?.reason === 'time-out' && isTyped(path, text)) return null
  if (
    unanalysable?.reason === 'crash' ||
    unanalysable?.reason === 'time-out' ||
    unanalysable?.reason === 'out-of-memory'
  ) {
    return `${unanalysable.reason}: ${unanalysable.detail}`
  }
  if ((dialect === 'tokens' || dialect === 'bytes') && unanalysable === undefined) return `${dialect} without a reason`
  if (JSON.stringify(JSON.parse(JSON.stringify(code))) !== JSON.stringify(code)) return 'it does not survive JSON'
  return misplaced(text, code)
}

/** Babel tries each `a<b>(` in two ways, and within the first each one again: its time doubles with each level. The clock is the answer. */
const isTyped = (path: string, text: string): boolean =>
  /\.[cm]?tsx?$/.test(path) || 'reason' in parseJavaScript(text, path)

interface Placed {
  readonly line: number
  readonly column: number
  readonly excerpt?: string
}

function misplaced(text: string, { sightings, requests, literals, hidden, flows }: FileCode): string | null {
  const lines = text.split(/\r\n|[\r\n]/)
  const places: readonly Placed[] = [
    ...sightings,
    ...requests,
    ...literals,
    ...hidden,
    ...flows.flatMap(({ source, sink }) => [source, sink]),
  ]
  for (const { line, column, excerpt = '' } of places) {
    const width = lines[line - 1]?.length
    // One more for a byte order mark.
    if (width === undefined || column < 1 || column > width + 2) return `line ${line}, column ${column} is nowhere`
    if (excerpt.length > maxExcerptCharacters) return `an excerpt of ${excerpt.length} characters`
  }
  return null
}
