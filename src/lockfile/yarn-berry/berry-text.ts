import { endOfQuoted, lineEnd, UnreadableAt, unquote } from '../yarn/lines.js'

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
  readonly sections: Map<SectionName, Section>
  readonly doubled: string[]
  /** Fields that hold a map where a text belongs, or the other way round. */
  readonly misshapen: string[]
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

// Of YAML's plain scalars those that Yarn writes, on one line: what begins like other YAML is not taken for text, and
// neither is what holds `: ` or ` #`, which YAML reads as a map or a comment.
const isPlainKey = (raw: string): boolean => /^[\w$./][^ ]*$/.test(raw)
const isPlainValue = (raw: string): boolean => /^[^ \-?:,[\]{}#&*!|>'"%@`]/.test(raw) && !/: | #|[ :]$/.test(raw)
const mapLine =
  / {4}(?:"[^"\\\r\n]*"|[\w$./][^ :\r\n]*): (?:"[^"\\\r\n]*"|[^ \-?:,[\]{}#&*!|>'"%@`\r\n][^ :\r\n]*)\r?(?:\n|$)/y

/**
 * Reads the part of YAML that Yarn writes: entries at the margin, their fields two blanks in, maps four, maps of maps six.
 * Throws UnreadableAt for any other line, anchors, flow maps, block texts and further documents among them.
 */
export function readBerryText(text: string): BerryBlock[] {
  const blocks: BerryBlock[] = []
  let block: BerryBlock | undefined
  let section: Section | null = null
  // Whether the line before opened a map at four blanks, which alone can hold lines at six.
  let mapOpen = false
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at)
    if (first === space && section !== null) {
      mapLine.lastIndex = at
      if (mapLine.test(text)) {
        at = mapLine.lastIndex
        section.end = at
        mapOpen = false
        continue
      }
    }
    const { end, next } = lineEnd(text, at)
    const depth = indentation(text, at, end)
    if (at + depth === end || text.charCodeAt(at + depth) === hash) {
      at = next
      continue
    }
    if (depth === 0) {
      const key = first === question ? longKey(text, at, end, next) : { key: shortKey(text, at, end), next }
      block = aBlock(key.key, at)
      blocks.push(block)
      section = null
      at = key.next
      continue
    }
    if (block === undefined) throw new UnreadableAt(at)
    if (depth === 2) {
      section = readField(text, at, end, next, block)
      mapOpen = false
    } else {
      if (section === null || (depth !== 4 && !(depth === 6 && mapOpen))) throw new UnreadableAt(at)
      const { value } = readPair(text, at, depth, end)
      if (depth === 6 && value === null) throw new UnreadableAt(at)
      if (depth === 4) mapOpen = value === null
      section.end = next
    }
    at = next
  }
  return blocks
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
  sections: new Map(),
  doubled: [],
  misshapen: [],
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
    if (isTextField(key)) block.misshapen.push(key)
    else if (isSectionName(key)) {
      if (block.sections.has(key)) block.doubled.push(key)
      block.sections.set(key, section)
    }
    return section
  }
  if (isSectionName(key)) block.misshapen.push(key)
  else if (isTextField(key)) {
    if (block[key] !== undefined) block.doubled.push(key)
    block[key] = value
    if (key === 'version' || key === 'resolution' || key === 'checksum') block[`${key}At`] = at
  }
  return null
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
