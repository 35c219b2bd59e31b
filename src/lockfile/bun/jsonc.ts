const lineFeed = 10
const carriageReturn = 13
const quote = 34
const star = 42
const comma = 44
const slash = 47
const backslash = 92
const closeArray = 93
const closeObject = 125

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === lineFeed || code === carriageReturn

/**
 * Blanks the commas at the end of a line that no further member follows, which is the one liberty that Bun takes when it
 * writes. A raw line break cannot stand in a string, so whatever JSON.parse then accepts has lost nothing else. Offsets stay.
 */
export function withoutFinalCommas(text: string): string {
  const pieces: string[] = []
  let from = 0
  for (let at = text.indexOf('\n'); at !== -1; ) {
    const before = text.charCodeAt(at - 1) === carriageReturn ? at - 2 : at - 1
    let next = at + 1
    while (isBlank(text.charCodeAt(next))) next += 1
    const code = text.charCodeAt(next)
    if ((code === closeObject || code === closeArray) && text.charCodeAt(before) === comma) {
      pieces.push(text.slice(from, before), ' ')
      from = before + 1
    }
    at = text.indexOf('\n', next)
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}

/** JSON with comments and final commas → JSON of the same length, lines where they were. Text that is neither stays so. */
export function toJson(text: string): string {
  const blanked: [start: number, end: number][] = []
  let pending = -1
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    const end = code === slash ? commentEnd(text, at) : at
    if (end > at) {
      blanked.push([at, end])
      at = end
    } else if (isBlank(code)) at += 1
    else {
      if ((code === closeObject || code === closeArray) && pending !== -1) blanked.push([pending, pending + 1])
      pending = code === comma ? at : -1
      at = code === quote ? stringEnd(text, at) : at + 1
    }
  }
  return withBlanks(
    text,
    blanked.sort(([a], [b]) => a - b),
  )
}

/** Where the comment that starts here ends; `at` itself where none does. */
function commentEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1)
  if (next !== slash && next !== star) return at
  const end = next === slash ? text.indexOf('\n', at) : text.indexOf('*/', at + 2)
  if (end !== -1) return next === slash ? end : end + 2
  return next === slash ? text.length : at
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === backslash) at += 1
  }
  return text.length
}

function withBlanks(text: string, blanked: readonly (readonly [number, number])[]): string {
  const pieces: string[] = []
  let from = 0
  for (const [start, end] of blanked) {
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, ' '))
    from = end
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}
