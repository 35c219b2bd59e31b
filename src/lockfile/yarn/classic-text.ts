import { endOfQuoted, hasControl, lineEnd, UnreadableAt, unquote } from './lines.js'

/** One entry of a classic yarn.lock as its lines state it. Offsets are into the text; 0 stands for a field that is not there. */
export interface ClassicBlock {
  readonly patterns: readonly string[]
  readonly offset: number
  version: string | undefined
  versionAt: number
  resolved: string | undefined
  resolvedAt: number
  integrity: string | undefined
  integrityAt: number
  /** Where the lines of `dependencies` start and end, 0 where there are none. Read when asked. */
  dependencies: Section | undefined
  optionalDependencies: Section | undefined
  /** The manifest's own name, which Yarn states where the pattern does not give it. */
  name: string | undefined
  /** Fields that the block states twice; Yarn takes the last. */
  doubled: string[] | undefined
  /** Fields that hold a map where a text belongs, or the other way round. */
  misshapen: string[] | undefined
}

interface Section {
  readonly start: number
  end: number
}

const space = 32
const quote = 34
const hash = 35
const colon = 58

// A bare word ends at a blank, a colon or a comma; Yarn takes `true` and `false` at its start for a word of their own.
const bareWord = /^(?!true|false)[a-zA-Z/.-][^ :,]*$/
const bareValue = /^(?:(?!true|false)[a-zA-Z/.-][^ :,]*|true|false|\d+)$/
// Most of a lockfile is in these shapes, recognised without looking at each line by itself. What is not goes the long way.
const entryBody =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are left to the look at each line, which refuses them.
  / {2}version "([^"\\\x00-\x1f\x7f]*)"\n {2}resolved "([^"\\\x00-\x1f\x7f]*)"\n(?: {2}integrity (sha\d[^ :,\x00-\x1f\x7f]*)\n)?/y
const dependencyLines =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
  /(?: {4}(?:"[^"\\\x00-\x1f\x7f]*"|(?!true|false)[a-zA-Z/.-][^ :,"\x00-\x1f\x7f]*) (?:"[^"\\\x00-\x1f\x7f]*"|(?!true|false)[a-zA-Z/.-][^ :,"\x00-\x1f\x7f]*)\n){1,64}/y

/**
 * Reads classic Yarn's own format line by line: entries at the margin, fields two blanks in, dependencies four. Throws
 * UnreadableAt for any other line. A blank line or a comment ends an entry: what is indented after one would make Yarn
 * itself stop reading and drop the rest of the file.
 */
export function readClassicText(text: string): readonly ClassicBlock[] {
  return new ClassicReader(text).read()
}

class ClassicReader {
  readonly #blocks: ClassicBlock[] = []
  #block: ClassicBlock | undefined
  #section: Section | null = null

  constructor(readonly text: string) {}

  read(): readonly ClassicBlock[] {
    const { text } = this
    for (let at = 0; at < text.length; ) at = this.#readShape(at) ?? this.#readLine(at)
    return this.#blocks
  }

  /** Several lines at once, where they are as nearly always; null where not. */
  #readShape(at: number): number | null {
    if (this.text.charCodeAt(at) !== space) return null
    if (this.#section === null) return this.#readBody(at)
    dependencyLines.lastIndex = at
    if (!dependencyLines.test(this.text)) return null
    this.#section.end = dependencyLines.lastIndex
    return dependencyLines.lastIndex
  }

  #readBody(at: number): number | null {
    const block = this.#block
    if (block === undefined || block.version !== undefined || block.resolved !== undefined) return null
    entryBody.lastIndex = at
    const body = entryBody.exec(this.text)
    if (body === null) return null
    const [, version = '', resolved = '', integrity] = body
    block.version = version
    block.versionAt = at
    block.resolved = resolved
    block.resolvedAt = at + '  version ""\n'.length + version.length
    if (integrity !== undefined) {
      if (block.integrity !== undefined) noteDoubled(block, 'integrity')
      block.integrity = integrity
      block.integrityAt = block.resolvedAt + '  resolved ""\n'.length + resolved.length
    }
    return entryBody.lastIndex
  }

  #readLine(at: number): number {
    const { text } = this
    const { end, next } = lineEnd(text, at)
    if (hasControl(text.slice(at, end))) throw new UnreadableAt(at)
    const first = text.charCodeAt(at)
    if (end === at || first === hash) {
      this.#block = undefined
      this.#section = null
    } else if (first !== space) {
      this.#block = aBlock(readPatterns(text, at, end), at)
      this.#blocks.push(this.#block)
      this.#section = null
    } else this.#readIndented(at, end, next)
    return next
  }

  #readIndented(at: number, end: number, next: number): void {
    const { text } = this
    if (this.#block === undefined || text.charCodeAt(at + 1) !== space) throw new UnreadableAt(at)
    if (text.charCodeAt(at + 2) !== space) this.#section = readField(text, at, end, next, this.#block)
    else {
      if (this.#section === null) throw new UnreadableAt(at)
      readDependency(text, at, end)
      this.#section.end = next
    }
  }
}

const aBlock = (patterns: readonly string[], offset: number): ClassicBlock => ({
  patterns,
  offset,
  version: undefined,
  versionAt: 0,
  resolved: undefined,
  resolvedAt: 0,
  integrity: undefined,
  integrityAt: 0,
  dependencies: undefined,
  optionalDependencies: undefined,
  name: undefined,
  doubled: undefined,
  misshapen: undefined,
})

/** `a@^1, "@s/b@^1":` */
function readPatterns(text: string, at: number, end: number): string[] {
  if (text.charCodeAt(end - 1) !== colon) throw new UnreadableAt(at)
  const line = text.slice(at, end - 1)
  const patterns = line.includes('"') ? splitQuoted(text, at, end - 1) : line.split(', ')
  if (!patterns.every((pattern) => line.includes('"') || bareWord.test(pattern))) throw new UnreadableAt(at)
  return patterns
}

function splitQuoted(text: string, lineStart: number, end: number): string[] {
  const words: string[] = []
  for (let at = lineStart; ; at += 2) {
    const wordEnd = endOfWord(text, at, end)
    const raw = text.slice(at, wordEnd)
    const word = raw.startsWith('"') ? unquote(raw) : bareWord.test(raw) ? raw : null
    if (word === null) throw new UnreadableAt(lineStart)
    words.push(word)
    at = wordEnd
    if (at === end) return words
    if (!text.startsWith(', ', at)) throw new UnreadableAt(lineStart)
  }
}

/** -1 is no offset that a word ends at, and gives an empty one, which nothing accepts. */
function endOfWord(text: string, at: number, end: number): number {
  if (text.charCodeAt(at) === quote) return Math.max(endOfQuoted(text, at, end), at)
  for (let to = at; to < end; to += 1) {
    const code = text.charCodeAt(to)
    if (code === space || code === colon || code === 44) return to
  }
  return end
}

/** One field of an entry; its section where it is a map of dependencies. */
function readField(text: string, at: number, end: number, next: number, block: ClassicBlock): Section | null {
  const keyEnd = endOfWord(text, at + 2, end)
  const key = readWord(text, at + 2, keyEnd, bareWord)
  if (key === null) throw new UnreadableAt(at)
  if (text.charCodeAt(keyEnd) === colon && keyEnd + 1 === end) return openSection(key, next, block)
  const value = text.charCodeAt(keyEnd) === space ? readWord(text, keyEnd + 1, end, bareValue) : null
  if (value === null) throw new UnreadableAt(at)
  switch (key) {
    case 'version':
    case 'resolved':
    case 'integrity':
      if (block[key] !== undefined) noteDoubled(block, key)
      block[key] = value
      block[`${key}At`] = at
      break
    case 'name':
      if (block.name !== undefined) noteDoubled(block, key)
      block.name = value
      break
    case 'dependencies':
    case 'optionalDependencies':
      noteMisshapen(block, key)
  }
  return null
}

function noteDoubled(block: ClassicBlock, key: string): void {
  block.doubled ??= []
  block.doubled.push(key)
}

function noteMisshapen(block: ClassicBlock, key: string): void {
  block.misshapen ??= []
  block.misshapen.push(key)
}

function openSection(key: string, start: number, block: ClassicBlock): Section {
  const section = { start, end: start }
  if (key === 'dependencies' || key === 'optionalDependencies') {
    if (block[key] !== undefined) noteDoubled(block, key)
    block[key] = section
  } else if (key === 'version' || key === 'resolved' || key === 'integrity' || key === 'name') noteMisshapen(block, key)
  return section
}

function readWord(text: string, at: number, end: number, bare: RegExp): string | null {
  const raw = text.slice(at, end)
  if (raw.startsWith('"')) return unquote(raw)
  return bare.test(raw) ? raw : null
}

/** A line such as `    "@s/a" "^1.0.0"`: the name and its range. */
function readDependency(text: string, at: number, end: number): [string, string] {
  const nameEnd = text.startsWith('    ', at) ? endOfWord(text, at + 4, end) : at
  const name = readWord(text, at + 4, nameEnd, bareWord)
  const range = text.charCodeAt(nameEnd) === space ? readWord(text, nameEnd + 1, end, bareValue) : null
  if (name === null || range === null) throw new UnreadableAt(at)
  return [name, range]
}

/** The dependencies in a part of the text that `readClassicText` found to be well formed. */
export function* dependenciesIn(text: string, section: Section | undefined): Generator<[string, string]> {
  if (section === undefined) return
  for (let at = section.start; at < section.end; ) {
    const { end, next } = lineEnd(text, at)
    yield readDependency(text, at, end)
    at = next
  }
}
