import { maxYamlDepth } from '../../limits.js'
import { readBlockScalar } from './yaml-block-scalar.js'
import { code, type OddKey, YamlCursor, type YamlMistake } from './yaml-cursor.js'
import { readFlow } from './yaml-flow.js'
import { endsKey, isPlainStart, readPlain, readQuoted, resolvePlain } from './yaml-scalar.js'
import type { YamlMap, YamlValue } from './yaml-tree.js'

export interface YamlText {
  readonly documents: readonly YamlValue[]
  readonly odd: readonly OddKey[]
}

/**
 * Reads the part of YAML that pnpm and formatters write: maps, lists and scalars in every style. Anchors, aliases, tags,
 * directives and merge keys are mistakes: no lockfile needs them, and each lets a text say other things than it shows.
 */
export function readYaml(text: string): YamlText | YamlMistake {
  const cursor = new YamlCursor(text)
  const documents: YamlValue[] = []
  let markers = 0
  cursor.start()
  if (cursor.peek() !== code.dash || !cursor.isMarker()) documents.push(readDocument(cursor))
  while (cursor.at < text.length && cursor.mistake === null) {
    if (!text.startsWith('---', cursor.at)) readEnd(cursor)
    else {
      markers += 1
      cursor.at += 3
      cursor.endLine()
      documents.push(readDocument(cursor))
    }
  }
  // pnpm cuts the text at these lines before it reads any YAML, so none may stand inside a scalar.
  if (cursor.mistake === null && markers !== (text.match(/^---$/gm)?.length ?? 0)) {
    cursor.fail('a line that separates documents stands inside a value')
  }
  return cursor.mistake ?? { documents, odd: cursor.odd }
}

/** `...`, which writers put behind text that ends in empty lines. Only the end of the file may follow. */
function readEnd(cursor: YamlCursor): void {
  cursor.at += 3
  cursor.endLine()
  if (cursor.at < cursor.text.length) cursor.fail('a document is ended by hand, and something follows')
}

function readDocument(cursor: YamlCursor): YamlValue {
  const value = cursor.indent === -1 ? null : readNode(cursor, -1, 1)
  if (cursor.indent !== -1) cursor.fail('a line stands outside of everything before it')
  return value
}

const isIndicator = (cursor: YamlCursor, wanted: number): boolean => cursor.peek() === wanted && endsKey(cursor.peek(1))

/** At the first character of content that is indented deeper than `parent`. Leaves the cursor at the next content. */
function readNode(cursor: YamlCursor, parent: number, depth: number): YamlValue {
  if (depth > maxYamlDepth) cursor.fail(`it nests deeper than ${maxYamlDepth} levels`, true)
  if (isIndicator(cursor, code.dash)) return readList(cursor, depth)
  if (isIndicator(cursor, code.question) || isKey(cursor)) return readMap(cursor, depth)
  return readScalar(cursor, parent, depth)
}

/** A value that is no block collection, to the end of its lines. */
function readScalar(cursor: YamlCursor, parent: number, depth: number): YamlValue {
  switch (cursor.peek()) {
    case code.openBrace:
    case code.openBracket: {
      cursor.bracketParent = parent
      const value = readFlow(cursor, depth + 1)
      cursor.endLine()
      return value
    }
    case code.singleQuote:
    case code.doubleQuote: {
      const value = readQuoted(cursor, parent)
      cursor.endLine()
      return value
    }
    case code.pipe:
    case code.greater:
      return readBlockScalar(cursor, parent)
  }
  if (isPlainStart(cursor)) return readPlain(cursor, parent)
  cursor.fail('something stands here that pnpm does not write, such as an anchor, an alias or a tag')
  return null
}

function readMap(cursor: YamlCursor, depth: number): YamlMap {
  const from = cursor.openMap()
  const { indent } = cursor
  while (cursor.indent === indent) {
    const { line } = cursor
    const isExplicit = isIndicator(cursor, code.question)
    const key = isExplicit ? readExplicitKey(cursor, indent) : readKey(cursor)
    if (key === '<<') cursor.fail('a merge key stands here, which pnpm does not write')
    cursor.path.push(key)
    const value = readMapValue(cursor, indent, depth, isExplicit)
    cursor.path.pop()
    if (cursor.mistake !== null) break
    cursor.add(key, value, line)
  }
  if (cursor.indent > indent) cursor.fail('a line is indented deeper than what it belongs to')
  return cursor.closeMap(from)
}

/** After the colon. Only after an explicit key may a collection begin on the colon's own line. */
function readMapValue(cursor: YamlCursor, indent: number, depth: number, isExplicit: boolean): YamlValue {
  const from = cursor.at
  cursor.skipSpaces()
  const first = cursor.peek()
  if (first !== code.newline && first !== code.hash && cursor.at < cursor.text.length) {
    if (!isExplicit) return readScalar(cursor, indent, depth)
    cursor.indent = indent + 1 + cursor.at - from
    return readNode(cursor, indent, depth + 1)
  }
  cursor.at = from
  cursor.endLine()
  if (cursor.indent > indent) return readNode(cursor, indent, depth + 1)
  // A list may stand as far left as the key that it belongs to.
  return cursor.indent === indent && isIndicator(cursor, code.dash) ? readList(cursor, depth + 1) : null
}

function readList(cursor: YamlCursor, depth: number): YamlValue[] {
  const list: YamlValue[] = []
  const { indent } = cursor
  while (cursor.indent === indent && isIndicator(cursor, code.dash)) {
    cursor.at += 1
    const from = cursor.at
    cursor.skipSpaces()
    const first = cursor.peek()
    if (first === code.newline || first === code.hash || cursor.at >= cursor.text.length) {
      cursor.at = from
      cursor.endLine()
      list.push(cursor.indent > indent ? readNode(cursor, indent, depth + 1) : null)
    } else {
      cursor.indent = indent + 1 + cursor.at - from
      list.push(readNode(cursor, indent, depth + 1))
    }
  }
  if (cursor.indent > indent) cursor.fail('a line is indented deeper than what it belongs to')
  return list
}

/** Whether the line begins with a key, which ends in a colon on that line. */
function isKey(cursor: YamlCursor): boolean {
  const first = cursor.peek()
  if (first === code.singleQuote || first === code.doubleQuote) {
    const { at, line } = cursor
    readQuoted(cursor, -1)
    cursor.skipSpaces()
    const found = cursor.line === line && cursor.peek() === code.colon && cursor.mistake === null
    if (cursor.mistake === null) {
      cursor.at = at
      cursor.line = line
    }
    return found
  }
  return isPlainStart(cursor) && keyEnd(cursor) !== -1
}

/** Where the colon of the key stands that begins at the cursor; -1 where the line has none. */
function keyEnd({ text, at: from }: YamlCursor): number {
  for (let at = from; at < text.length; at += 1) {
    const one = text.charCodeAt(at)
    if (one === code.colon && endsKey(text.charCodeAt(at + 1))) return at
    if (one === code.newline || one === code.tab) return -1
    if (one === code.hash && text.charCodeAt(at - 1) === code.space) return -1
  }
  return -1
}

/** Leaves the cursor after the colon. */
function readKey(cursor: YamlCursor): string {
  const first = cursor.peek()
  if (first === code.singleQuote || first === code.doubleQuote) {
    const { line } = cursor
    const key = readQuoted(cursor, -1)
    cursor.skipSpaces()
    if (cursor.line !== line || cursor.peek() !== code.colon || !endsKey(cursor.peek(1)))
      cursor.fail('a line is no key')
    else cursor.at += 1
    return key
  }
  const end = isPlainStart(cursor) ? keyEnd(cursor) : -1
  if (end === -1) {
    cursor.fail('a line is no key')
    return ''
  }
  const key = cursor.text.slice(cursor.at, end)
  cursor.at = end + 1
  return keyText(key.endsWith(' ') ? key.trimEnd() : key)
}

/** Keys are texts: a number is the text that it prints as, which is not always the one that stands there. */
function keyText(key: string): string {
  const resolved = resolvePlain(key)
  return typeof resolved === 'string' ? resolved : String(resolved)
}

/** `? key` with its colon on the next line: how keys of more than 1024 characters are written. */
function readExplicitKey(cursor: YamlCursor, indent: number): string {
  cursor.at += 1
  cursor.skipSpaces()
  const value = readScalar(cursor, indent, maxYamlDepth)
  if (cursor.indent !== indent || !isIndicator(cursor, code.colon)) cursor.fail('a key has no value')
  else cursor.at += 1
  return typeof value === 'string' ? value : String(value)
}
