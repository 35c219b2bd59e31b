import { type ESTree, type Options, parseModule, parseScript } from 'meriyah'
import type { FileCode, Unanalysable } from '../file-code.js'
import type { SyntaxNode } from './syntax-node.js'

export interface Parsed {
  readonly dialect: FileCode['dialect']
  readonly tree: SyntaxNode
  readonly comments: readonly { readonly start: number; readonly end: number }[]
}
export type ParseFailure = Unanalysable

type Goal = 'module' | 'script'

/** Regular expressions are not compiled: V8's compiler takes its process down where the stack is nearly used up. */
const leniently = {
  next: true,
  webcompat: true,
  validateRegex: false,
  ranges: { start: true, end: true },
} satisfies Options

/**
 * JavaScript as Node would take it. A text can be both a module and a script and not mean the same (`await / a / g`, `<!--`), so what
 * has no module's syntax is a script, which most of npm is; a script with comments of HTML's kind is read as the module that has them as code.
 */
export function parseJavaScript(text: string, path: string): Parsed | ParseFailure {
  const goals: readonly Goal[] = looksLikeModule(text, path) ? ['module', 'script'] : ['script', 'module']
  const first = attempt(text, goals[0] ?? 'module', false)
  if (isOverflow(first)) return first
  if ('tree' in first && isSure(first, path)) return first
  const second = attempt(text, goals[1] ?? 'script', false)
  if (isOverflow(second)) return second
  if ('tree' in first) return 'tree' in second ? preferred(first, second) : first
  if ('tree' in second) return second
  const withElements = attempt(text, 'module', true)
  if ('tree' in withElements || isOverflow(withElements)) return withElements
  // The complaint of the reading that got further is about a real mistake, not about a wrong guess.
  return first.at >= second.at ? first : second
}

interface Attempt extends Parsed {
  readonly goal: Goal
  readonly htmlComments: boolean
}

interface Failure extends ParseFailure {
  readonly at: number
}

const isOverflow = (attempt: Attempt | Failure): boolean => 'reason' in attempt && attempt.reason !== 'syntax'

/** Only declarations make a module; elsewhere the words are names. Wrong guesses cost a second parse, nothing else. */
const looksLikeModule = (text: string, path: string): boolean =>
  /\.mjs$/i.test(path) || (!/\.cjs$/i.test(path) && (hasStatement(text, 'import') || hasStatement(text, 'export')))

/** Whether one of these words begins a statement. */
function hasStatement(text: string, word: 'import' | 'export'): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (!/[\s{*"']/.test(text[at + word.length] ?? '')) continue
    let before = at - 1
    while (before >= 0 && before >= at - 16 && isBlank(text.charCodeAt(before))) before -= 1
    if (before < 0 || /[\n\r;}]/.test(text[before] ?? '')) return true
  }
  return false
}

const isBlank = (code: number): boolean => code === 32 || code === 9

function isSure({ goal, tree, htmlComments }: Attempt, path: string): boolean {
  if (goal === 'script') return !htmlComments || /\.cjs$/i.test(path)
  return /\.mjs$/i.test(path) || (tree.type === 'Program' && tree.body.some(isDeclarationOfModule))
}

const isDeclarationOfModule = ({ type }: ESTree.Statement | ESTree.Node): boolean =>
  type === 'ImportDeclaration' || type.startsWith('Export')

/** Both readings hold. */
function preferred(one: Attempt, other: Attempt): Attempt {
  const [script, module] = one.goal === 'script' ? [one, other] : [other, one]
  return script.htmlComments ? module : script
}

function attempt(text: string, goal: Goal, jsx: boolean): Attempt | Failure {
  const comments: { start: number; end: number }[] = []
  let htmlComments = false
  const onComment: Options['onComment'] = (type, _value, start, end) => {
    if (type === 'HTMLOpen' || type === 'HTMLClose') htmlComments = true
    comments.push({ start, end })
  }
  try {
    const options = { ...leniently, jsx, onComment }
    const tree = goal === 'module' ? parseModule(text, options) : parseScript(text, { ...options, globalReturn: true })
    return { dialect: jsx ? 'jsx' : goal, goal, tree, comments, htmlComments }
  } catch (error) {
    return failureOf(error)
  }
}

/** Parsers throw their own errors for what is no code, and RangeError where it is nested deeper than the stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RangeError)
    return { reason: 'too-deep', detail: 'nested deeper than the stack of the parser', at: 0 }
  if (!(error instanceof SyntaxError)) throw error
  const at = 'start' in error && typeof error.start === 'number' ? error.start : 0
  return { reason: 'syntax', detail: error.message.slice(0, 200), at }
}
