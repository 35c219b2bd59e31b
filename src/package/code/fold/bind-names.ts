import { runsAtOnce } from '../read/runs-at-once.js'
import { type ESTree, type FunctionNode, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { type Position, walk } from '../read/walk.js'
import { addDefinition, type Binding, type Definition, type FunctionSite, Scope } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'

/** A node that may be worth a look, with all that is needed to judge it after the walk. */
export interface Site {
  readonly node: SyntaxNode
  readonly parent: SyntaxNode | undefined
  /** For calls and spreads: what the object they make is kept by, through conditions and `Object.assign`. */
  readonly holder: SyntaxNode | undefined
  readonly scope: Scope
  /** The function that it stands in; nothing at the top of the module. */
  readonly within: FunctionSite | undefined
  /** The nearest condition around it: `if`, `?:`, `&&`, `||`, `??`. */
  readonly guard: SyntaxNode | undefined
}

/** The names of one file and where they are used. */
export interface BoundNames {
  readonly module: Scope
  readonly sites: readonly Site[]
  readonly functions: ReadonlyMap<SyntaxNode, FunctionSite>
  readonly scopes: ReadonlyMap<SyntaxNode, Scope>
  /** `this.name = value` and class fields, of all objects of the file together. */
  readonly thisProperties: ReadonlyMap<string, readonly Definition[]>
  /** `globalThis.name = value`, and names that nobody declares. */
  readonly globals: ReadonlyMap<string, readonly Definition[]>
  /** `globalThis[key] = value`, whose names are known only when `key` is folded. */
  readonly computedGlobals: readonly ComputedGlobal[]
  /** By webpack's numbers and names: modules that only hand on what another package exports. */
  readonly bundled: ReadonlyMap<string, Definition>
}

interface ComputedGlobal {
  readonly key: SyntaxNode
  readonly definition: Definition
}

/** Who sets more than these builds a table, and hides nothing by it. */
const maxComputedGlobals = 200

export interface BindOptions {
  /** Trees of TypeScript and Flow. */
  readonly anyKeys?: boolean
  /** Literals that are sites: all others are not looked at again. */
  readonly isSite?: (literal: ESTree.Literal) => boolean
}

/** One walk over the tree: declares what is declared, and notes what may be an ability. Nothing is resolved yet, since names hoist. */
export function bindNames(tree: SyntaxNode, options: BindOptions = {}): BoundNames {
  const binder = new Binder(options)
  walk(tree, { enter: (node, at) => binder.enter(node, at) }, { anyKeys: options.anyKeys === true })
  binder.assign()
  return binder
}

interface Assignment {
  readonly target: SyntaxNode
  readonly scope: Scope
  readonly kind: Definition['kind']
  readonly node: SyntaxNode
}

const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self'])

class Binder implements BoundNames {
  readonly module = new Scope(undefined, true)
  readonly sites: Site[] = []
  readonly functions = new Map<SyntaxNode, FunctionSite>()
  readonly scopes = new Map<SyntaxNode, Scope>()
  readonly thisProperties = new Map<string, Definition[]>()
  readonly globals = new Map<string, Definition[]>()
  readonly computedGlobals: ComputedGlobal[] = []
  readonly bundled = new Map<string, Definition>()
  readonly #isSite: ((literal: ESTree.Literal) => boolean) | undefined
  readonly #assignments: Assignment[] = []
  /** By depth: what holds within the node there. */
  readonly #scopeAt: Scope[] = []
  readonly #functionAt: (FunctionSite | undefined)[] = []
  readonly #guardAt: (SyntaxNode | undefined)[] = []

  constructor({ isSite }: BindOptions) {
    this.#isSite = isSite
  }

  enter(node: SyntaxNode, at: Position): undefined {
    const { depth } = at
    const scope = depth === 0 ? this.module : (this.#scopeAt[depth - 1] ?? this.module)
    const within = depth === 0 ? undefined : this.#functionAt[depth - 1]
    this.#guardAt[depth] = isCondition(node) ? node : depth === 0 ? undefined : this.#guardAt[depth - 1]
    this.#functionAt[depth] = within
    this.#scopeAt[depth] = scope
    if (isFunction(node)) {
      const site = { node, parent: within, atOnce: runsAtOnce(node, at) || isWrapped(node, at) }
      this.functions.set(node, site)
      this.#functionAt[depth] = site
      this.#scopeAt[depth] = this.#enterFunction(node, scope, at)
    } else {
      this.#scopeAt[depth] = this.#declare(node, scope, at)
      if (this.#isWorthALook(node, at)) {
        this.sites.push({
          node,
          parent: at.parent,
          holder: holderOf(node, at),
          scope,
          within,
          guard: this.#guardAt[depth - 1],
        })
      }
    }
    return undefined
  }

  /** After the walk, when all declarations are known. */
  assign(): void {
    for (const { target, scope, kind, node } of this.#assignments) {
      this.#assignTo(target, { kind, node, scope, path: [] }, 0)
    }
  }

  #isWorthALook(node: SyntaxNode, { parent, key }: Position): boolean {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'AssignmentExpression':
      case 'ForInStatement':
      case 'SpreadElement':
        return true
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        return true
      case 'VariableDeclarator':
        return node.id.type === 'ObjectPattern'
      case 'MemberExpression':
        // Of `a.b.c` only the whole; what is called is looked at with its call.
        return !(key === 'object' && parent?.type === 'MemberExpression') && key !== 'callee' && key !== 'tag'
      case 'BinaryExpression':
        return node.operator === '+' && !(parent?.type === 'BinaryExpression' && parent.operator === '+')
      case 'TemplateLiteral':
        return node.expressions.length > 0
      case 'Literal':
        return this.#isSite?.(node) === true
      default:
        return false
    }
  }

  #enterFunction(node: FunctionNode, around: Scope, at: Position): Scope {
    const inner = new Scope(around, true)
    this.scopes.set(node, inner)
    if (node.type !== 'ArrowFunctionExpression' && node.id) {
      const home = node.type === 'FunctionDeclaration' ? around : inner
      home.declare(node.id.name, 'function').define({ kind: 'value', node, scope: around, path: [] })
    }
    const given = argumentsGivenTo(node, at)
    node.params.forEach((parameter, index) => {
      const argument = given?.[index]
      this.#pattern(
        parameter,
        inner,
        'parameter',
        argument && { kind: 'value', node: argument, scope: around, path: [] },
      )
    })
    return inner
  }

  /** Declares what the node declares, and gives the scope of what is within it. */
  #declare(node: SyntaxNode, scope: Scope, at: Position): Scope {
    switch (node.type) {
      case 'VariableDeclaration':
        this.#variables(node, scope, at)
        return scope
      case 'BlockStatement':
      case 'StaticBlock':
        return node.body.some(isLexical) ? this.#open(node, scope) : scope
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
        return this.#open(node, scope)
      case 'CatchClause': {
        const inner = this.#open(node, scope)
        if (node.param) this.#pattern(node.param, inner, 'parameter', undefined)
        return inner
      }
      case 'ClassDeclaration':
        if (node.id) scope.declare(node.id.name, 'class').define({ kind: 'value', node, scope, path: [] })
        return scope
      case 'ClassExpression': {
        const inner = this.#open(node, scope)
        if (node.id) inner.declare(node.id.name, 'class').define({ kind: 'value', node, scope, path: [] })
        return inner
      }
      case 'PropertyDefinition': {
        const name = node.key && writtenName(node.key as SyntaxNode, node.computed === true)
        if (name && node.value)
          addDefinition(this.thisProperties, name, { kind: 'value', node: node.value, scope, path: [] })
        return scope
      }
      case 'Property':
        this.#bundle(node, scope)
        return scope
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) this.#import(specifier, node, scope)
        return scope
      case 'AssignmentExpression':
        this.#assignments.push({ target: node.left, scope, kind: assignedKind(node.operator), node: node.right })
        return scope
      case 'UpdateExpression':
        this.#assignments.push({ target: node.argument, scope, kind: 'unknown', node })
        return scope
      default:
        // TypeScript's `import cp = require('child_process')`.
        if ((node.type as string) === 'TSImportEqualsDeclaration') this.#importEquals(node, scope)
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
      this.bundled.set(name, { kind: 'value', node: right, scope, path: [] })
    }
  }

  #variables(node: ESTree.VariableDeclaration, scope: Scope, { parent }: Position): void {
    const home = node.kind === 'var' ? scope.nearestFunction : scope
    const isLoop = parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement'
    for (const { id, init } of node.declarations) {
      // `var` without a value keeps what the name had; other names without one are given theirs later.
      const definition = init
        ? ({ kind: 'value', node: init, scope, path: [] } as const)
        : isLoop
          ? ({ kind: 'unknown', node, scope, path: [] } as const)
          : undefined
      this.#pattern(id, home, 'variable', definition)
    }
  }

  /** Names in a declaration, each with the way to its part of the value. */
  #pattern(root: SyntaxNode, home: Scope, kind: Binding['kind'], whole: Definition | undefined): void {
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

  #import(
    specifier: ESTree.ImportDeclaration['specifiers'][number],
    { source }: ESTree.ImportDeclaration,
    scope: Scope,
  ): void {
    const path =
      specifier.type === 'ImportNamespaceSpecifier'
        ? []
        : [specifier.type === 'ImportDefaultSpecifier' ? 'default' : (writtenName(specifier.imported, false) ?? '')]
    scope.declare(specifier.local.name, 'import').define({ kind: 'import', node: source, scope, path })
  }

  #importEquals(node: SyntaxNode, scope: Scope): void {
    const { id, moduleReference } = node as unknown as {
      id?: SyntaxNode
      moduleReference?: { expression?: SyntaxNode }
    }
    const source = moduleReference?.expression
    if (id?.type === 'Identifier' && source !== undefined) {
      scope.declare(id.name, 'import').define({ kind: 'import', node: source, scope, path: [] })
    }
  }

  #assignTo(root: SyntaxNode, whole: Definition, depth: number): void {
    const target = unwrap(root)
    const { scope } = whole
    if (target.type === 'Identifier') {
      const binding = scope.find(target.name)
      if (binding !== undefined) binding.define(whole)
      else addDefinition(this.globals, target.name, whole)
    } else if (target.type === 'MemberExpression') {
      this.#assignProperty(target, whole)
    } else if (depth < 8) {
      for (const part of partsOf(target, whole, scope)) {
        if (part.definition !== undefined) this.#assignTo(part.target, part.definition, depth + 1)
      }
    }
  }

  #assignProperty({ object, property, computed }: ESTree.MemberExpression, definition: Definition): void {
    const name = writtenName(property as SyntaxNode, computed === true)
    if (name === undefined) {
      const isGlobal = object.type === 'Identifier' && globalObjects.has(object.name)
      if (!isGlobal || definition.scope.find(object.name) !== undefined) return
      if (this.computedGlobals.length < maxComputedGlobals)
        this.computedGlobals.push({ key: property as SyntaxNode, definition })
      return
    }
    if (object.type === 'ThisExpression') addDefinition(this.thisProperties, name, definition)
    if (object.type !== 'Identifier') return
    const binding = definition.scope.find(object.name)
    if (binding !== undefined && isThis(binding)) addDefinition(this.thisProperties, name, definition)
    else if (binding !== undefined) binding.setProperty(name, definition)
    else if (globalObjects.has(object.name)) addDefinition(this.globals, name, definition)
    else if (object.name === 'exports') addDefinition(this.thisProperties, name, definition)
  }
}

/** `const self = this`. */
export const isThis = ({ definitions }: Binding): boolean => definitions[0]?.node.type === 'ThisExpression'

const isCondition = ({ type }: SyntaxNode): boolean =>
  type === 'IfStatement' || type === 'ConditionalExpression' || type === 'LogicalExpression'

const handingOn: ReadonlySet<string> = new Set([
  'ConditionalExpression',
  'LogicalExpression',
  'SequenceExpression',
  'AwaitExpression',
])

function holderOf(node: SyntaxNode, at: Position): SyntaxNode | undefined {
  if (node.type !== 'SpreadElement' && node.type !== 'CallExpression') return undefined
  for (let level = node.type === 'SpreadElement' ? 2 : 1; level < 12; level++) {
    const around = at.ancestor(level)
    const isAssign =
      around?.type === 'CallExpression' &&
      around.callee.type === 'MemberExpression' &&
      writtenName(around.callee.property as SyntaxNode, false) === 'assign'
    if (around === undefined || (!isAssign && !handingOn.has(around.type))) return around
  }
  return undefined
}

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

/** Who runs what it is handed as soon as the module is loaded: the helpers of compilers, bundlers and AMD. */
const runners: ReadonlySet<string> = new Set([
  '__awaiter',
  '__async',
  '__asyncToGenerator',
  '_asyncToGenerator',
  '__commonJS',
  '__commonJSMin',
  '__esm',
  '__esmMin',
  'define',
])

/** The module wrappers of bundlers: what they hold belongs to the file as if it stood at its top. */
function isWrapped(node: FunctionNode, { parent, key }: Position): boolean {
  if (parent?.type === 'Property') {
    const name = key === 'value' && parent.key.type === 'Literal' ? parent.key.value : undefined
    return typeof name === 'number' || (typeof name === 'string' && /^\d+$|\/|\.[cm]?js$/.test(name))
  }
  if (parent?.type !== 'CallExpression' || key !== 'arguments') return false
  const callee = unwrap(parent.callee)
  if (callee.type === 'Identifier') return runners.has(callee.name)
  // `(function (root, factory) { … })(this, function () { … })`
  return isFunction(callee) && node.type !== 'FunctionDeclaration'
}

/** What an immediately called function is called with; for the callback of `then`, what the promise stands for. */
function argumentsGivenTo(node: FunctionNode, at: Position): readonly SyntaxNode[] | undefined {
  const { parent, key } = at
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') {
    if (key === 'callee') return parent.arguments
    const { callee } = parent
    const isThen =
      callee.type === 'MemberExpression' &&
      writtenName(callee.property as SyntaxNode, callee.computed === true) === 'then'
    if (isThen && parent.arguments[0] === node) return [callee.object]
    // `(function (factory) { … })(function (require) { … })` is left to the call of the factory.
    return undefined
  }
  if (parent?.type !== 'MemberExpression' || key !== 'object') return undefined
  const call = at.ancestor(2)
  const name = writtenName(parent.property as SyntaxNode, parent.computed === true)
  return call?.type === 'CallExpression' && call.callee === parent && name === 'call'
    ? (call.arguments.slice(1) as SyntaxNode[])
    : undefined
}

interface Part {
  readonly target: SyntaxNode
  readonly definition: Definition | undefined
}

/** One level of a destructuring. */
function partsOf(target: SyntaxNode, whole: Definition | undefined, home: Scope): readonly Part[] {
  const under = (step: string | SyntaxNode): Definition | undefined =>
    whole && { ...whole, path: [...whole.path, step] }
  switch (target.type) {
    case 'AssignmentPattern': {
      const byDefault: Definition = {
        kind: 'value',
        node: target.right as SyntaxNode,
        scope: whole?.scope ?? home,
        path: [],
      }
      return [
        { target: target.left, definition: whole },
        { target: target.left, definition: byDefault },
      ]
    }
    case 'ObjectPattern':
      return target.properties.map((property): Part => {
        if (property.type === 'RestElement') return { target: property.argument, definition: whole }
        const { key, value, computed } = property as unknown as {
          key: SyntaxNode
          value: SyntaxNode
          computed?: boolean
        }
        return { target: value, definition: under(writtenName(key, computed === true) ?? key) }
      })
    case 'ArrayPattern':
      return target.elements.flatMap((element, index): Part[] =>
        element === null || element === undefined
          ? []
          : [{ target: element as SyntaxNode, definition: under(String(index)) }],
      )
    case 'RestElement':
      return [{ target: target.argument as SyntaxNode, definition: undefined }]
    default:
      // TypeScript's `constructor(private readonly http = …)`.
      return 'parameter' in target ? [{ target: target.parameter as SyntaxNode, definition: whole }] : []
  }
}
