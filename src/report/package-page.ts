import { plain, shorten } from './escape.js'
import { plural } from './plural.js'
import { type TerminalStyle, terminalStyle } from './terminal-style.js'
import { wrap } from './wrap.js'

export interface PackageTerminalOptions {
  readonly colour: boolean
  readonly width: number
}

/** What every part of a page about packages is laid out with. */
export interface PackagePage {
  readonly style: TerminalStyle
  readonly width: number
}

/** Columns; what is wider is hard to read, what is narrower has no room for a path and the code beside it. */
export const openPage = ({ colour, width }: PackageTerminalOptions): PackagePage => ({
  width: Math.min(120, Math.max(40, width)),
  style: terminalStyle(colour),
})

/** Shown of one list; the rest is counted. */
const shown = 12

export const sayBytes = (count: number): string =>
  count < 1024
    ? `${count} B`
    : count < 1024 ** 2
      ? `${(count / 1024).toFixed(1)} KB`
      : `${(count / 1024 ** 2).toFixed(1)} MB`

/** One item a line, the label before the first. */
export function list(label: string, items: readonly string[], page: PackagePage, most = shown): string[] {
  const more = items.length - most
  const visible = more > 0 ? [...items.slice(0, most), `and ${more.toLocaleString('en-US')} more`] : items
  return visible.flatMap((text, index) => entry(index === 0 ? label : '', text, page))
}

const longestName = 100

/** Shown of names in a row. */
const shownInline = 9

/** Names one behind the other. */
export function inline(label: string, names: readonly string[], page: PackagePage, most = shownInline): string[] {
  if (names.length === 0) return []
  const more = names.length - most
  const tail = more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''
  const visible = names.slice(0, most).map((name) => shorten(name, longestName))
  return entry(label, `${visible.join(', ')}${tail}`, page, most * (longestName + tail.length + 20))
}

export function entry(label: string, text: string, { style, width }: PackagePage, limit = 400): string[] {
  const start = label.padEnd(14)
  const [first = '', ...rest] = wrap(start, plain(shorten(text, limit)), width)
  return [`${style.dim(start)}${first.slice(start.length)}`, ...rest]
}

/** `starts programs, uses the network and 3 more` */
export function sayFew(phrases: readonly string[], most = 3): string {
  const more = phrases.length - most
  if (more > 1) return `${phrases.slice(0, most).join(', ')} and ${plural(more, 'more', 'more')}`
  const last = phrases.at(-1) ?? ''
  return phrases.length > 1 ? `${phrases.slice(0, -1).join(', ')} and ${last}` : last
}

/** Cut to the width, never in the middle of an escape: this comes after `plain`. */
export const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text
