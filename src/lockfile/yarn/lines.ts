/** Thrown and caught inside a reader only: the offset of a line that is not as Yarn writes it. */
export class UnreadableAt {
  constructor(readonly offset: number) {}
}

/**
 * Whether a line holds what no lockfile of Yarn does: a control character, a tab, or a carriage return that does not end
 * it. YAML starts a new line at a lone one while an editor and classic Yarn do not, so that one text could be two lockfiles.
 */
export const hasControl = (line: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\x00-\x1f\x7f]/.test(line)

/** Whether a text may hold what not all people read alike: escapes, or anything that is not ASCII. */
export const isOddText = (text: string): boolean => text.includes('\\') || Buffer.byteLength(text) !== text.length

/** A text that is in quotes for both of Yarn's formats, as JSON writes it; null where it is not one whole quoted text. */
export function unquote(raw: string): string | null {
  if (!raw.includes('\\')) return raw.length > 1 && raw.indexOf('"', 1) === raw.length - 1 ? raw.slice(1, -1) : null
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'string' ? value : null
  } catch {
    // A SyntaxError: more than one text on the line, or an escape that only YAML knows.
    return null
  }
}

/** The offset after the quoted text that starts at `at`, or -1 where it does not end before `end`. */
export function endOfQuoted(text: string, at: number, end: number): number {
  for (let quote = text.indexOf('"', at + 1); quote !== -1 && quote < end; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes += 1
    if (slashes % 2 === 0) return quote + 1
  }
  return -1
}

/** Where the line that starts at `at` ends, without its line break. */
export interface LineEnd {
  /** Of its content. */
  readonly end: number
  /** Start of the next line, or the text's length. */
  readonly next: number
}

export function lineEnd(text: string, at: number): LineEnd {
  const newline = text.indexOf('\n', at)
  if (newline === -1) return { end: text.length, next: text.length }
  return { end: newline > at && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline, next: newline + 1 }
}
