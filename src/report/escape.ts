import type { Foreign } from '../foreign.js'

/**
 * The only way out for text that came from a pull request or a registry. Nothing here removes what a reader should know:
 * a character that would not be seen, or would change how its neighbours are seen, is named in its place.
 */

/**
 * Controls (terminal escapes among them), bidi and other format characters, line and paragraph separators, lone
 * surrogates, what fonts draw as nothing (zero-width, tags, fillers, variation selectors, braille blank), private use,
 * and every blank that is not the ordinary one.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|[^\P{Zs} ]/gu

/** Code is hidden off-screen behind long whitespace, so a run longer than any indentation is counted instead. */
const longBlank = / {12,}/g

/** Stacked marks paint over the lines around them. Four are more than any written language needs. */
const stackedMarks = /(\p{M}{4})(\p{M}+)/gu

const nameCharacter = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`

/** One line of plain text in which every character can be seen. */
export function plain(text: string): string {
  return text
    .replace(unseen, nameCharacter)
    .replace(stackedMarks, (_, kept: string, more: string) => `${kept}<${[...more].length} marks>`)
    .replace(longBlank, (run) => `<${run.length} spaces>`)
}

/** `plain`, line by line. A carriage return that ends a line is part of the line's end. */
export function plainLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => plain(line.replace(/\t/g, '  ')))
}

/** At most `limit` characters of `text` and, where that is less than all, how many more there are. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  // Never half of a surrogate pair.
  const cut = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit
  const hidden = text.length - cut
  return `${text.slice(0, cut)}…(${hidden} more character${hidden === 1 ? '' : 's'})`
}

/** A copy of any plain data in which every string is `plain`: a renderer that gets only this cannot forget to escape. */
export function plainCopy<T>(value: T): T {
  if (typeof value === 'string') return plain(value) as T
  if (Array.isArray(value)) return value.map((item) => plainCopy(item)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key), plainCopy(item)])) as T
}

/** GitHub-flavoured Markdown that is safe to send. Only this module makes it. */
export interface Markdown {
  readonly markdown: string
}

class SafeMarkdown implements Markdown {
  constructor(readonly markdown: string) {}
}

export type MarkdownValue = Markdown | Foreign | string | number

/** Markdown of ours in which every interpolated value is escaped as text, unless it is Markdown already. */
export function md(strings: TemplateStringsArray, ...values: readonly MarkdownValue[]): Markdown {
  return new SafeMarkdown(String.raw({ raw: strings.map(String) }, ...values.map(toMarkdownText)))
}

/** A sentence with names between backticks, which become code. Each part is escaped as what it is, whoever wrote it. */
export const mdSentence = (text: string): Markdown =>
  joinMarkdown(
    text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? md`${part}` : code(part))),
    '',
  )

export function joinMarkdown(parts: readonly Markdown[], separator: string): Markdown {
  return new SafeMarkdown(parts.map(({ markdown }) => markdown).join(separator))
}

const toMarkdownText = (value: MarkdownValue): string => {
  if (value instanceof SafeMarkdown) return value.markdown
  return typeof value === 'object' ? escapeText(value.markdown) : escapeText(String(value))
}

/** What Markdown, HTML or GitHub's own links could take for more than text. */
const special = /:\/\/|www\.|GH-(?=\d)|[&<>|@#\\`*_{}[\]()~$!^+=-]|^ *\d+(?=[.)])/gi

/**
 * Text that Markdown shows as it is. GitHub finds mentions, references and links in the rendered page, where a backslash
 * is gone already, so these are parted by a zero-width space of ours.
 */
const escapeText = (text: string): string =>
  plain(text).replace(special, (found) => {
    if (/^[&<>|]$/.test(found)) return `&#${found.charCodeAt(0)};`
    if (/^[@#]$/.test(found)) return `&#${found.charCodeAt(0)};&#8203;`
    if (/^ *\d/.test(found)) return `${found}&#8203;`
    return found.length > 1 ? `${found.slice(0, -1)}&#8203;${found.slice(-1)}` : `\\${found}`
  })

/** A hidden comment is how our own comments are found again: foreign text must not be able to hold one. */
const withoutComment = (text: string): string => text.replaceAll('<!--', '<U+003C>!--')

const longestBacktickRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)

/** A code span, in which GitHub links and mentions nothing, closed by more backticks than the text holds. */
export function code(text: string, limit = 200): Markdown {
  const shown = withoutComment(plain(shorten(text, limit)))
  if (shown.trim() === '') return new SafeMarkdown('(empty)')
  const fence = '`'.repeat(longestBacktickRun(shown) + 1)
  return new SafeMarkdown(fence.length > 1 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`)
}

/** A fenced block that its content cannot close. */
export function codeBlock(lines: readonly string[]): Markdown {
  const shown = lines.map((line) => withoutComment(plain(line)))
  const fence = '`'.repeat(Math.max(3, longestBacktickRun(shown.join('\n')) + 1))
  return new SafeMarkdown([`${fence}text`, ...shown, fence].join('\n'))
}

/** One row of a table: a bar would end a cell even inside a code span. */
export function tableRow(cells: readonly Markdown[]): Markdown {
  return new SafeMarkdown(`| ${cells.map(({ markdown }) => markdown.replaceAll('|', '\\|')).join(' | ')} |`)
}

/** Message text of SARIF, where brackets make links and braces placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6). */
export function sarifText(text: string): string {
  return plainLines(text)
    .map((line) =>
      line
        .replace(/[\\[\]]/g, '\\$&')
        .replaceAll('{', '{{')
        .replaceAll('}', '}}'),
    )
    .join('\n')
}

/** JSON whose every invisible character is an escape: the same value, and nothing for a terminal to obey. */
export function jsonText(value: unknown): string {
  const toEscapes = (text: string): string =>
    Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
  return JSON.stringify(value, null, 2).replace(unseen, (found) => (found === '\n' ? found : toEscapes(found)))
}

/** HTML in which every interpolated value is escaped, for text and for quoted attributes, unless it is HTML already. */
export interface Html {
  readonly html: string
}

class SafeHtml implements Html {
  constructor(readonly html: string) {}
}

export type HtmlValue = Html | readonly Html[] | Foreign | string | number

export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new SafeHtml(String.raw({ raw: strings.map(String) }, ...values.map(toHtmlText)))
}

/** As `mdSentence`. */
export const htmlSentence = (text: string): Html =>
  html`${text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`

function toHtmlText(value: HtmlValue): string {
  if (value instanceof SafeHtml) return value.html
  if (Array.isArray(value)) return value.map((item: Html) => toHtmlText(item)).join('')
  return plainLines(String(value))
    .join('\n')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
