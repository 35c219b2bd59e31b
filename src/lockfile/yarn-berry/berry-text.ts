import { endOfQuoted, hasControl, lineEnd, UnreadableAt, unquote } from '../yarn/lines.js'

/** One entry of a yarn.lock of Yarn 2 or later, or its `__metadata`. Offsets are into the text; 0: the field is not there. */
export interface BerryBlock {
  /** As written: descriptors with `, ` between them. */
  readonly key: string
  readonly offset: number
  version: string | undefined
  versionAt: number
  resolution: string | undefined
  resolutionAt: number
  checksum: string | undefined
  checksumAt: number
  linkType: string | undefined
  conditions: string | undefined
  /** Only in `__metadata`. */
  cacheKey: string | undefined
  /** Maps, as parts of the text, read when asked. */
  sections: Map<SectionName, Section> | undefined
  doubled: string[] | undefined
  /** Fields that hold a map where a text belongs, or the other way round. */
  misshapen: string[] | undefined
}

export type SectionName =
  | 'dependencies'
  | 'optionalDependencies'
  | 'peerDependencies'
  | 'dependenciesMeta'
  | 'peerDependenciesMeta'

type TextField = 'version' | 'resolution' | 'checksum' | 'linkType' | 'conditions' | 'cacheKey'

interface Section {
  readonly start: number
  end: number
}

const textFields: ReadonlySet<string> = new Set<TextField>([
  'version',
  'resolution',
  'checksum',
  'linkType',
  'conditions',
  'cacheKey',
])
const sectionNames: ReadonlySet<string> = new Set<SectionName>([
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'dependenciesMeta',
  'peerDependenciesMeta',
])
const isTextField = (key: string): key is TextField => textFields.has(key)
const isSectionName = (key: string): key is SectionName => sectionNames.has(key)

const space = 32
const quote = 34
const hash = 35
const colon = 58
const question = 63
const letterC = 99

// Of YAML's plain scalars those that Yarn writes, on one line: what begins like other YAML is not taken for text, and
// neither is what holds `: ` or ` #`, which YAML reads as a map or a comment.
const isPlainKey = (raw: string): boolean => /^[\w$./][^ ]*$/.test(raw)
const isPlainValue = (raw: string): boolean => /^[^ \-?:,[\]{}#&*!|>'"%@`]/.test(raw) && !/: | #|[ :]$/.test(raw)

// Most of a lockfile is in these shapes, recognised without looking at each line by itself. What is not goes the long way.
const entryHead =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are left to the look at each line, which refuses them.
  /"([^"\\\x00-\x1f\x7f]*)":\n {2}version: (\d[^ :\x00-\x1f\x7f]*)\n {2}resolution: "([^"\\\x00-\x1f\x7f]*)"\n/y
const mapLines =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
  /(?: {4}(?:"[^"\\\x00-\x1f\x7f]*"|[\w$./][^ :\x00-\x1f\x7f]*): (?:"[^"\\\x00-\x1f\x7f]*"|[^ \-?:,[\]{}#&*!|>'"%@`\x00-\x1f\x7f][^ :\x00-\x1f\x7f]*)\n){1,64}/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const entryTail = / {2}checksum: ([0-9a-z][^ :\x00-\x1f\x7f]*)\n {2}languageName: node\n {2}linkType: hard\n/y

/**
 * Reads the part of YAML that Yarn writes: entries at the margin, their fields two blanks in, maps four, maps of maps six.
 * Throws UnreadableAt for any other line, anchors, flow maps, block texts and further documents among them.
 */
export function readBerryText(text: string): readonly BerryBlock[] {
  return new BerryReader(text).read()
}

class BerryReader {
  readonly #blocks: BerryBlock[] = []
  #block: BerryBlock | undefined
  #section: Section | null = null
  /** Whether the line before opened a map at four blanks, which alone can hold lines at six. */
  #mapOpen = false

  constructor(readonly text: string) {}

  read(): readonly BerryBlock[] {
    const { text } = this
    for (let at = 0; at < text.length; ) at = this.#readShape(at) ?? this.#readLine(at)
    return this.#blocks
  }

  /** Several lines at once, where they are as nearly always; null where not. */
  #readShape(at: number): number | null {
    const first = this.text.charCodeAt(at)
    if (first === quote) return this.#readHead(at)
    if (first !== space) return null
    if (this.#section !== null && this.text.charCodeAt(at + 2) === space) {
      mapLines.lastIndex = at
      if (!mapLines.test(this.text)) return null
      this.#section.end = mapLines.lastIndex
      this.#mapOpen = false
      return mapLines.lastIndex
    }
    return this.text.charCodeAt(at + 2) === letterC ? this.#readTail(at) : null
  }

  #readHead(at: number): number | null {
    entryHead.lastIndex = at
    const head = entryHead.exec(this.text)
    if (head === null) return null
    const [, key = '', version = '', resolution = ''] = head
    const block = this.#open(key, at)
    block.version = version
    // Behind the key come its two quotes, the colon and the line's end.
    block.versionAt = at + key.length + 4
    block.resolution = resolution
    block.resolutionAt = block.versionAt + '  version: '.length + version.length + 1
    return entryHead.lastIndex
  }

  #readTail(at: number): number | null {
    const block = this.#block
    if (block === undefined || block.checksum !== undefined || block.linkType !== undefined) return null
    entryTail.lastIndex = at
    const tail = entryTail.exec(this.text)
    if (tail === null) return null
    block.checksum = tail[1]
    block.checksumAt = at
    block.linkType = 'hard'
    this.#section = null
    return entryTail.lastIndex
  }

  #open(key: string, at: number): BerryBlock {
    const block = aBlock(key, at)
    this.#block = block
    this.#blocks.push(block)
    this.#section = null
    this.#mapOpen = false
    return block
  }

  #readLine(at: number): number {
    const { text } = this
    const { end, next } = lineEnd(text, at)
    if (hasControl(text.slice(at, end))) throw new UnreadableAt(at)
    const depth = indentation(text, at, end)
    if (at + depth === end || text.charCodeAt(at + depth) === hash) return next
    if (depth === 0) {
      const key =
        text.charCodeAt(at) === question ? longKey(text, at, end, next) : { key: shortKey(text, at, end), next }
      this.#open(key.key, at)
      return key.next
    }
    if (this.#block === undefined) throw new UnreadableAt(at)
    if (depth === 2) {
      this.#section = readField(text, at, end, next, this.#block)
      this.#mapOpen = false
    } else this.#readMapLine(at, depth, end, next)
    return next
  }

  #readMapLine(at: number, depth: number, end: number, next: number): void {
    if (this.#section === null || (depth !== 4 && !(depth === 6 && this.#mapOpen))) throw new UnreadableAt(at)
    const { value } = readPair(this.text, at, depth, end)
    if (depth === 6 && value === null) throw new UnreadableAt(at)
    if (depth === 4) this.#mapOpen = value === null
    this.#section.end = next
  }
}

const aBlock = (key: string, offset: number): BerryBlock => ({
  key,
  offset,
  version: undefined,
  versionAt: 0,
  resolution: undefined,
  resolutionAt: 0,
  checksum: undefined,
  checksumAt: 0,
  linkType: undefined,
  conditions: undefined,
  cacheKey: undefined,
  sections: undefined,
  doubled: undefined,
  misshapen: undefined,
})

function indentation(text: string, at: number, end: number): number {
  let depth = 0
  while (at + depth < end && text.charCodeAt(at + depth) === space) depth += 1
  return depth
}

/** `"a@npm:^1, a@npm:^2":` or `__metadata:` */
function shortKey(text: string, at: number, end: number): string {
  const key = text.charCodeAt(end - 1) === colon ? readScalar(text.slice(at, end - 1), isPlainKey) : null
  if (key === null) throw new UnreadableAt(at)
  return key
}

/** Keys of more than 1024 characters stand on a line of their own: `? "a@…"`, then `:`. */
function longKey(text: string, at: number, end: number, next: number): { key: string; next: number } {
  const key = text.charCodeAt(at + 1) === space ? readScalar(text.slice(at + 2, end), isPlainKey) : null
  const line = lineEnd(text, next)
  if (key === null || line.end !== next + 1 || text.charCodeAt(next) !== colon) throw new UnreadableAt(at)
  return { key, next: line.next }
}

function readField(text: string, at: number, end: number, next: number, block: BerryBlock): Section | null {
  const { key, value } = readPair(text, at, 2, end)
  if (value === null) {
    const section = { start: next, end: next }
    if (isTextField(key)) noteMisshapen(block, key)
    else if (isSectionName(key)) {
      block.sections ??= new Map()
      if (block.sections.has(key)) noteDoubled(block, key)
      block.sections.set(key, section)
    }
    return section
  }
  if (isSectionName(key)) noteMisshapen(block, key)
  else if (isTextField(key)) {
    if (block[key] !== undefined) noteDoubled(block, key)
    block[key] = value
    if (key === 'version' || key === 'resolution' || key === 'checksum') block[`${key}At`] = at
  }
  return null
}

function noteDoubled(block: BerryBlock, key: string): void {
  block.doubled ??= []
  block.doubled.push(key)
}

function noteMisshapen(block: BerryBlock, key: string): void {
  block.misshapen ??= []
  block.misshapen.push(key)
}

/** `key: value`, or `key:` that opens a map: then the value is null. */
function readPair(text: string, at: number, depth: number, end: number): { key: string; value: string | null } {
  const start = at + depth
  const keyEnd = text.charCodeAt(start) === quote ? endOfQuoted(text, start, end) : endOfPlainKey(text, start, end)
  const key = keyEnd === -1 ? null : readScalar(text.slice(start, keyEnd), isPlainKey)
  if (key === null || text.charCodeAt(keyEnd) !== colon) throw new UnreadableAt(at)
  if (keyEnd + 1 === end) return { key, value: null }
  const value = text.charCodeAt(keyEnd + 1) === space ? readScalar(text.slice(keyEnd + 2, end), isPlainValue) : null
  if (value === null) throw new UnreadableAt(at)
  return { key, value }
}

/** A colon ends a key only before a blank or the end of the line. */
function endOfPlainKey(text: string, start: number, end: number): number {
  for (let at = text.indexOf(':', start); at !== -1 && at < end; at = text.indexOf(':', at + 1)) {
    if (at + 1 === end || text.charCodeAt(at + 1) === space) return at
  }
  return -1
}

function readScalar(raw: string, isPlain: (raw: string) => boolean): string | null {
  if (raw.startsWith('"')) return unquote(raw)
  return isPlain(raw) ? raw : null
}

/** The pairs of a map in a part of the text that `readBerryText` found to be well formed; not those of maps in it. */
export function* pairsIn(text: string, section: Section | undefined): Generator<[string, string]> {
  for (const { depth, key, value } of linesIn(text, section)) if (depth === 4 && value !== null) yield [key, value]
}

/** The names in a map of maps for which `field` is `true`. */
export function namesWith(text: string, section: Section | undefined, field: string): ReadonlySet<string> {
  const names = new Set<string>()
  let name = ''
  for (const line of linesIn(text, section)) {
    if (line.depth === 4) name = line.key
    else if (line.key === field && line.value === 'true') names.add(name)
  }
  return names
}

function* linesIn(
  text: string,
  section: Section | undefined,
): Generator<{ readonly depth: number; readonly key: string; readonly value: string | null }> {
  if (section === undefined) return
  for (let at = section.start; at < section.end; ) {
    const { end, next } = lineEnd(text, at)
    const depth = indentation(text, at, end)
    if (at + depth !== end && text.charCodeAt(at + depth) !== hash) yield { depth, ...readPair(text, at, depth, end) }
    at = next
  }
}
