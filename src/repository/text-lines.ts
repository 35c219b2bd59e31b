/** The lines of a text with their numbers from 1, without a byte order mark. */
export function numberedLines(text: string): readonly (readonly [line: number, row: string])[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((row, index) => [index + 1, row])
}
