import { maxGypCharacters, maxGypDepth, maxGypValues } from '../limits.js'

/** A value of a gyp file. Numbers, True and None are of no use here and become their text. */
export type GypValue = string | readonly GypValue[] | ReadonlyMap<string, GypValue>

/**
 * Reads the Python literal that a gyp file is: single or double quotes, `#` comments, trailing commas, neighbouring strings
 * joined. Undefined for anything else, and for more values or nesting than a build has.
 */
export function parseGyp(text: string): GypValue | undefined {
  if (text.length > maxGypCharacters) return undefined
  const reader = new GypReader(text)
  const value = reader.value(0)
  return value !== undefined && reader.isAtEnd() ? value : undefined
}

const blank = /(?:\s|#[^\n]*)*/y
const quoted =
  /[uUrRbB]{0,2}(?:'''([\s\S]*?)'''|"""([\s\S]*?)"""|'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)")/y
const bare = /[-+\w.]+/y

class GypReader {
  readonly #text: string
  #at = 0
  #values = 0

  constructor(text: string) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text
  }

  isAtEnd(): boolean {
    this.#skip()
    return this.#at === this.#text.length
  }

  value(depth: number): GypValue | undefined {
    this.#skip()
    this.#values += 1
    if (depth > maxGypDepth || this.#values > maxGypValues) return undefined
    if (this.#take('{')) return this.#map(depth)
    if (this.#take('[')) return this.#list(depth, ']')
    if (this.#take('(')) return this.#list(depth, ')')
    return this.#string() ?? this.#match(bare)?.[0]
  }

  #map(depth: number): GypValue | undefined {
    const map = new Map<string, GypValue>()
    while (!this.#take('}')) {
      this.#skip()
      const key = this.#string()
      if (key === undefined || !this.#take(':')) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      map.set(key, value)
      if (this.#take(',')) continue
      return this.#take('}') ? map : undefined
    }
    return map
  }

  #list(depth: number, end: string): GypValue | undefined {
    const list: GypValue[] = []
    while (!this.#take(end)) {
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      list.push(value)
      if (this.#take(',')) continue
      return this.#take(end) ? list : undefined
    }
    return list
  }

  /** Strings that stand side by side are one. */
  #string(): string | undefined {
    let joined: string | undefined
    for (let part = this.#match(quoted); part !== undefined; part = this.#match(quoted)) {
      joined = (joined ?? '') + withoutEscapes(part[1] ?? part[2] ?? part[3] ?? part[4] ?? '')
      this.#skip()
    }
    return joined
  }

  #skip(): void {
    this.#match(blank)
  }

  #take(character: string): boolean {
    this.#skip()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#at += match[0].length
    return match
  }
}

const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

/** Hexadecimal and octal escapes too: `\x3c!(` is a command as well. */
const withoutEscapes = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([0-7]{1,3})|([\s\S]))/gi, (_, hex, unicode, octal, other) => {
    if (other !== undefined) return named[other] ?? other
    return String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? unicode, 16) : Number.parseInt(octal, 8))
  })
