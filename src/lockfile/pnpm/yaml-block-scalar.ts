import { code, type YamlCursor } from './yaml-cursor.js'

interface Style {
  readonly folded: boolean
  readonly chomp: 'strip' | 'clip' | 'keep'
  /** Columns beyond the parent's, where the text states them. */
  readonly stated: number | null
}

/** At a `|` or `>`. Reads the lines that are indented deeper than `parent`, and stops at the next content. */
export function readBlockScalar(cursor: YamlCursor, parent: number): string {
  // Nothing is less indented than such a document, so its end cannot be told from its content.
  if (parent < 0) cursor.fail('the document is one text')
  const style = cursor.mistake === null ? readStyle(cursor) : null
  const lines = style === null ? [] : takeLines(cursor, parent, style.stated)
  return style === null ? '' : assemble(lines, style)
}

function readStyle(cursor: YamlCursor): Style | null {
  const end = cursor.text.indexOf('\n', cursor.at)
  const header = cursor.text.slice(cursor.at, end === -1 ? undefined : end)
  const found = /^([|>])(?:([-+])([1-9])?|([1-9])([-+])?)? *(?: #.*)?$/.exec(header)
  if (found === null) {
    cursor.fail('a block of text has a header that is none')
    return null
  }
  const [, kind, sign = found[5], digit = found[4]] = found
  cursor.at += header.length
  return {
    folded: kind === '>',
    chomp: sign === '-' ? 'strip' : sign === '+' ? 'keep' : 'clip',
    stated: digit === undefined ? null : Number(digit),
  }
}

/** The lines without their indentation; lines of nothing but blanks up to it are `''`. At the end of the header's line. */
function takeLines(cursor: YamlCursor, parent: number, stated: number | null): string[] {
  const { text } = cursor
  const lines: string[] = []
  let indent = stated === null ? null : parent + stated
  let blankWidth = 0
  // The end of the text's last line begins no further one.
  while (cursor.at < text.length - 1) {
    const start = cursor.at + 1
    let at = start
    while (text.charCodeAt(at) === code.space && (indent === null || at - start < indent)) at += 1
    const isBlank = text.charCodeAt(at) === code.newline || at >= text.length
    if (!isBlank) {
      if (at - start <= parent || at - start < (indent ?? 0)) break
      if (text.charCodeAt(at) === code.tab && indent === null) cursor.fail('a tab stands where only blanks may')
      indent ??= at - start
      if (blankWidth > indent) cursor.fail('an empty line of a block of text is indented deeper than its first line')
    } else if (indent === null) blankWidth = Math.max(blankWidth, at - start)
    const end = text.indexOf('\n', at)
    lines.push(text.slice(at, end === -1 ? undefined : end))
    if (cursor.mistake !== null) break
    cursor.at = end === -1 ? text.length : end
    cursor.line += 1
  }
  cursor.nextContent()
  return lines
}

function assemble(lines: readonly string[], { folded, chomp }: Style): string {
  let text = ''
  let empty = 0
  let hasContent = false
  let wasDeeper = false
  for (const line of lines) {
    if (line === '') {
      empty += 1
      continue
    }
    const isDeeper = folded && (line.startsWith(' ') || line.startsWith('\t'))
    if (!folded || isDeeper) text += '\n'.repeat(hasContent ? empty + 1 : empty)
    else if (wasDeeper) text += '\n'.repeat(empty + 1)
    else text += empty > 0 ? '\n'.repeat(empty) : hasContent ? ' ' : ''
    text += line
    wasDeeper = isDeeper
    hasContent = true
    empty = 0
  }
  if (chomp === 'keep') return text + '\n'.repeat(hasContent ? empty + 1 : empty)
  return chomp === 'clip' && hasContent ? `${text}\n` : text
}
