import { runsAtOnce } from '../read/runs-at-once.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { type Position, walk } from '../read/walk.js'
import { assignTo } from './assign-names.js'
import type { BoundNames, ComputedGlobal, Site } from './bound-names.js'
import { partsOf } from './destructuring.js'
import { holderOf } from './holder.js'
import { bindImport, bindImportEquals } from './import-names.js'
import { addDefinition, type Binding, type Definition, type FunctionSite, Scope } from './scope.js'
import { writtenName } from './unwrap.js'
import { argumentsGivenTo, isWrapped } from './wrappers.js'

export interface BindOptions {
  /** Trees of TypeScript and Flow. */
  readonly anyKeys?: boolean
  /** Literals that are sites: all others are not looked at again. */
  readonly isSite?: (literal: ESTree.Literal) => boolean
  /** Looks at each node in the same walk. */
  readonly alongside?: (node: SyntaxNode, at: Position) => void
}

/** One walk over the tree: declares what is declared, and notes what may be an ability. Nothing is resolved yet, since names hoist. */
export function bindNames(tree: SyntaxNode, options: BindOptions = {}): BoundNames {
  const binder = new Binder(options)
  const { alongside, anyKeys = false } = options
  const enter = (node: SyntaxNode, at: Position): undefined => {
    binder.enter(node, at)
    alongside?.(node, at)
  }
  walk(tree, { enter }, { anyKeys })
  binder.assign()
  return binder
}

interface Assignment {
  readonly target: SyntaxNode
  readonly scope: Scope
  readonly kind: Definition['kind']
  readonly node: SyntaxNode
}

/** What holds within a node. */
interface Surroundings {
  readonly scope: Scope
  readonly within: FunctionSite | undefined
  readonly guard: SyntaxNode | undefined
}

class Binder implements BoundNames {
  readonly module = new Scope(undefined, true)
  readonly sites: Site[] = []
  readonly functions = new Map<SyntaxNode, FunctionSite>()
  readonly scopes = new Map<SyntaxNode, Scope>()
  readonly thisProperties = new Map<string, Definition[]>()
  readonly globals = new Map<string, Definition[]>()
  readonly bundled = new Map<string, Definition>()
  readonly computedGlobals: ComputedGlobal[] = []
  readonly #isSite: ((literal: ESTree.Literal) => boolean) | undefined
  readonly #assignments: Assignment[] = []
  readonly #outermost: Surroundings = { scope: this.module, within: undefined, guard: undefined }
  /** By depth; those of a node are its parent's until it opens new ones. */
  readonly #surroundings: Surroundings[] = []

  constructor({ isSite }: BindOptions) {
    this.#isSite = isSite
  }

  enter(node: SyntaxNode, at: Position): void {
    const { depth } = at
    const around = depth === 0 ? this.#outermost : (this.#surroundings[depth - 1] ?? this.#outermost)
    this.#surroundings[depth] = around
    switch (node.type) {
      // Nothing is declared by these, and nothing done.
      case 'Identifier':
      case 'ExpressionStatement':
      case 'ReturnStatement':
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'UnaryExpression':
      case 'ThisExpression':
      case 'SequenceExpression':
        return
      case 'Literal':
        if (this.#isSite?.(node) === true) this.#note(node, around, at)
        return
      case 'MemberExpression':
        // Of `a.b.c` only the whole; what is called is looked at with its call.
        if (at.key === 'callee' || at.key === 'tag') return
        if (at.key !== 'object' || at.parent?.type !== 'MemberExpression') this.#note(node, around, at)
        return
      case 'CallExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'SpreadElement':
        this.#note(node, around, at)
        return
      case 'AssignmentExpression':
      case 'ImportDeclaration':
        this.#declare(node, around, at)
        this.#note(node, around, at)
        return
      case 'BinaryExpression': {
        const isInner = at.parent?.type === 'BinaryExpression' && at.parent.operator === '+'
        if (node.operator === '+' && !isInner) this.#note(node, around, at)
        return
      }
      case 'TemplateLiteral':
        if (node.expressions.length > 0) this.#note(node, around, at)
        return
      case 'VariableDeclarator':
        if (node.id.type === 'ObjectPattern') this.#note(node, around, at)
        return
      case 'IfStatement':
      case 'ConditionalExpression':
      case 'LogicalExpression':
        this.#surroundings[depth] = { scope: around.scope, within: around.within, guard: node }
        return
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
        this.#surroundings[depth] = this.#enterFunction(node, around, at)
        return
      default:
        this.#enterOther(node, around, at)
    }
  }

  #enterOther(node: SyntaxNode, around: Surroundings, at: Position): void {
    const scope = this.#declare(node, around, at)
    if (scope !== around.scope) this.#surroundings[at.depth] = { scope, within: around.within, guard: around.guard }
    if (node.type === 'ForInStatement') this.#note(node, around, at)
  }

  #note(node: SyntaxNode, { scope, within, guard }: Surroundings, at: Position): void {
    this.sites.push({ node, parent: at.parent, holder: holderOf(node, at), scope, within, guard })
  }

  /** After the walk, when all declarations are known. */
  assign(): void {
    for (const { target, scope, kind, node } of this.#assignments) {
      assignTo(this, target, { kind, node, scope, path: none })
    }
  }

  #enterFunction(node: FunctionNode, around: Surroundings, at: Position): Surroundings {
    const { scope } = around
    const inner = new Scope(scope, true)
    this.scopes.set(node, inner)
    if (node.type !== 'ArrowFunctionExpression' && node.id) {
      const home = node.type === 'FunctionDeclaration' ? scope : inner
      home.declare(node.id.name, 'function').define({ kind: 'value', node, scope, path: none })
    }
    const given = argumentsGivenTo(node, at)
    for (let index = 0; index < node.params.length; index++) {
      const argument = given?.[index]
      const definition = argument && ({ kind: 'value', node: argument, scope, path: none } as const)
      this.#pattern(node.params[index] as SyntaxNode, inner, 'parameter', definition)
    }
    const site = { node, parent: around.within, atOnce: runsAtOnce(node, at) || isWrapped(node, at) }
    this.functions.set(node, site)
    return { scope: inner, within: site, guard: around.guard }
  }

  /** Declares what the node declares, and gives the scope of what is within it. */
  #declare(node: SyntaxNode, { scope }: Surroundings, at: Position): Scope {
    switch (node.type) {
      case 'VariableDeclaration':
        this.#variables(node, scope, at)
        return scope
      case 'BlockStatement':
      case 'StaticBlock':
        return node.body.some(isLexical) ? this.#open(node, scope) : scope
      case 'ForInStatement':
      case 'ForOfStatement':
        // `for (name of list)`: a name that was there before is given something else each time.
        if (node.left.type !== 'VariableDeclaration')
          this.#assignments.push({ target: node.left, scope, kind: 'unknown', node })
        return this.#open(node, scope)
      case 'ForStatement':
      case 'SwitchStatement':
        return this.#open(node, scope)
      case 'CatchClause': {
        const inner = this.#open(node, scope)
        if (node.param) this.#pattern(node.param, inner, 'parameter', undefined)
        return inner
      }
      case 'ClassDeclaration':
        if (node.id) scope.declare(node.id.name, 'class').define({ kind: 'value', node, scope, path: none })
        return scope
      case 'ClassExpression': {
        const inner = this.#open(node, scope)
        if (node.id) inner.declare(node.id.name, 'class').define({ kind: 'value', node, scope, path: none })
        return inner
      }
      case 'PropertyDefinition': {
        const name = node.key && writtenName(node.key as SyntaxNode, node.computed === true)
        if (name && node.value)
          addDefinition(this.thisProperties, name, { kind: 'value', node: node.value, scope, path: none })
        return scope
      }
      case 'Property':
        this.#bundle(node, scope)
        return scope
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) bindImport(specifier, node, scope)
        return scope
      case 'AssignmentExpression':
        this.#assignments.push({ target: node.left, scope, kind: assignedKind(node.operator), node: node.right })
        return scope
      case 'UpdateExpression':
        this.#assignments.push({ target: node.argument, scope, kind: 'unknown', node })
        return scope
      default:
        if ((node.type as string) === 'TSImportEqualsDeclaration') bindImportEquals(node, scope)
        return scope
    }
  }

  #open(node: SyntaxNode, around: Scope): Scope {
    const inner = new Scope(around, false)
    this.scopes.set(node, inner)
    return inner
  }

  /** `123: (module) => { module.exports = require('x') }` in webpack's list of modules. */
  #bundle({ key, value, computed }: ESTree.Property, scope: Scope): void {
    const wrapper = value as SyntaxNode
    if (!isFunction(wrapper) || wrapper.body?.type !== 'BlockStatement') return
    const statement = wrapper.body.body.find((one) => !('directive' in one) || one.directive === undefined)
    if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return
    const { left, right } = statement.expression
    if (left.type !== 'MemberExpression' || writtenName(left.property as SyntaxNode, false) !== 'exports') return
    const name = writtenName(key as SyntaxNode, computed === true)
    if (right.type === 'CallExpression' && name !== undefined) {
      this.bundled.set(name, { kind: 'value', node: right, scope, path: none })
    }
  }

  #variables(node: ESTree.VariableDeclaration, scope: Scope, { parent }: Position): void {
    const home = node.kind === 'var' ? scope.nearestFunction : scope
    const isLoop = parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement'
    for (const { id, init } of node.declarations) {
      // `var` without a value keeps what the name had; other names without one are given theirs later.
      const definition = init
        ? ({ kind: 'value', node: init, scope, path: none } as const)
        : isLoop
          ? ({ kind: 'unknown', node, scope, path: none } as const)
          : undefined
      this.#pattern(id, home, 'variable', definition)
    }
  }

  /** Names in a declaration, each with the way to its part of the value. */
  #pattern(root: SyntaxNode, home: Scope, kind: Binding['kind'], whole: Definition | undefined): void {
    if (root.type === 'Identifier') {
      const binding = home.declare(root.name, kind)
      if (whole !== undefined) binding.define(whole)
      return
    }
    const waiting: { target: SyntaxNode; definition: Definition | undefined }[] = [{ target: root, definition: whole }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { target, definition } = next
      if (target.type === 'Identifier') {
        const binding = home.declare(target.name, kind)
        if (definition !== undefined) binding.define(definition)
        continue
      }
      waiting.push(...partsOf(target, definition, home))
    }
  }
}

/** The way to what is not within anything. */
const none: Definition['path'] = []

const isLexical = (statement: ESTree.Statement | ESTree.Node): boolean =>
  (statement.type === 'VariableDeclaration' && statement.kind !== 'var') ||
  statement.type === 'ClassDeclaration' ||
  statement.type === 'FunctionDeclaration'

const assignedKind = (operator: string): Definition['kind'] =>
  operator === '=' || operator === '||=' || operator === '??=' || operator === '&&='
    ? 'value'
    : operator === '+='
      ? 'append'
      : 'unknown'
