/**
 * Called for each key of each object, in the text's order. `path` holds the keys of the enclosing objects (`''` for an
 * array) and is reused between calls. `duplicate`: the same object had this key before, so JSON.parse lost that value.
 */
export type KeyVisitor = (key: string, path: readonly string[], offset: number, duplicate: boolean) => void

const quote = 34
const comma = 44
const colon = 58
const backslash = 92
const openArray = 91
const closeArray = 93
const openObject = 123
const closeObject = 125

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Thrown and caught inside this file only: the place where the text stops being JSON. */
class SyntaxErrorAt {
  constructor(readonly offset: number) {}
}

/**
 * Walks JSON by RFC 8259 without recursion, so that depth costs memory and not stack. Returns the offset at which the
 * text stops being JSON, or null. JSON.parse is faster but states no offsets and hides duplicate keys.
 */
export function scanJson(text: string, visit: KeyVisitor): number | null {
  try {
    new Scanner(text, visit).scan()
    return null
  } catch (error) {
    if (error instanceof SyntaxErrorAt) return error.offset
    throw error
  }
}

class Scanner {
  #at = 0
  readonly #path: string[] = []
  /** The keys seen in each open object; null for an open array. */
  readonly #open: (Set<string> | null)[] = []

  constructor(
    readonly text: string,
    readonly visit: KeyVisitor,
  ) {}

  scan(): void {
    for (;;) {
      if (!this.#value()) continue
      if (this.#closeAndContinue()) return
    }
  }

  /** Reads one value, or opens an object or array that is not empty; true when a value is complete. */
  #value(): boolean {
    const code = this.#next()
    if (code === quote) this.#string()
    else if (code === openObject) return this.#openObject()
    else if (code === openArray) return this.#openArray()
    else this.#literal()
    return true
  }

  #openObject(): boolean {
    this.#at += 1
    if (this.#next() === closeObject) return this.#step()
    this.#open.push(new Set())
    this.#key()
    return false
  }

  #openArray(): boolean {
    this.#at += 1
    if (this.#next() === closeArray) return this.#step()
    this.#open.push(null)
    this.#path.push('')
    return false
  }

  #step(): true {
    this.#at += 1
    return true
  }

  /** After a complete value: closes what ends here and goes on to the next member. True at the end of the text. */
  #closeAndContinue(): boolean {
    for (;;) {
      const code = this.#next()
      const keys = this.#open.at(-1)
      if (keys === undefined) {
        if (this.#at < this.text.length) throw new SyntaxErrorAt(this.#at)
        return true
      }
      if (code !== comma && code !== (keys === null ? closeArray : closeObject)) throw new SyntaxErrorAt(this.#at)
      this.#at += 1
      if (code === comma && keys === null) return false
      this.#path.pop()
      if (code === comma) {
        this.#key()
        return false
      }
      this.#open.pop()
    }
  }

  #key(): void {
    if (this.#next() !== quote) throw new SyntaxErrorAt(this.#at)
    const offset = this.#at
    const key = this.#string()
    if (this.#next() !== colon) throw new SyntaxErrorAt(this.#at)
    this.#at += 1
    const keys = this.#open.at(-1)
    this.visit(key, this.#path, offset, keys?.has(key) === true)
    keys?.add(key)
    this.#path.push(key)
  }

  #string(): string {
    const start = this.#at
    let escaped = false
    this.#at += 1
    for (;;) {
      const code = this.text.charCodeAt(this.#at)
      if (code === quote) break
      if (code === backslash) {
        escapeSequence.lastIndex = this.#at
        if (!escapeSequence.test(this.text)) throw new SyntaxErrorAt(this.#at)
        this.#at = escapeSequence.lastIndex
        escaped = true
      } else if (code >= 32) this.#at += 1
      else throw new SyntaxErrorAt(this.#at)
    }
    this.#at += 1
    return escaped ? String(JSON.parse(this.text.slice(start, this.#at))) : this.text.slice(start + 1, this.#at - 1)
  }

  #literal(): void {
    literal.lastIndex = this.#at
    if (!literal.test(this.text)) throw new SyntaxErrorAt(this.#at)
    this.#at = literal.lastIndex
  }

  /** Skips blanks; the code of what follows, NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.#at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code
      this.#at += 1
    }
  }
}

/**
 * Whether an object in the text states a key twice, of which JSON.parse kept one. A colon outside strings follows a quote
 * or a blank; where none follows a blank, counting those after a quote can only find too many, and then all is counted.
 */
export function hasDoubledKeys(text: string, value: unknown): boolean {
  const expected = countKeysInValue(value)
  let count = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1)
    if (before === quote) count += 1
    else if (before <= 32) return countKeysInText(text) !== expected
  }
  return count !== expected && countKeysInText(text) !== expected
}

/** How many keys valid JSON text holds, duplicates included. Leaps from quote to quote: most of a lockfile is strings. */
export function countKeysInText(text: string): number {
  let count = 0
  for (let start = text.indexOf('"'); start !== -1; ) {
    let end = text.indexOf('"', start + 1)
    while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
    if (end === -1) return count
    let after = end + 1
    let code = text.charCodeAt(after)
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++after)
    if (code === colon) count += 1
    start = text.indexOf('"', after)
  }
  return count
}

function isEscaped(text: string, quoteAt: number): boolean {
  let slashes = 0
  while (text.charCodeAt(quoteAt - 1 - slashes) === backslash) slashes += 1
  return slashes % 2 === 1
}

/** How many keys a parsed value holds. Fewer than in its text means that the text had duplicates. */
export function countKeysInValue(root: unknown): number {
  let count = 0
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (Array.isArray(value)) for (const member of value) open.push(member)
    else if (typeof value === 'object' && value !== null) {
      const record = value as Readonly<Record<string, unknown>>
      // Without a list of the keys: half a million small objects make their collection the larger cost.
      for (const key in record) {
        count += 1
        const member = record[key]
        if (typeof member === 'object' && member !== null) open.push(member)
      }
    }
  }
  return count
}

/** Offset → line, from 1. Built on the first question. */
export function lineCounter(text: string): (offset: number) => number {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
