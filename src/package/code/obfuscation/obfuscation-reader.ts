import type { Obfuscation } from '../file-code.js'
import { calledName, writtenName } from '../fold/unwrap.js'
import type { SourceText } from '../read/source-text.js'
import { type ESTree, endOf, isFunction, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { CodeToken } from '../read/tokens.js'
import type { Position } from '../read/walk.js'
import { NameCounter } from './names.js'
import { type Sign, scoreOf } from './signs.js'
import { countEscapedBlanks, countEscapedWords, judgeLongText } from './strings.js'
import { isFlattened, isOperator, isOverwrittenByItself, isPacked, isRotation } from './structures.js'
import { ToolFinder } from './tools.js'

const decoders: ReadonlySet<string> = new Set(
  'atob unescape decodeURIComponent fromCharCode charCodeAt charAt inflateSync gunzipSync brotliDecompressSync createDecipheriv createDecipher'.split(
    ' ',
  ),
)

const evaluators: ReadonlySet<string> = new Set(
  'eval Function execScript runInThisContext runInNewContext runInContext compileFunction _compile'.split(' '),
)

/** Collects the signs of one file; fed by the walk that other readers share, or with tokens. */
export class ObfuscationReader {
  readonly #source: SourceText
  readonly #signs = new Set<Sign>()
  readonly #names = new NameCounter()
  readonly #tools = new ToolFinder()
  #nodes = 0
  #emptyLists = 0
  #oddConstants = 0
  #decodedMembers = 0
  #members = 0
  #methods = 0
  #quotedMethods = 0
  readonly #operators = new Set<string>()
  #escapedWords = 0
  #escapedBlanks = 0
  /** Characters. */
  #encoded = 0
  #scrambled = 0
  #characterCodes = 0
  #splitsOrder = false
  #flattened = false
  #decodes = false
  #evaluates = false

  constructor(source: SourceText) {
    this.#source = source
  }

  enter(node: SyntaxNode, at: Position): void {
    this.#nodes += 1
    switch (node.type) {
      case 'Identifier':
        this.#names.add(node.name)
        this.#tools.add(node.name)
        return
      case 'Literal':
        if (typeof node.value === 'string') this.string(node.value, startOf(node), endOf(node))
        return
      case 'TemplateElement':
        this.#longText(node.value.cooked ?? '')
        return
      case 'ArrayExpression':
        if (node.elements.length === 0) this.#emptyLists += 1
        return
      case 'UnaryExpression':
        if (node.operator === '!' && node.argument.type === 'ArrayExpression' && node.argument.elements.length === 0)
          this.#oddConstants += 1
        return
      case 'MemberExpression':
        this.#member(node, at)
        return
      case 'Property':
        if (isOperator(node) && this.#operators.size < 20)
          this.#operators.add(writtenName(node.key as SyntaxNode, false) ?? '')
        return
      case 'CallExpression':
      case 'NewExpression':
        this.#call(node, at)
        return
      case 'AssignmentExpression':
        if (isOverwrittenByItself(node, at)) this.#signs.add('string-array')
        return
      case 'SwitchStatement':
        if (isFlattened(node, at)) this.#flattened = true
        return
      default:
    }
  }

  /** A string as it is written, quotes included, and what it stands for. */
  string(value: string, start: number, end: number): void {
    if (end - start - 2 > value.length) {
      const written = this.#source.text.slice(start + 1, end - 1)
      this.#escapedWords += countEscapedWords(written)
      this.#escapedBlanks += countEscapedBlanks(written)
    }
    this.#longText(value)
    if (value === '(((.+)+)+)+$') this.#signs.add('self-defending')
  }

  token({ kind, value, start, end }: CodeToken): void {
    this.#nodes += 1
    if (kind === 'string') this.string(value, start, end)
    else if (kind === 'name') {
      this.#names.add(value)
      if (evaluators.has(value)) this.#evaluates = true
      if (decoders.has(value)) this.#decodes = true
    }
  }

  obfuscation(): Obfuscation {
    for (const sign of this.#names.signs()) this.#signs.add(sign)
    for (const sign of this.#counted()) this.#signs.add(sign)
    const tool = this.#tools.find(this.#source.text)
    return { score: scoreOf(this.#signs), signs: [...this.#signs].sort(), ...(tool !== undefined && { tool }) }
  }

  *#counted(): Generator<Sign> {
    if (this.#emptyLists >= 200 && this.#emptyLists * 8 > this.#nodes) yield 'brackets-only'
    if (this.#oddConstants >= 5) yield 'odd-constants'
    if (this.#decodedMembers >= 20 && this.#decodedMembers * 6 > this.#members) yield 'decoded-members'
    if (this.#operators.size >= 4) yield 'operator-table'
    if (this.#quotedMethods >= 6 && this.#quotedMethods > this.#methods * 0.7) yield 'quoted-members'
    if (this.#escapedBlanks >= 5) yield 'escaped-blanks'
    if (this.#escapedWords >= 5) yield 'escapes'
    else if (this.#escapedWords >= 2) yield 'some-escapes'
    if (this.#flattened && this.#splitsOrder) yield 'flattening'
    if (!this.#evaluates) return
    // In a bundle of other things it may be anything, and what is evaluated anything else.
    if (this.#encoded * 5 > this.#source.text.length && this.#decodes) yield 'entropy'
    if (this.#scrambled > 0 && this.#decodes) yield 'scrambled'
    if (this.#characterCodes >= 1) yield 'character-codes'
  }

  #longText(value: string): void {
    if (value.length < 300) return
    const kind = judgeLongText(value)
    if (kind === 'encoded') this.#encoded += value.length
    if (kind === 'scrambled') this.#scrambled += 1
  }

  #member({ property, computed }: ESTree.MemberExpression, at: Position): void {
    this.#members += 1
    if (at.key === 'callee') this.#methods += 1
    if (computed !== true) return
    const key = property as SyntaxNode
    if (at.key === 'callee' && isQuotedName(key)) this.#quotedMethods += 1
    if (key.type !== 'CallExpression') return
    const [first] = key.arguments
    const isNumber =
      first?.type === 'Literal' && (typeof first.value === 'number' || /^0x[0-9a-f]+$/.test(String(first.value)))
    if (isNumber && key.callee.type === 'Identifier') this.#decodedMembers += 1
  }

  #call(node: ESTree.CallExpression | ESTree.NewExpression, at: Position): void {
    const callee = node.callee as SyntaxNode
    const name = calledName(callee)
    if (name === undefined) return
    if (decoders.has(name)) this.#decodes = true
    if (name === 'fromCharCode' && node.arguments.length >= 20) this.#characterCodes += 1
    if (name === 'from' && isString(node.arguments[1], 'base64', 'hex')) this.#decodes = true
    if (evaluators.has(name)) this.#evaluation(node, name)
    if (name === 'constructor') this.#construction(node)
    if (name === 'push' && isRotation(node, at)) this.#signs.add('rotation')
    if (name === 'split' && callee.type === 'MemberExpression' && callee.object.type === 'Literal') {
      if (/^\d{1,3}(?:\|\d{1,3}){2,}$/.test(String(callee.object.value))) this.#splitsOrder = true
    }
  }

  /** `Function('return this')` asks for the global object: a constant hides nothing. */
  #evaluation(node: ESTree.CallExpression | ESTree.NewExpression, name: string): void {
    if (name === 'eval' && isPacked(node)) this.#signs.add('packed')
    const code = node.arguments.at(name === 'Function' || name === 'constructor' ? -1 : 0)
    if (code !== undefined && code.type !== 'Literal' && !isFunction(code)) this.#evaluates = true
  }

  #construction(node: ESTree.CallExpression | ESTree.NewExpression): void {
    if (node.arguments.length === 0) return
    if (isString(node.arguments[0], 'debugger')) this.#signs.add('debugger-trap')
    this.#evaluation(node, 'constructor')
  }
}

const isQuotedName = (key: SyntaxNode): boolean =>
  key.type === 'Literal' && typeof key.value === 'string' && /^[a-zA-Z_$][\w$]*$/.test(key.value)

const isString = (node: SyntaxNode | undefined, ...values: readonly string[]): boolean =>
  node?.type === 'Literal' && typeof node.value === 'string' && values.includes(node.value)
