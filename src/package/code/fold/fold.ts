import { maxFoldDepth, maxFoldedItems, maxFoldSteps, maxFollowedSteps, maxOrderingCharacters } from '../../../limits.js'
import { type ESTree, endOf, type FunctionNode, type SyntaxNode, startOf } from '../read/syntax-node.js'
import type { BoundNames } from './bound-names.js'
import { Calls } from './calls.js'
import { FollowBudget, followFunction, writeTo } from './follow-function.js'
import { likelier } from './likelier.js'
import { concat, memberOf } from './methods.js'
import { add, binary, unary } from './operators.js'
import { memberKey, moduleKey, platformNames, type ReferenceKey } from './reference.js'
import { type Binding, type Definition, isThis, type Scope } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'
import {
  asText,
  constant,
  type Frame,
  type FunctionValue,
  isTruthy,
  reference,
  unknownPart,
  type Value,
  wholeText,
} from './value.js'
import { WrittenObjects } from './written-objects.js'

/** Names within names on the way to a value that is too deep: in none of 4,200 real files are there so many. */
const maxNamesForNames = 30

/** Entries of a table that are tried where its key is not known. */
const maxAlternatives = 30

/** Known to be unknown. */
const nothing = { kind: 'nothing', value: undefined } as const

/** Until a sum of numbers within texts is right. */
const turning = /(?:while\s?\(\s?(?:!!\[\]|!0|true|1)\s?\)|for\s?\(\s?;\s?;\s?\))[\s\S]{0,200}parseInt/

type CodeNode = FunctionNode | ESTree.ClassDeclaration | ESTree.ClassExpression

/** Stands in a key for a property whose name is not a constant. */
export const anyProperty = '[…]'

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
  readonly #text: string
  #isInOrder = false
  /** How often it went too deep: what was found meanwhile is not the last word, and is not remembered. */
  cuts = 0
  #steps = 0
  #depth = 0
  /** How many names are being looked up, each because of the one before. */
  #underWay = 0
  /** Of calls and lists, which are asked for again and again along a chain. */
  readonly #known = new Map<SyntaxNode, Value | typeof nothing>()
  /** What functions that were followed wrote to names outside of them. */
  readonly #written = new Map<Binding, Value | undefined>()

  /** `text`: the file, in which the functions that put string arrays in order are sought. */
  constructor(names: BoundNames, text = '') {
    this.names = names
    this.#text = text
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
    if (this.#underWay > maxNamesForNames) this.exhausted = true
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
    const value = this.#property(of, name)
    this.#depth -= 1
    return value
  }

  #property(of: Value | undefined, name: string): Value | undefined {
    switch (of?.kind) {
      case 'reference':
        return this.#ofReference(of.key, name)
      case 'object':
        return of.properties?.has(name) === true ? of.properties.get(name) : this.#writtenObjects.property(of, name)
      case 'function':
        if (of.properties?.has(name) === true) return of.properties.get(name)
        if (name === 'constructor') return reference(':Function')
        // Made while another is followed: what was not set on it meanwhile is not there.
        return of.frame !== undefined && !(name in Function.prototype) ? constant(undefined) : undefined
      case 'list':
        if (of.properties?.has(name)) return of.properties.get(name)
        // Elsewhere it may have been set by what is not followed.
        return (
          memberOf(of, name) ?? (this.frame !== undefined && isFree(name) ? constant(undefined) : ofPrototype(of, name))
        )
      case 'constant':
      case 'bytes':
        return memberOf(of, name) ?? ofPrototype(of, name)
      default:
        return undefined
    }
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
    for (let frame = this.frame; frame !== undefined; frame = frame.parent) {
      if (frame.values.has(binding)) return frame.values.get(binding)
    }
    if (this.#written.size > 0 && this.#written.has(binding)) return this.#written.get(binding)
    if (binding.folded !== undefined) return binding.folded.value
    if (binding.isUnderWay) return undefined
    binding.isUnderWay = true
    this.#underWay += 1
    // What a name stands for does not depend on who asks.
    const frame = this.frame
    this.frame = undefined
    const cuts = this.cuts
    const [declared] = binding.definitions
    // Functions that replace themselves are first what they are declared as.
    const value =
      this.#defined(binding.definitions) ??
      (binding.kind === 'function' && declared !== undefined ? this.#definition(declared) : undefined)
    this.frame = frame
    binding.isUnderWay = false
    this.#underWay -= 1
    if (cuts === this.cuts) binding.folded = value === undefined ? nothing : { value }
    return value
  }

  write(binding: Binding, value: Value | undefined): void {
    for (let frame = this.frame; frame !== undefined; frame = frame.parent) {
      if (frame.values.has(binding)) {
        frame.values.set(binding, value)
        return
      }
    }
    this.#written.set(binding, value)
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
      const text = this.#text.slice(startOf(node), endOf(node))
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
        return this.#member(node, scope)
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
        return this.#binary(node, scope)
      case 'TemplateLiteral':
        return this.#template(node, scope)
      case 'TaggedTemplateExpression': {
        const tag = this.value(node.tag, scope)
        return tag?.kind === 'reference' && tag.key === ':String.raw' ? this.#template(node.quasi, scope) : undefined
      }
      case 'UnaryExpression':
        return unary(node.operator, this.value(node.argument, scope))
      case 'ConditionalExpression':
      case 'LogicalExpression':
        return this.#either(node, scope)
      case 'AssignmentExpression':
        return this.#assignment(node, scope)
      case 'UpdateExpression':
        return this.#update(node, scope)
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
    if (binding === undefined) return this.#global(name)
    // Wrappers of bundlers and AMD hand in a `require` of their own, which ends at the real one.
    if (binding.kind === 'parameter' && name === 'require' && binding.definitions.length === 0)
      return reference(':require')
    return this.binding(binding)
  }

  #global(name: string): Value | undefined {
    const given = platformNames.has(name) ? undefined : this.#globalsSet().get(name)
    if (given !== undefined) {
      const value = this.#propertySet(given)
      // One that is only now and then another value may be the platform's in between.
      if (value?.kind === 'reference' || given.length === 1) return value
    }
    return this.#memberReference(':globalThis', name)
  }

  #globals: ReadonlyMap<string, readonly Definition[]> | undefined

  /** Those whose names had to be folded among them. */
  #globalsSet(): ReadonlyMap<string, readonly Definition[]> {
    if (this.#globals !== undefined) return this.#globals
    // Until they are known the written ones count: a name may be built from others.
    this.#globals = this.names.globals
    if (this.names.computedGlobals.length === 0) return this.#globals
    const frame = this.frame
    this.frame = undefined
    const named = this.names.computedGlobals.map(({ key, definition }) => ({
      name: this.keyOf(key, definition.scope),
      definition,
    }))
    this.frame = frame
    const all = new Map(this.names.globals)
    for (const { name, definition } of named) {
      if (name !== undefined) all.set(name, [...(all.get(name) ?? []), definition])
    }
    this.#globals = all
    return all
  }

  /** All that a name may stand for: what leads somewhere counts before what does not. */
  #defined(definitions: readonly Definition[]): Value | undefined {
    const [first, ...more] = definitions
    if (first === undefined) return undefined
    if (more.length > 0 && more.every(({ kind }) => kind === 'append')) {
      return definitions.map((part) => this.#definition(part)).reduce((left, right) => add(left, right))
    }
    if (more.length === 0) return this.#definition(first)
    return definitions.map((definition) => this.#definition(definition)).reduce(likelier)
  }

  #definition({ kind, node, scope, path }: Definition): Value | undefined {
    if (kind === 'unknown') return undefined
    let value: Value | undefined
    if (kind === 'import') {
      const specifier = node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
      value = specifier === undefined ? undefined : reference(moduleKey(specifier))
    } else {
      value = this.value(node, scope)
    }
    for (const step of path) {
      const name = typeof step === 'string' ? step : this.keyOf(step, scope)
      if (name === undefined) return undefined
      value = this.property(value, name)
    }
    return value
  }

  /** What stands in brackets as a key, where it is a constant. */
  keyOf(node: SyntaxNode, scope: Scope): string | undefined {
    const value = this.value(node, scope)
    return value?.kind === 'constant' && value.whole ? String(value.value) : undefined
  }

  #member(node: ESTree.MemberExpression, scope: Scope): Value | undefined {
    if (this.frame === undefined && this.#leadsNowhere(node, scope)) return undefined
    return this.memberOf(node, this.value(node.object, scope), this.propertyName(node, scope), scope)
  }

  /** Members of what nobody knows anything of, parameters most of all: more than half of all members. */
  #leadsNowhere(node: ESTree.MemberExpression, scope: Scope): boolean {
    let outermost = node
    while (outermost.object.type === 'MemberExpression') outermost = outermost.object
    const root = outermost.object as SyntaxNode
    if (root.type === 'ThisExpression') {
      const name = writtenName(outermost.property as SyntaxNode, outermost.computed === true)
      return name !== undefined && !this.names.thisProperties.has(name)
    }
    const binding = root.type === 'Identifier' ? scope.find(root.name) : undefined
    if (binding === undefined || binding.properties !== undefined || isThis(binding)) return false
    return binding.name !== 'require' && this.binding(binding) === undefined
  }

  /** A member, where its object and name are known already. */
  memberOf(
    node: ESTree.MemberExpression,
    object: Value | undefined,
    name: string | undefined,
    scope: Scope,
  ): Value | undefined {
    if (name === undefined) {
      return object?.kind === 'reference' ? reference(memberKey(object.key, anyProperty)) : this.#anyOf(object)
    }
    const value = object === undefined ? undefined : this.property(object, name)
    return value ?? this.#stored(unwrap(node.object), name, scope)
  }

  /** `{ 'http:': http, 'https:': https }[protocol]`: the first that leads anywhere. */
  #anyOf(object: Value | undefined): Value | undefined {
    if (object?.kind === 'list') return object.items.find((item) => item?.kind === 'reference')
    if (object?.kind !== 'object' || object.source?.node.type !== 'ObjectExpression') return undefined
    for (const property of object.source.node.properties.slice(0, maxAlternatives)) {
      const value =
        property.type === 'Property' ? this.value(property.value as SyntaxNode, object.source.scope) : undefined
      if (value?.kind === 'reference') return value
    }
    return undefined
  }

  /** What was set on an object one by one. */
  #stored(object: SyntaxNode, name: string, scope: Scope): Value | undefined {
    if (object.type === 'ThisExpression') return this.#propertySet(this.names.thisProperties.get(name))
    if (object.type !== 'Identifier') return undefined
    const binding = scope.find(object.name)
    if (binding !== undefined && isThis(binding)) return this.#propertySet(this.names.thisProperties.get(name))
    return this.#propertySet(binding?.properties?.get(name))
  }

  readonly #sets = new Map<readonly Definition[], Value | undefined>()

  #propertySet(definitions: readonly Definition[] | undefined): Value | undefined {
    if (definitions === undefined) return undefined
    const known = this.#sets.get(definitions)
    if (known !== undefined || this.#sets.has(definitions)) return known
    // Until it is known it counts as unknown: definitions may go round in a circle.
    this.#sets.set(definitions, undefined)
    const cuts = this.cuts
    const frame = this.frame
    this.frame = undefined
    const value = this.#defined(definitions)
    this.frame = frame
    if (cuts === this.cuts) this.#sets.set(definitions, value)
    else this.#sets.delete(definitions)
    return value
  }

  #ofReference(key: ReferenceKey, name: string): Value | undefined {
    if (key === ':globalThis' && this.#globalsSet().has(name)) return this.#global(name)
    if (key === ':exports') {
      const own = this.#propertySet(this.names.thisProperties.get(name))
      if (own !== undefined) return own
    }
    return this.#memberReference(key, name)
  }

  /** The same few members are asked for thousands of times. */
  readonly #members = new Map<ReferenceKey, Map<string, Value | undefined>>()

  #memberReference(key: ReferenceKey, name: string): Value | undefined {
    let members = this.#members.get(key)
    if (members === undefined) {
      members = new Map()
      this.#members.set(key, members)
    }
    const known = members.get(name)
    if (known !== undefined) return known
    const value = reference(memberKey(key, name))
    members.set(name, value)
    return value
  }

  #template(node: ESTree.TemplateLiteral, scope: Scope): Value | undefined {
    const parts = node.quasis.flatMap((quasi, at) => {
      const text = constant(quasi.value.cooked ?? quasi.value.raw)
      const expression = node.expressions[at]
      return expression === undefined ? [text] : [text, asText(this.value(expression, scope))]
    })
    return concat(parts)
  }

  /** A chain of thousands of `+` hangs on its left side: it is taken apart without a step down for each. */
  #binary(node: ESTree.BinaryExpression, scope: Scope): Value | undefined {
    if (node.operator !== '+') {
      return binary(node.operator, this.value(node.left as SyntaxNode, scope), this.value(node.right, scope))
    }
    const parts: SyntaxNode[] = []
    let left: SyntaxNode = node
    while (left.type === 'BinaryExpression' && left.operator === '+') {
      parts.push(left.right)
      left = unwrap(left.left as SyntaxNode)
    }
    const values = [this.#part(left, scope)]
    for (let at = parts.length - 1; at >= 0; at--) values.push(this.#part(parts[at] ?? node, scope))
    return sum(values)
  }

  /** Decoders add themselves to a text, to see whether somebody has laid their lines out anew. */
  #part(node: SyntaxNode, scope: Scope): Value | undefined {
    const value = this.value(node, scope)
    if (this.frame === undefined || value?.kind !== 'function') return value
    const [start, end] = [startOf(value.node), endOf(value.node)]
    return end - start > maxOrderingCharacters ? undefined : constant(this.#text.slice(start, end))
  }

  #either(node: ESTree.ConditionalExpression | ESTree.LogicalExpression, scope: Scope): Value | undefined {
    const isConditional = node.type === 'ConditionalExpression'
    const test = this.value(isConditional ? node.test : node.left, scope)
    const truth = isTruthy(test)
    if (isConditional && truth !== undefined) return this.value(truth ? node.consequent : node.alternate, scope)
    if (!isConditional && truth !== undefined) {
      const isNothing = test?.kind === 'constant' && (test.value === undefined || test.value === null)
      const usesRight = node.operator === '&&' ? truth : node.operator === '||' ? !truth : isNothing
      return usesRight ? this.value(node.right, scope) : test
    }
    if (!isConditional && node.operator === '&&') return this.value(node.right, scope)
    const first = isConditional ? this.value(node.consequent, scope) : test
    const second = this.value(isConditional ? node.alternate : node.right, scope)
    return likelier(first, second) ?? first ?? second
  }

  #assignment(node: ESTree.AssignmentExpression, scope: Scope): Value | undefined {
    if (this.frame === undefined) return this.value(node.right, scope)
    const right = this.value(node.right, scope)
    const value =
      node.operator === '=' ? right : binary(node.operator.slice(0, -1), this.value(node.left, scope), right)
    return writeTo(this, node.left, scope, value) ? value : undefined
  }

  #update(node: ESTree.UpdateExpression, scope: Scope): Value | undefined {
    if (this.frame === undefined) return undefined
    const before = this.value(node.argument, scope)
    const after = binary(node.operator === '++' ? '+' : '-', before, constant(1))
    if (!writeTo(this, node.argument, scope, after)) return undefined
    return node.prefix ? after : before
  }
}

function literal(node: ESTree.Literal): Value | undefined {
  if ('regex' in node && node.regex) return { kind: 'regex', pattern: node.regex.pattern, flags: node.regex.flags }
  const { value } = node
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return constant(value)
  return undefined
}

/** Texts are joined at once: adding them one by one would copy the first part as often as there are parts. */
function sum(values: readonly (Value | undefined)[]): Value | undefined {
  const isText = (value: Value | undefined): boolean => value?.kind === 'constant' && typeof value.value === 'string'
  if (isText(values[0]) || isText(values[1])) return concat(values.map((value) => asText(value)))
  if (values.length > 50) return values.some(isText) ? concat(values.map((value) => asText(value))) : undefined
  return values.reduce((left, right) => add(left, right) ?? (isText(right) ? constant(unknownPart, false) : undefined))
}

/** No list has it unless somebody set it. */
const isFree = (name: string): boolean => !(name in Array.prototype)

/** Functions that all texts and lists have, on the way to `Function`. */
function ofPrototype(of: Value, name: string): Value | undefined {
  if (name === 'constructor') {
    const maker =
      of.kind === 'list' ? ':Array' : of.kind === 'constant' && typeof of.value === 'string' ? ':String' : ':Number'
    return reference(maker)
  }
  return of.kind === 'list' ? reference(`:Array.prototype.${name}`.slice(0, 100)) : undefined
}
