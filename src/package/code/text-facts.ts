import type { Capability, Hidden, Literal, Obfuscation, Shape, Sighting } from './file-code.js'
import { hasLookAlikes, isDisguisedName } from './hidden/homoglyphs.js'
import { findInvisible, type HiddenAt, type Surroundings } from './hidden/invisible-characters.js'
import { findPushedCode } from './hidden/long-whitespace.js'
import { readShape } from './hidden/shape.js'
import { type FoldedText, LiteralReader } from './literals/literal-reader.js'
import { ObfuscationReader } from './obfuscation/obfuscation-reader.js'
import type { ReadCode, TextRange } from './read/read-code.js'
import { endOf, type SyntaxNode, startOf } from './read/syntax-node.js'
import { readTokens } from './read/tokens.js'
import { type Position, walk } from './read/walk.js'

export type { FoldedText }

/** What a file's text says besides what it does. */
export interface TextFacts {
  readonly literals: readonly Literal[]
  readonly obfuscation: Obfuscation
  readonly hidden: readonly Hidden[]
  readonly shape: Shape
  /** A limit was met: there may be more names in the code than are told. */
  readonly cut: boolean
}

/** What leads to somebody else, by whatever way its address was put together. */
const waysOut: ReadonlySet<Capability> = new Set(['network', 'dns', 'socket', 'shell', 'timer-send'])

/** Names, disguise and hiding places of a file: all that `TextReader` tells, in a walk of its own. */
export function readTextFacts(
  code: ReadCode,
  folded: readonly FoldedText[],
  sightings: readonly Sighting[] = [],
): TextFacts {
  const reader = new TextReader(code)
  const enter = (node: SyntaxNode, at: Position): undefined => {
    reader.enter(node, at)
  }
  if (code.tree !== undefined) walk(code.tree, { enter }, { anyKeys: hasAnyKeys(code) })
  return reader.facts(folded, sightings)
}

const hasAnyKeys = ({ dialect }: ReadCode): boolean => dialect === 'typescript' || dialect === 'flow'

/** Fed by the walk over a file's tree, or reading its tokens where it has none. */
export class TextReader {
  readonly #code: ReadCode
  readonly #literals: LiteralReader
  readonly #obfuscation: ObfuscationReader
  readonly #isAscii: boolean
  readonly #names: NameList | undefined

  constructor(code: ReadCode) {
    const { source } = code
    this.#code = code
    this.#literals = new LiteralReader(source)
    this.#obfuscation = new ObfuscationReader(source)
    this.#isAscii = !/[^\0-\x7f]/.test(source.text)
    this.#names = !this.#isAscii && hasLookAlikes(source.text) ? new NameList() : undefined
  }

  enter(node: SyntaxNode, at: Position): void {
    this.#obfuscation.enter(node, at)
    if (node.type !== 'Identifier') this.#literals.enter(node, at)
    else if (this.#names !== undefined) this.#names.add(node.name, startOf(node))
  }

  /** Once, after the walk. */
  facts(folded: readonly FoldedText[], sightings: readonly Sighting[]): TextFacts {
    const literals = this.#literals
    const code = this.#code
    const { source, tree } = code
    if (tree !== undefined) literals.folded(folded, tree, hasAnyKeys(code))
    else if (code.dialect === 'tokens') readAllTokens(source.text, literals, this.#obfuscation, this.#names)
    else literals.text(source.text, 0, false)
    literals.comments(code.comments)
    for (const sighting of sightings) if (waysOut.has(sighting.capability)) literals.reached(sighting)
    return {
      literals: literals.literals(),
      obfuscation: this.#obfuscation.obfuscation(),
      hidden: this.#hidden(),
      shape: readShape(source.text),
      cut: literals.cut,
    }
  }

  #hidden(): readonly Hidden[] {
    const { source } = this.#code
    const textsOf = once(() => textRanges(this.#code))
    const hiddenAt = [
      ...findPushedCode(source.text, () => textsOf().map(({ range }) => range)).map(
        (at): HiddenAt => ({ kind: 'long-whitespace', at }),
      ),
      ...(this.#isAscii ? [] : findInvisible(source.text, (at) => surroundingsAt(textsOf(), at))),
      ...(this.#names?.disguised() ?? []),
    ]
    return hiddenAt
      .sort((one, other) => one.at - other.at)
      .map(({ kind, at }) => ({ kind, ...source.placeAt(at), excerpt: source.excerptAt(at) }))
  }
}

/** What stands between two tokens and is no blank is a comment. */
function readAllTokens(
  text: string,
  literals: LiteralReader,
  obfuscation: ObfuscationReader,
  names: NameList | undefined,
): void {
  let end = 0
  for (const token of readTokens(text)) {
    if (token.start - end > 4) literals.comment(text.slice(end, token.start), end)
    end = token.end
    obfuscation.token(token)
    if (token.kind === 'string' || token.kind === 'template') literals.text(token.value, token.start, true)
    else if (token.kind === 'name') names?.add(token.value, token.start)
  }
  literals.text(text.slice(end), end, false)
}

/** The names of a file that has letters which look like others. */
class NameList {
  readonly #plain = new Set<string>()
  readonly #foreign = new Map<string, number>()

  add(name: string, at: number): void {
    if (!/[^\0-\x7f]/.test(name)) this.#plain.add(name)
    else if (!this.#foreign.has(name)) this.#foreign.set(name, at)
  }

  disguised(): readonly HiddenAt[] {
    return [...this.#foreign]
      .filter(([name]) => isDisguisedName(name, (plain) => this.#plain.has(plain)))
      .slice(0, 50)
      .map(([, at]) => ({ kind: 'homoglyph', at }))
  }
}

interface TextAt {
  readonly range: TextRange
  readonly kind: Surroundings
}

/** Strings and comments, sorted. Only files that may hide something pay for it. */
function textRanges(code: ReadCode): readonly TextAt[] {
  const { tree, comments, dialect, source } = code
  const texts: TextAt[] = comments.map((range) => ({ range, kind: 'comment' }))
  if (tree !== undefined) {
    const enter = (node: SyntaxNode): undefined => {
      const isText =
        node.type === 'TemplateElement' ||
        (node.type as string) === 'JSXText' ||
        (node.type === 'Literal' && !isShort(node))
      if (isText) texts.push({ range: { start: startOf(node), end: endOf(node) }, kind: 'string' })
      return undefined
    }
    walk(tree, { enter }, { anyKeys: hasAnyKeys(code) })
  } else if (dialect === 'tokens') {
    let end = 0
    for (const token of readTokens(source.text)) {
      if (source.text.slice(end, token.start).trim() !== '')
        texts.push({ range: { start: end, end: token.start }, kind: 'comment' })
      end = token.end
      if (token.kind === 'string' || token.kind === 'template' || token.kind === 'regexp')
        texts.push({ range: { start: token.start, end }, kind: 'string' })
    }
  }
  return texts.sort((one, other) => one.range.start - other.range.start)
}

/** Numbers and the like. */
const isShort = (node: SyntaxNode): boolean => endOf(node) - startOf(node) < 3

function surroundingsAt(texts: readonly TextAt[], at: number): Surroundings {
  let low = 0
  let high = texts.length
  while (high > low) {
    const middle = (low + high) >>> 1
    if ((texts[middle]?.range.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const text = texts[low - 1]
  return text !== undefined && at < text.range.end ? text.kind : 'code'
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
