import {
  Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml'
import { maxSettingsDepth } from '../../limits.js'
import { PlacedText } from '../commands/placed-text.js'
import { lineNestedTooDeep, maxOpenBrackets } from '../yaml-nesting.js'

/** A value of a YAML file with what stands behind it. */
export type YamlNode = Node | undefined

/** One YAML file with the lines of its values. Aliases are followed to what stands before them; merge keys are not, since GitHub knows none. */
export class YamlFile {
  readonly root: YamlNode
  /** The first line that is no YAML. */
  readonly broken: number | undefined
  readonly #text: string
  readonly #lines = new LineCounter()
  readonly #targets = new Map<Alias, Node>()

  constructor(text: string) {
    this.#text = text
    const nested = lineNestedTooDeep(text, { brackets: maxOpenBrackets, levels: maxSettingsDepth })
    const document = nested === undefined ? this.#parse(text) : undefined
    this.root = document?.contents ?? undefined
    const [first] = document?.errors ?? []
    this.broken = document === undefined ? (nested ?? 1) : first && this.#lines.linePos(first.pos[0]).line
  }

  #parse(text: string): Document.Parsed | undefined {
    try {
      const document = parseDocument(text, {
        version: '1.2',
        merge: false,
        lineCounter: this.#lines,
        // Silent, it would not tell of a second document either, and which of them GitHub reads nobody says.
        logLevel: 'error',
        uniqueKeys: false,
      })
      this.#followAliases(document)
      return document
    } catch (error) {
      // The parser recurses: nested deeper than the stack.
      if (error instanceof RangeError) return undefined
      throw error
    }
  }

  /** An alias stands for the last value before it that has its anchor. All in one walk: each look-up by itself would be another one. */
  #followAliases(document: Document.Parsed): void {
    const anchors = new Map<string, Node>()
    visit(document, (_, node) => {
      if (node instanceof Alias) {
        const target = anchors.get(node.source)
        if (target !== undefined) this.#targets.set(node, target)
      } else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node)
    })
  }

  /** What an alias stands for, anything else itself. */
  follow(node: unknown): YamlNode {
    if (isAlias(node)) return this.#targets.get(node)
    return isNode(node) ? node : undefined
  }

  /** Of a mapping, with the line of each key. Of a key that is there twice, both: GitHub takes none of them. */
  entries(node: YamlNode): readonly YamlEntry[] {
    if (!isMap(node)) return []
    return node.items.flatMap(({ key, value }: Pair) => {
      const name = this.follow(key)
      return isScalar(name) ? [{ key: textOf(name), line: this.line(name), value: this.follow(value) }] : []
    })
  }

  entry(node: YamlNode, key: string): YamlEntry | undefined {
    return this.entries(node).find((entry) => entry.key === key)
  }

  get(node: YamlNode, key: string): YamlNode {
    return this.entry(node, key)?.value
  }

  items(node: YamlNode): readonly YamlNode[] {
    return isSeq(node) ? node.items.map((item) => this.follow(item)) : []
  }

  /** As written: a version `18.10` is no number. Undefined for what is no scalar, and for nothing. */
  text(node: YamlNode): string | undefined {
    return isScalar(node) && node.value !== null ? textOf(node) : undefined
  }

  textAt(node: YamlNode, key: string): string | undefined {
    return this.text(this.get(node, key))
  }

  comment(node: YamlNode): string | undefined {
    return node?.comment?.trim() || undefined
  }

  line(node: YamlNode): number {
    return this.#lines.linePos(node?.range?.[0] ?? 0).line
  }

  /** The text of a scalar, each part of it with its line: of a block the one below its header, of folded text where each part stood. */
  placed(node: YamlNode): PlacedText {
    if (!isScalar(node)) return PlacedText.line('', 1)
    const [text, first] = [textOf(node), this.line(node)]
    if (node.type === 'BLOCK_LITERAL') return PlacedText.lines(text, first + 1)
    const isBlock = node.type === 'BLOCK_FOLDED'
    const [start = 0, end = 0] = node.range ?? []
    const pieces = [{ offset: 0, line: isBlock ? first + 1 : first }]
    let at = 0
    for (const [index, line] of this.#text.slice(start, end).split('\n').entries()) {
      if (isBlock && index === 0) continue
      const part = line.trim().replace(/^["']/, '')
      while (/\s/.test(text[at] ?? '')) at += 1
      // Of quoted text with escapes this finds no more: what follows is told on the last line that was found.
      if (part === '' || !text.startsWith(part.replace(/["']$/, ''), at)) continue
      pieces.push({ offset: at, line: first + index })
      at += part.length
    }
    return new PlacedText(text, pieces)
  }
}

export interface YamlEntry {
  readonly key: string
  /** Of the key. */
  readonly line: number
  readonly value: YamlNode
}

function textOf(scalar: Scalar): string {
  if (typeof scalar.value === 'string') return scalar.value
  return scalar.source ?? String(scalar.value)
}
