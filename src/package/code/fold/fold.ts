import { maxFoldDepth, maxFoldedItems, maxFoldSteps, maxFollowedSteps, maxOrderingCharacters } from '../../../limits.js'
import { type ESTree, endOf, type FunctionNode, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { BoundNames } from './bound-names.js'
import { Calls } from './calls.js'
import { FollowBudget, followFunction } from './follow-function.js'
import { MemberValues } from './member-values.js'
import { NamedValues } from './named-values.js'
import { foldAssignment, foldBinary, foldEither, foldTemplate, foldUpdate } from './operations.js'
import { unary } from './operators.js'
import { moduleKey, type ReferenceKey } from './reference.js'
import type { Binding, Scope } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'
import { constant, type Frame, type FunctionValue, reference, type Value, wholeText } from './value.js'
import { WrittenObjects } from './written-objects.js'

/** Names within names on the way to a value that is too deep: in none of 4,200 real files are there so many. */
const maxNamesForNames = 30

/** Known to be unknown. */
const nothing = { kind: 'nothing', value: undefined } as const

/** Until a sum of numbers within texts is right. */
const turning = /(?:while\s?\(\s?(?:!!\[\]|!0|true|1)\s?\)|for\s?\(\s?;\s?;\s?\))[\s\S]{0,200}parseInt/

type CodeNode = FunctionNode | ESTree.ClassDeclaration | ESTree.ClassExpression

/**
 * What the expressions of one file are without running it: constants, and things of the platform by whatever way they are reached. `undefined`
 * means unknown. Depth and steps are bounded: a file can be made to need any number.
 */
export class Fold {
  readonly names: BoundNames
  /** The steps were used up: what was not found then may be there. */
  exhausted = false
  /** The names of the function that is followed at the moment. */
  frame: Frame | undefined
  readonly budget = new FollowBudget()
  readonly #calls = new Calls(this)
  readonly #writtenObjects = new WrittenObjects(this)
  readonly #named = new NamedValues(this)
  readonly #members = new MemberValues(this, this.#named, this.#writtenObjects)
  /** The whole file. */
  readonly text: string
  #isInOrder = false
  /** How often it went too deep: what was found meanwhile is not the last word, and is not remembered. */
  cuts = 0
  #steps = 0
  #depth = 0
  /** Of calls and lists, which are asked for again and again along a chain. */
  readonly #known = new Map<SyntaxNode, Value | typeof nothing>()

  /** `text`: the file, in which the functions that put string arrays in order are sought. */
  constructor(names: BoundNames, text = '') {
    this.names = names
    this.text = text
  }

  value(node: SyntaxNode, scope: Scope): Value | undefined {
    if (this.frame !== undefined) {
      if (!this.budget.spend()) return undefined
    } else if (++this.#steps > maxFoldSteps) {
      this.exhausted = true
      return undefined
    }
    if (this.#depth >= maxFoldDepth) return this.#tooDeep()
    this.#depth += 1
    // While a function is followed, what stands before the last comma may change what comes after it.
    if (this.frame !== undefined && node.type === 'SequenceExpression') {
      for (const part of node.expressions.slice(0, -1)) this.value(part as SyntaxNode, scope)
    }
    const value = this.#fold(unwrap(node), scope)
    this.#depth -= 1
    return value
  }

  /**
   * Along a chain of calls nothing is lost: each of them is looked at by itself. Names that stand for names so far are nobody's habit,
   * and what they hide would not be found.
   */
  #tooDeep(): undefined {
    this.cuts += 1
    if (this.#named.underWay > maxNamesForNames) this.exhausted = true
    return undefined
  }

  /** Arguments in order; those of a spread list are put in their places, an unknown spread ends what is known. */
  argumentsOf(call: ESTree.CallExpression | ESTree.NewExpression, scope: Scope): (Value | undefined)[] {
    const values: (Value | undefined)[] = []
    for (const argument of call.arguments) {
      if (argument.type !== 'SpreadElement') {
        values.push(this.value(argument, scope))
        continue
      }
      const spread = this.value(argument.argument, scope)
      if (spread?.kind !== 'list' || values.length + spread.items.length > maxFoldedItems) return values
      for (const item of spread.items) values.push(item)
    }
    return values
  }

  /** A property of a value. */
  property(of: Value | undefined, name: string): Value | undefined {
    // Objects may be spread into one another.
    if (this.#depth >= maxFoldDepth) return this.#tooDeep()
    this.#depth += 1
    const value = this.#members.property(of, name)
    this.#depth -= 1
    return value
  }

  /** The name of the property that a member expression asks for, where it is a constant. */
  propertyName(node: ESTree.MemberExpression, scope: Scope): string | undefined {
    const written = writtenName(node.property as SyntaxNode, node.computed === true)
    if (written !== undefined) return written
    const value = this.value(node.property as SyntaxNode, scope)
    if (value?.kind !== 'constant' || !value.whole) return undefined
    return typeof value.value === 'string' || typeof value.value === 'number' ? String(value.value) : undefined
  }

  /** What a name stands for. */
  binding(binding: Binding): Value | undefined {
    return this.#named.binding(binding)
  }

  write(binding: Binding, value: Value | undefined): void {
    this.#named.write(binding, value)
  }

  /** A member of something of the platform or of another module. */
  memberReference(key: ReferenceKey, name: string): Value | undefined {
    return this.#members.reference(key, name)
  }

  /** A member, where its object and name are known already. */
  memberOf(
    node: ESTree.MemberExpression,
    object: Value | undefined,
    name: string | undefined,
    scope: Scope,
  ): Value | undefined {
    return this.#members.memberOf(node, object, name, scope)
  }

  /** The result of calling a function of the file. */
  run(callee: FunctionValue, given: readonly (Value | undefined)[]): Value | undefined {
    this.putInOrder()
    return followFunction(this, callee, given)
  }

  /** Obfuscators turn their string array round and round until a sum is right, before anything else happens. */
  putInOrder(): void {
    if (this.#isInOrder) return
    this.#isInOrder = true
    for (const { node, scope, within } of this.names.sites) {
      if (node.type !== 'CallExpression' || node.arguments.length === 0 || within !== undefined) continue
      const callee = unwrap(node.callee)
      if (callee.type !== 'FunctionExpression' && callee.type !== 'ArrowFunctionExpression') continue
      if (endOf(node) - startOf(node) > maxOrderingCharacters) continue
      const text = this.text.slice(startOf(node), endOf(node))
      if (!text.includes('shift') || !text.includes('push')) continue
      const rotate = this.value(callee, scope)
      if (rotate?.kind !== 'function') continue
      const steps = turning.test(text) ? this.budget.extend() : maxFollowedSteps
      followFunction(this, rotate, this.argumentsOf(node, scope), steps)
    }
  }

  #fold(node: SyntaxNode, scope: Scope): Value | undefined {
    switch (node.type) {
      case 'Literal':
        return literal(node)
      case 'Identifier':
        return this.#identifier(node.name, scope)
      case 'MemberExpression':
        return this.#members.member(node, scope)
      case 'CallExpression':
      case 'NewExpression':
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#remembered(node, scope)
      case 'ImportExpression': {
        const specifier = wholeText(this.value(node.source, scope))
        return specifier === undefined ? undefined : reference(moduleKey(specifier))
      }
      case 'BinaryExpression':
        return foldBinary(this, node, scope)
      case 'TemplateLiteral':
        return foldTemplate(this, node, scope)
      case 'TaggedTemplateExpression': {
        const tag = this.value(node.tag, scope)
        return tag?.kind === 'reference' && tag.key === ':String.raw'
          ? foldTemplate(this, node.quasi, scope)
          : undefined
      }
      case 'UnaryExpression':
        return unary(node.operator, this.value(node.argument, scope))
      case 'ConditionalExpression':
      case 'LogicalExpression':
        return foldEither(this, node, scope)
      case 'AssignmentExpression':
        return foldAssignment(this, node, scope)
      case 'UpdateExpression':
        return foldUpdate(this, node, scope)
      case 'MetaProperty':
        return node.meta.name === 'import' ? reference(':import.meta') : undefined
      default:
        return undefined
    }
  }

  /** While a function is followed, the same expression has one value after the other. */
  #remembered(
    node: ESTree.CallExpression | ESTree.NewExpression | ESTree.ArrayExpression | ESTree.ObjectExpression | CodeNode,
    scope: Scope,
  ): Value | undefined {
    if (this.frame !== undefined) return this.#fresh(node, scope)
    const known = this.#known.get(node)
    if (known !== undefined) return known.kind === 'nothing' ? undefined : known
    const cuts = this.cuts
    const value = this.#fresh(node, scope)
    if (cuts === this.cuts) this.#known.set(node, value ?? nothing)
    return value
  }

  #fresh(
    node: ESTree.CallExpression | ESTree.NewExpression | ESTree.ArrayExpression | ESTree.ObjectExpression | CodeNode,
    scope: Scope,
  ): Value | undefined {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression':
        return this.#calls.call(node, scope)
      case 'ArrayExpression':
        return this.#writtenObjects.list(node, scope)
      case 'ObjectExpression':
        return this.#writtenObjects.object(node, scope)
      default:
        return { kind: 'function', node, scope, frame: this.frame }
    }
  }

  #identifier(name: string, scope: Scope): Value | undefined {
    if (name === 'undefined') return constant(undefined)
    if (name === 'NaN') return constant(Number.NaN)
    const binding = scope.find(name)
    if (binding === undefined) return this.#named.global(name)
    // Wrappers of bundlers and AMD hand in a `require` of their own, which ends at the real one.
    if (binding.kind === 'parameter' && name === 'require' && binding.definitions.length === 0)
      return reference(':require')
    return this.binding(binding)
  }

  /** What stands in brackets as a key, where it is a constant. */
  keyOf(node: SyntaxNode, scope: Scope): string | undefined {
    const value = this.value(node, scope)
    return value?.kind === 'constant' && value.whole ? String(value.value) : undefined
  }
}

function literal(node: ESTree.Literal): Value | undefined {
  if ('regex' in node && node.regex) return { kind: 'regex', pattern: node.regex.pattern, flags: node.regex.flags }
  const { value } = node
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return constant(value)
  return undefined
}
