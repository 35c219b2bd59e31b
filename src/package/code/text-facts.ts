import type { Capability, FileCode, Hidden, Literal, Obfuscation, Shape, Sighting } from './file-code.js'
import { hasLookAlikes, isDisguisedName } from './hidden/homoglyphs.js'
import { findInvisible, type HiddenAt, type Surroundings } from './hidden/invisible-characters.js'
import { findPushedCode } from './hidden/long-whitespace.js'
import { readShape } from './hidden/shape.js'
import { type FoldedText, LiteralReader } from './literals/literal-reader.js'
import { ObfuscationReader } from './obfuscation/obfuscation-reader.js'
import type { ReadCode, TextRange } from './read/read-code.js'
import { endOf, type SyntaxNode, startOf } from './read/syntax-node.js'
import { readTokens } from './read/tokens.js'
import { walk } from './read/walk.js'

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

/** Names, disguise and hiding places of one file in one more walk over its tree, or over its tokens where it has none. */
export function readTextFacts(
  code: ReadCode,
  folded: readonly FoldedText[],
  sightings: readonly Sighting[] = [],
): TextFacts {
  const { source, dialect } = code
  const literals = new LiteralReader(source, folded)
  const obfuscation = new ObfuscationReader(source)
  const isAscii = !/[^\0-\x7f]/.test(source.text)
  const names = !isAscii && hasLookAlikes(source.text) ? new NameList() : undefined
  if (code.tree !== undefined) readTree(code.tree, dialect, literals, obfuscation, names)
  else if (dialect === 'tokens') readAllTokens(source.text, literals, obfuscation, names)
  else literals.text(source.text, 0, false)
  literals.comments(code.comments)
  for (const sighting of sightings) if (waysOut.has(sighting.capability)) literals.reached(sighting)
  const textsOf = once(() => textRanges(code))
  const hiddenAt = [
    ...findPushedCode(source.text, () => textsOf().map(({ range }) => range)).map(
      (at): HiddenAt => ({ kind: 'long-whitespace', at }),
    ),
    ...(isAscii ? [] : findInvisible(source.text, (at) => surroundingsAt(textsOf(), at))),
    ...(names?.disguised() ?? []),
  ]
  return {
    literals: literals.literals(),
    obfuscation: obfuscation.obfuscation(),
    hidden: hiddenAt
      .sort((one, other) => one.at - other.at)
      .map(({ kind, at }) => ({ kind, ...source.placeAt(at), excerpt: source.excerptAt(at) })),
    shape: readShape(source.text),
    cut: literals.cut,
  }
}

function readTree(
  tree: SyntaxNode,
  dialect: FileCode['dialect'],
  literals: LiteralReader,
  obfuscation: ObfuscationReader,
  names: NameList | undefined,
): void {
  const enter: NonNullable<Parameters<typeof walk>[1]['enter']> = (node, at) => {
    literals.enter(node, at)
    obfuscation.enter(node, at)
    if (names !== undefined && node.type === 'Identifier') names.add(node.name, startOf(node))
    return undefined
  }
  walk(tree, { enter }, { anyKeys: dialect === 'typescript' || dialect === 'flow' })
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
function textRanges({ tree, comments, dialect, source }: ReadCode): readonly TextAt[] {
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
    walk(tree, { enter }, { anyKeys: dialect === 'typescript' || dialect === 'flow' })
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
