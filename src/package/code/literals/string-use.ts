import { writtenName } from '../fold/unwrap.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Position } from '../read/walk.js'

/** What becomes of a string where it stands. */
export interface StringUse {
  /** Shown to somebody and nothing else: thrown, logged, told as help. */
  readonly isMessage: boolean
  /** Given as the recipient of a mail: the value of `to`, `cc`, `bcc`. */
  readonly isRecipient: boolean
  /** The name of the property, variable or parameter that it is given to. */
  readonly name: string | undefined
}

const nothing: StringUse = { isMessage: false, isRecipient: false, name: undefined }

/** Expressions nest deeper only in generated tables. */
const maxLevels = 12

const recipient = /^(?:add|set)?(?:to|b?cc|recipients?|rcpt|rcptto|toaddresses|b?ccaddresses)$/i

export const isRecipientName = (name: string): boolean => recipient.test(name)

const messageKeys: ReadonlySet<string> = new Set(
  (
    'message description help usage hint details deprecated docs documentation license licence text title error warning info note ' +
    'epilog epilogue example examples tooltip summary notice reason placeholder label'
  ).split(' '),
)

const speakers =
  /^(?:console|log|logger|warn|warning|info|error|debug|trace|verbose|notice|print|println|deprecate|deprecated|invariant|assert|ok|fail|option|usage|epilog|epilogue|describe|description|addHelpText|example|fatal|panic|abort|report|emitWarning|\w{0,40}(?:Error|Warning|Exception|Invariant))$/

/** Functions and methods that give back what they are given, changed in form. */
const passOn: ReadonlySet<string> = new Set(
  (
    'join concat trim format inspect dedent bold red yellow green blue cyan gray grey dim underline magenta white replace atob ' +
    'decodeURIComponent unescape from toString reverse split String'
  ).split(' '),
)

export function useOfString(node: SyntaxNode, at: Position): StringUse {
  let child = node
  for (let level = 1; level <= maxLevels; level++) {
    const parent = at.ancestor(level)
    if (parent === undefined) return nothing
    const use = useIn(parent, child)
    if (use !== undefined) return use
    child = parent
  }
  return nothing
}

/** How one expression uses another within it; nothing where it only hands it on. */
function useIn(parent: SyntaxNode, child: SyntaxNode): StringUse | undefined {
  switch (parent.type) {
    case 'BinaryExpression':
    case 'TemplateLiteral':
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'ParenthesizedExpression':
    case 'SequenceExpression':
    case 'MemberExpression':
    case 'ObjectExpression':
      return undefined
    case 'ThrowStatement':
      return { ...nothing, isMessage: true }
    case 'VariableDeclarator':
      return { ...nothing, name: parent.id.type === 'Identifier' ? parent.id.name : undefined }
    case 'AssignmentExpression':
      return parent.right === child ? byName(nameOf(parent.left)) : nothing
    case 'Property':
      return useInProperty(parent, child)
    case 'CallExpression':
    case 'NewExpression':
      return useInCall(parent, child)
    default:
      return nothing
  }
}

function useInProperty(property: ESTree.Property, child: SyntaxNode): StringUse | undefined {
  if (property.value !== child) return nothing
  const name = writtenName(property.key as SyntaxNode, property.computed === true)
  // `{ address: 'a@b.example', name }` and `[{ email }]` are values of `to` as well.
  return name !== undefined && /^(?:address|email|emailaddress)$/i.test(name) ? undefined : byName(name)
}

const byName = (name: string | undefined): StringUse =>
  name === undefined
    ? nothing
    : { isMessage: messageKeys.has(name.toLowerCase()), isRecipient: recipient.test(name), name }

function useInCall(call: ESTree.CallExpression | ESTree.NewExpression, child: SyntaxNode): StringUse | undefined {
  if (call.callee === child) return undefined
  const name = nameOf(call.callee as SyntaxNode)
  if (name === undefined) return nothing
  if (passOn.has(name)) return undefined
  const callee = call.callee as SyntaxNode
  const isConsole = callee.type === 'MemberExpression' && nameOf(callee.object as SyntaxNode) === 'console'
  const isOutput =
    name === 'write' &&
    callee.type === 'MemberExpression' &&
    /^std(?:out|err)$/.test(nameOf(callee.object as SyntaxNode) ?? '')
  if (isConsole || isOutput || speakers.test(name)) return { ...nothing, isMessage: true }
  // `headers.append('bcc', …)`
  const first = call.arguments[0]
  const key = first?.type === 'Literal' && first !== child && typeof first.value === 'string' ? first.value : undefined
  return { ...nothing, isRecipient: recipient.test(name) || (key !== undefined && recipient.test(key)), name }
}

function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression') return writtenName(node.property as SyntaxNode, node.computed === true)
  if (node.type === 'ChainExpression') return nameOf(node.expression as SyntaxNode)
  return undefined
}
