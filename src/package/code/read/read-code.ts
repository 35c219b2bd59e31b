import { maxParseBytes, maxTokeniseBytes } from '../../../limits.js'
import type { FileCode, Unanalysable } from '../file-code.js'
import { type Parsed, type ParseFailure, parseJavaScript } from './javascript.js'
import { SourceText } from './source-text.js'
import type { SyntaxNode } from './syntax-node.js'
import { readTokens } from './tokens.js'
import { parseTyped } from './typed.js'

/** From an offset to behind the last character. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** One file as far as it could be read. The dialect is the rung of the ladder that held. */
export interface ReadCode {
  readonly dialect: FileCode['dialect']
  readonly source: SourceText
  /** For all dialects but `tokens` and `bytes`. */
  readonly tree?: SyntaxNode
  /** Sorted by place; empty for `tokens` and `bytes`. */
  readonly comments: readonly TextRange[]
  /** Why there is no tree. */
  readonly unanalysable?: Unanalysable
}

/** What files with Flow's types begin with, or have besides: without it a text that no parser takes is not tried once more. */
const flow = /@(?:no)?flow\b|\b(?:import|export) (?:type|typeof|opaque) /

const typed = /\.[cm]?tsx?$/i

/**
 * A file's bytes as a tree, else as tokens (`readTokens(source.text)` gives them), else as mere text. Synchronous; throws only for a bug. Its stack
 * must be large: parsers recurse, and what is deeper than the stack is `too-deep`.
 */
export function readCode(bytes: Buffer, path: string): ReadCode {
  if (bytes.length > maxTokeniseBytes) {
    const detail = `${bytes.length} bytes, at most ${maxTokeniseBytes} are split into tokens`
    return {
      dialect: 'bytes',
      source: new SourceText(bytes.toString()),
      comments: [],
      unanalysable: { reason: 'too-large', detail },
    }
  }
  const source = new SourceText(bytes.toString())
  if (bytes.length > maxParseBytes) {
    const detail = `${bytes.length} bytes, at most ${maxParseBytes} are parsed`
    return withoutTree(source, { reason: 'too-large', detail })
  }
  const parsed = parse(source.text, path)
  return 'reason' in parsed ? withoutTree(source, parsed) : { ...parsed, source }
}

/** A name does not prove a language: what TypeScript cannot read may be JavaScript, and Flow's types stand in `.js`. */
function parse(text: string, path: string): Parsed | ParseFailure {
  const isTyped = typed.test(path)
  const first = isTyped ? parseTyped(text, path) : parseJavaScript(text, path)
  if (!('reason' in first) || first.reason !== 'syntax') return first
  if (!isTyped && !flow.test(text)) return first
  const second = isTyped ? parseJavaScript(text, path) : parseTyped(text, path)
  return 'reason' in second ? first : second
}

function withoutTree(source: SourceText, { reason, detail }: Unanalysable): ReadCode {
  const unanalysable = { reason, detail }
  return { dialect: isTokens(source.text) ? 'tokens' : 'bytes', source, comments: [], unanalysable }
}

function isTokens(text: string): boolean {
  const tokens = readTokens(text)
  for (;;) {
    const next = tokens.next()
    if (next.done === true) return next.value
  }
}
