import { maxYamlDepth } from '../../limits.js'
import { code, type YamlCursor } from './yaml-cursor.js'
import { isPlainStart, readQuoted, resolvePlain } from './yaml-scalar.js'
import type { YamlMap, YamlScalar, YamlValue } from './yaml-tree.js'

/** At a `{` or `[`. Leaves the cursor after the closing bracket, wherever its line is. */
export function readFlow(cursor: YamlCursor, depth: number): YamlValue {
  if (depth > maxYamlDepth) cursor.fail(`it nests deeper than ${maxYamlDepth} levels`, true)
  return cursor.peek() === code.openBrace ? readFlowMap(cursor, depth) : readFlowList(cursor, depth)
}

function readFlowMap(cursor: YamlCursor, depth: number): YamlMap {
  const from = cursor.openMap()
  cursor.at += 1
  for (skipFlowBlanks(cursor); cursor.peek() !== code.closeBrace; skipFlowBlanks(cursor)) {
    const { line } = cursor
    const key = readFlowScalar(cursor)
    cursor.skipSpaces()
    if (cursor.peek() === code.colon) {
      cursor.at += 1
      skipFlowBlanks(cursor)
      const isEmpty = cursor.peek() === code.comma || cursor.peek() === code.closeBrace
      cursor.path.push(String(key))
      const value = isEmpty ? null : readFlowValue(cursor, depth)
      cursor.path.pop()
      cursor.add(String(key), value, line)
    } else cursor.add(String(key), null, line)
    endFlowItem(cursor, code.closeBrace)
    if (cursor.mistake !== null) break
  }
  cursor.at += 1
  return cursor.closeMap(from)
}

function readFlowList(cursor: YamlCursor, depth: number): YamlValue[] {
  const list: YamlValue[] = []
  cursor.at += 1
  for (skipFlowBlanks(cursor); cursor.peek() !== code.closeBracket; skipFlowBlanks(cursor)) {
    list.push(readFlowValue(cursor, depth))
    endFlowItem(cursor, code.closeBracket)
    if (cursor.mistake !== null) return list
  }
  cursor.at += 1
  return list
}

function endFlowItem(cursor: YamlCursor, close: number): void {
  skipFlowBlanks(cursor)
  if (cursor.peek() === code.comma) cursor.at += 1
  else if (cursor.peek() !== close) cursor.fail('a list or map in brackets goes on where it should end')
}

function readFlowValue(cursor: YamlCursor, depth: number): YamlValue {
  const first = cursor.peek()
  return first === code.openBrace || first === code.openBracket ? readFlow(cursor, depth + 1) : readFlowScalar(cursor)
}

function readFlowScalar(cursor: YamlCursor): YamlScalar {
  const first = cursor.peek()
  if (first === code.singleQuote || first === code.doubleQuote) return readQuoted(cursor, cursor.bracketParent)
  if (!isPlainStart(cursor) || Number.isNaN(first)) {
    cursor.fail('something stands in brackets that pnpm does not write')
    return null
  }
  return resolvePlain(readFlowPlain(cursor))
}

function readFlowPlain(cursor: YamlCursor): string {
  const { text, at: from } = cursor
  let end = from
  for (let at = from; at < text.length; at += 1) {
    const one = text.charCodeAt(at)
    if (one === code.space) continue
    if (one === code.newline || one === code.comma || isFlowBracket(one)) break
    if (one === code.colon && endsFlowKey(text.charCodeAt(at + 1))) break
    if (one === code.hash && at > from && text.charCodeAt(at - 1) === code.space) break
    if (one === code.tab) cursor.fail('a tab stands where only blanks may')
    end = at + 1
  }
  if (cursor.mistake === null) cursor.at = end
  return text.slice(from, end)
}

const isFlowBracket = (one: number): boolean =>
  one === code.closeBrace || one === code.closeBracket || one === code.openBrace || one === code.openBracket

const endsFlowKey = (next: number): boolean =>
  next === code.space || next === code.newline || next === code.comma || isFlowBracket(next)

/** Blanks, line ends and comments between the parts of a flow collection. */
function skipFlowBlanks(cursor: YamlCursor): void {
  for (;;) {
    const one = cursor.peek()
    if (one === code.space) cursor.at += 1
    else if (one === code.newline) {
      cursor.at += 1
      cursor.line += 1
    } else if (one === code.hash && /\s/.test(cursor.text[cursor.at - 1] ?? ' ')) {
      const end = cursor.text.indexOf('\n', cursor.at)
      cursor.at = end === -1 ? cursor.text.length : end
    } else break
  }
  if (cursor.at >= cursor.text.length) cursor.fail('a bracket is not closed')
}
