import { maxFileLiterals, maxNamesInText } from '../../../limits.js'
import type { Literal, Sighting } from '../file-code.js'
import type { TextRange } from '../read/read-code.js'
import type { SourceText } from '../read/source-text.js'
import { type ESTree, endOf, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { type Position, walk } from '../read/walk.js'
import { decodeText } from './decode-text.js'
import { canBeHost } from './domains.js'
import { type FindOptions, type FoundName, findNames, mayName } from './find-names.js'
import { LiteralList } from './literal-list.js'
import { isProse } from './prose.js'
import { isRecipientName, type StringUse, useOfString } from './string-use.js'

/** A text that folding made of an expression. */
export interface FoldedText {
  readonly offset: number
  readonly text: string
}

const hostKey =
  /^(?:api|mail|smtp|remote|server|base|proxy|webhook|c2)?_?(?:host|hostname|host_?name|server|domain|origin|endpoint|url|uri)$/i

const contractName = /contract|token|router|factory|registry|proxy|pool|vault|bridge/i

/** Finds what the texts of one tree name; fed by the walk that other readers share. */
export class LiteralReader {
  readonly #source: SourceText
  readonly #list: LiteralList
  readonly #options: Omit<FindOptions, 'isWhole' | 'isProse'>
  /** Names that are given as a mail's recipient, and the addresses that names stand for. */
  readonly #recipientNames = new Set<string>()
  readonly #named: {
    readonly name: string
    readonly value: string
    readonly offset: number
    readonly decoded: boolean
  }[] = []

  #cut = false

  constructor(source: SourceText) {
    this.#source = source
    this.#list = new LiteralList(source)
    let isSolana: boolean | undefined
    this.#options = { isSolana: () => (isSolana ??= /solana|lamports|phantom/i.test(source.text)) }
  }

  enter(node: SyntaxNode, at: Position): void {
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'string') this.#string(node, node.value, at)
        else if ('regex' in node) this.#pattern(node)
        return
      case 'TemplateLiteral':
        this.#string(node, textOfTemplate(node), at)
        return
      case 'Property':
        if (node.value.type === 'Identifier') this.#slot(node.key as SyntaxNode, node.value.name)
        return
      case 'AssignmentExpression':
        if (node.right.type === 'Identifier' && node.left.type === 'MemberExpression') {
          this.#slot(node.left.property as SyntaxNode, node.right.name)
        }
        return
      default:
        if ((node.type as string) === 'JSXText') this.#elementText(node)
    }
  }

  /** The texts that expressions stand for. Only those that name somebody are worth going through the tree for. */
  folded(texts: readonly FoldedText[], tree: SyntaxNode, anyKeys: boolean): void {
    const byOffset = new Map(texts.map(({ offset, text }) => [offset, text]))
    for (const [offset, text] of byOffset) {
      if (!mayName(text) || this.#find(text, true).length === 0) byOffset.delete(offset)
    }
    if (byOffset.size === 0) return
    const offsets = [...byOffset.keys()].sort((one, other) => one - other)
    const enter = (node: SyntaxNode, at: Position): 'skip' | undefined => {
      const start = startOf(node)
      if (!isBetween(offsets, start, endOf(node))) return 'skip'
      const text = foldable.has(node.type) ? byOffset.get(start) : undefined
      if (text === undefined) return undefined
      // The outermost expression that begins there stands for it.
      byOffset.delete(start)
      // A constant of the file that is put before a path is no secret.
      this.#addAll(this.#find(text, true), text, this.#source.text, start, -1, useOfString(node, at))
      return undefined
    }
    walk(tree, { enter }, { anyKeys })
  }

  /** Comments, and what could not be told apart from code. */
  comments(comments: readonly TextRange[]): void {
    for (const { start, end } of comments) this.comment(this.#source.text.slice(start, end), start)
  }

  comment(text: string, offset: number): void {
    if (!text.includes('://') && !text.includes('@')) return
    for (const found of this.#find(text, false, true)) {
      if (found.kind !== 'url') this.#add(found, 'comment', offset + found.at, false)
    }
  }

  /** A text with nothing known about where it stands: a string among tokens, or a whole file. */
  text(text: string, offset: number, isWhole: boolean): void {
    if (!mayName(text)) return
    const context = isWhole && isProse(text) ? 'message' : 'code'
    for (const found of this.#find(text, isWhole)) {
      if (context === 'message' && found.kind === 'url') continue
      this.#add(found, context, offset + (isWhole ? 0 : found.at), found.disguised === true)
    }
    if (isWhole) this.#decoded(text, offset, 'code')
  }

  /** What an ability is used with, as folded. It is code, whatever else the text is used for. */
  reached({ constant, line, column }: Sighting): void {
    if (constant === undefined || !mayName(constant)) return
    for (const found of this.#find(constant, true)) {
      const decoded = found.disguised === true || !isWritten(found, this.#source.text)
      const { kind, value, service } = found
      const literal = { kind, value, context: 'code', decoded, ...(service && { service }) } as const
      this.#list.addUsed(literal, this.#source.offsetAt({ line, column }))
    }
  }

  /** There may be more names in the code than are told. */
  get cut(): boolean {
    return this.#list.cut || this.#cut
  }

  literals(): readonly Literal[] {
    for (const { name, value, offset, decoded } of this.#named) {
      const kind = this.#recipientNames.has(name) ? 'recipient' : 'email-address'
      this.#list.add({ kind, value, context: 'code', decoded }, offset)
    }
    return this.#list.sorted()
  }

  #find(text: string, isWhole: boolean, isProse = false): readonly FoundName[] {
    const found = findNames(text, { ...this.#options, isWhole, isProse })
    if (found.length >= maxNamesInText && !isProse) this.#cut = true
    return found
  }

  #string(node: SyntaxNode, text: string, at: Position): void {
    if (mayName(text)) this.#namesIn(node, text, at)
    const decoded = decodeText(text)
    if (decoded !== undefined) this.#addDecoded(decoded, startOf(node), useOfString(node, at))
  }

  #namesIn(node: SyntaxNode, text: string, at: Position): void {
    const found = this.#find(text, !isSpecifier(at) && !isInTable(at))
    const start = startOf(node)
    if (found.length > 0) {
      const written = this.#source.text.slice(start, endOf(node))
      const isExact = written.length === text.length + 2 && written.slice(1, -1) === text
      // `\/` is an old habit of JSON.
      const plain = isExact ? written : written.replaceAll('\\/', '/').toLowerCase()
      this.#addAll(found, text, plain, start, isExact ? start + 1 : -1, useOfString(node, at))
    } else if (canBeHost(text.toLowerCase()) && hostKey.test(useOfString(node, at).name ?? '')) {
      this.#list.add({ kind: 'host', value: text.toLowerCase(), context: 'code', decoded: false }, start)
    }
  }

  /** `plain`: where a name must be written for it not to be hidden. `inner`: the offset of the text in the file, where it is there as it is. */
  #addAll(
    names: readonly FoundName[],
    text: string,
    plain: string,
    start: number,
    inner: number,
    use: StringUse,
  ): void {
    const context = contextOf(text, use)
    for (const found of names) {
      if (context !== 'code' && found.kind === 'url') continue
      const hidden = found.disguised === true || (inner === -1 && !isWritten(found, plain))
      this.#addUsed(found, text, context, inner === -1 ? start : inner + found.at, hidden, use)
    }
  }

  #addUsed(
    found: FoundName,
    text: string,
    context: Literal['context'],
    offset: number,
    decoded: boolean,
    use: StringUse,
  ): void {
    if (found.kind === 'email-address') {
      if (use.isRecipient || isMailHeader(text, found.at)) {
        this.#add({ ...found, kind: 'recipient' }, 'code', offset, decoded)
        return
      }
      if (use.name !== undefined && context === 'code' && this.#named.length < maxFileLiterals) {
        this.#named.push({ name: use.name, value: found.value, offset, decoded })
        return
      }
    }
    const isContract =
      found.kind === 'wallet-address' && found.value.startsWith('0x') && contractName.test(use.name ?? '')
    this.#add(isContract ? { ...found, kind: 'contract-address' } : found, context, offset, decoded)
  }

  #decoded(text: string, offset: number, context: Literal['context']): void {
    const decoded = decodeText(text)
    if (decoded === undefined || !mayName(decoded)) return
    for (const found of this.#find(decoded, true)) {
      this.#add(found, context, offset, true)
    }
  }

  #addDecoded(text: string, offset: number, use: StringUse): void {
    if (!mayName(text)) return
    for (const found of this.#find(text, true)) {
      this.#addUsed(found, text, 'code', offset, true, use)
    }
  }

  #add({ kind, value, service }: FoundName, context: Literal['context'], offset: number, decoded: boolean): void {
    this.#list.add({ kind, value, context, decoded, ...(service && { service }) }, offset)
  }

  #pattern(node: SyntaxNode): void {
    const text = this.#source.text.slice(startOf(node), endOf(node))
    const found = mayName(text) ? this.#find(text, false) : []
    for (const name of found) if (name.kind === 'token-pattern') this.#add(name, 'code', startOf(node), false)
  }

  #elementText(node: SyntaxNode): void {
    const text = this.#source.text.slice(startOf(node), endOf(node))
    if (!mayName(text)) return
    for (const found of this.#find(text, false, true)) {
      if (found.kind !== 'url') this.#add(found, 'message', startOf(node) + found.at, false)
    }
  }

  #slot(key: SyntaxNode, name: string): void {
    const written = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : ''
    if (isRecipientName(written)) this.#recipientNames.add(name)
  }
}

const foldable: ReadonlySet<string> = new Set([
  'BinaryExpression',
  'CallExpression',
  'Identifier',
  'Literal',
  'MemberExpression',
  'TemplateLiteral',
])

/** Whether one of some sorted numbers is at least the one and less than the other. */
function isBetween(sorted: readonly number[], from: number, to: number): boolean {
  let low = 0
  let high = sorted.length
  while (high > low) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return (sorted[low] ?? to) < to
}

/** `…` stands for what is put in, so that what is around it does not run together. */
const textOfTemplate = ({ quasis }: ESTree.TemplateLiteral): string =>
  quasis.length === 1 ? textOf(quasis[0]) : quasis.map(textOf).join('…')

const textOf = (quasi: ESTree.TemplateElement | undefined): string => quasi?.value.cooked ?? quasi?.value.raw ?? ''

/** Names of modules may look like hosts: `socket.io`. */
function isSpecifier({ parent, key }: Position): boolean {
  if (parent === undefined) return false
  if (key === 'source') return true
  return parent.type === 'CallExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'require'
}

/** Lists of public suffixes and of providers of throw-away mail; what a program connects to is not one of hundreds. */
const manyEntries = 200

/** A bare host in a large table is an entry of it. One that is reached is seen where it is reached. */
function isInTable(at: Position): boolean {
  const { parent } = at
  if (parent?.type === 'ArrayExpression') return parent.elements.length > manyEntries
  const table = parent?.type === 'Property' ? at.ancestor(2) : undefined
  return table?.type === 'ObjectExpression' && table.properties.length > manyEntries
}

/** What is logged is shown and no more; other messages must read like one, since a program can take a property's value for anything. */
function contextOf(text: string, use: StringUse): Literal['context'] {
  if (use.isMessage && (use.name === undefined || /\s/.test(text.trim()))) return 'message'
  return isProse(text) ? 'message' : 'code'
}

/** A URL is normalised and its unknown parts are marked: its host is what counts. */
function isWritten({ kind, value, service }: FoundName, plain: string): boolean {
  if (kind === 'token-pattern') return true
  const [, , host = ''] = kind === 'url' || kind === 'webhook' ? value.split('/', 3) : ['', '', value]
  const written = (host.startsWith('*') ? host.slice(1) : host).toLowerCase()
  if (plain.includes(written)) return true
  return (kind === 'host' || kind === 'url') && service === undefined && hasItsDomain(written, plain)
}

/** `${id}-dsn.search.example`: whose it is can be read, and what is put before it is only what a customer of theirs is called. */
function hasItsDomain(host: string, plain: string): boolean {
  const labels = host.split('.')
  // Of `co.uk` and its like three labels are a domain.
  const count = (labels.at(-2)?.length ?? 0) > 3 ? 2 : 3
  return labels.length > count && plain.includes(`.${labels.slice(-count).join('.')}`)
}

/** Mail as it goes over the wire. */
const isMailHeader = (text: string, at: number): boolean =>
  /(?:\bb?cc|\brcpt to)\s{0,3}:\s{0,3}(?:[^\r\n]{0,60}<)?$/i.test(text.slice(Math.max(0, at - 80), at))
