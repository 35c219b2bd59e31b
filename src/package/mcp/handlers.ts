import { maxMcpHandlers } from '../../limits.js'
import { childKeys } from '../code/read/child-keys.js'
import { type ESTree, endOf, type SyntaxNode, startOf } from '../code/read/syntax-node.js'
import type { Declarations } from './declarations.js'
import type { Environment } from './interpret/environment.js'
import type { Interpreter } from './interpret/interpreter.js'
import type { SourceModule } from './interpret/source-module.js'
import { type FunctionValue, known, optionsOf, type Site, textOf, type Value } from './interpret/value.js'
import type { HandlerExtent } from './mcp-facts.js'

/** The code of tools by their names: functions that were handed over with them, and cases of what answers all calls. */
export class Handlers {
  readonly #run: Interpreter
  readonly #declarations: Declarations
  readonly #byName = new Map<string, HandlerExtent[]>()
  /** By the function: one may be handed over with thousands of tools. */
  readonly #code = new Map<SyntaxNode, readonly HandlerExtent[]>()

  constructor(run: Interpreter, declarations: Declarations, names: ReadonlySet<string>) {
    this.#run = run
    this.#declarations = declarations
    this.#readTables(names)
    for (const module of run.loader.modules.values())
      if (module.tree !== undefined) this.#readCases(module, module.tree, names)
  }

  /** A module that describes one tool and exports what runs it. */
  #ofModule(module: SourceModule): readonly HandlerExtent[] | undefined {
    for (const key of ['handler', 'execute', 'run', 'handle', 'default']) {
      const value = module.isModule ? this.#run.loader.exported(this.#run, module, key) : undefined
      if (value?.kind === 'function') return this.#codeOf(value)
    }
    return undefined
  }

  /** What answers a call of any tool: it is not told apart where nothing says which. */
  #ofAll(): readonly HandlerExtent[] {
    return this.#declarations.handlers.flatMap((handler) => this.#codeOf(handler))
  }

  /** A function, and what it calls by name: many handlers only hand over what they were given. */
  #codeOf({ node, module }: Pick<FunctionValue, 'node' | 'module'>): readonly HandlerExtent[] {
    const known = this.#code.get(node)
    if (known !== undefined) return known
    const extents = [extentOf(node, module), ...this.#calledIn(node, module)]
    this.#code.set(node, extents)
    return extents
  }

  of(name: string, given: readonly Value[], site: Site): readonly HandlerExtent[] {
    const functions = given.flatMap(optionsOf).filter((value) => value.kind === 'function')
    // A handler often hands on to another function: what that one does is what the tool does.
    const own = functions.flatMap(({ node, module, environment }) => [
      extentOf(node, module),
      ...this.#calledIn(node, module, environment),
    ])
    if (own.length > 0) return unique(own)
    return unique(this.#byName.get(name) ?? this.#ofModule(site.module) ?? this.#ofAll())
  }

  #note(name: string, extents: readonly HandlerExtent[]): void {
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, [...extents])
    else if (known.length < maxMcpHandlers) known.push(...extents)
  }

  /** `{ search: searchHandler, read: readHandler }`. */
  #readTables(names: ReadonlySet<string>): void {
    for (const { properties } of this.#declarations.tables) {
      for (const [name, value] of properties) {
        if (!names.has(name) || value.kind === 'getter') continue
        for (const one of known(value)) {
          const called = one.kind === 'object' ? (one.properties.get('handler') ?? one.properties.get('execute')) : one
          if (called?.kind === 'function') this.#note(name, this.#codeOf(called))
        }
      }
    }
  }

  /** `case 'search':` and `if (name === 'search')`, wherever they stand. */
  #readCases(module: SourceModule, tree: SyntaxNode, names: ReadonlySet<string>): void {
    const waiting: SyntaxNode[] = [tree]
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.type === 'SwitchStatement') this.#readSwitch(module, node, names)
      else if (node.type === 'IfStatement') this.#readIf(module, node, names)
      for (const key of childKeys(node, true)) pushNodes(waiting, (node as unknown as Record<string, unknown>)[key])
    }
  }

  #readSwitch(module: SourceModule, { cases }: ESTree.SwitchStatement, names: ReadonlySet<string>): void {
    cases.forEach((one, at) => {
      const name = one.test ? this.#textOf(one.test as SyntaxNode, module) : undefined
      if (name === undefined || !names.has(name)) return
      // `case 'a': case 'b': …`: the first one with statements.
      const body = cases.slice(at).find(({ consequent }) => consequent.length > 0) ?? one
      this.#note(name, [extentOf(body, module), ...this.#calledIn(body, module)])
    })
  }

  #readIf(module: SourceModule, { test, consequent }: ESTree.IfStatement, names: ReadonlySet<string>): void {
    if (test.type !== 'BinaryExpression' || !test.operator.startsWith('==')) return
    for (const side of [test.left, test.right]) {
      const name = this.#textOf(side as SyntaxNode, module)
      if (name === undefined || !names.has(name)) continue
      this.#note(name, [
        extentOf(consequent as SyntaxNode, module),
        ...this.#calledIn(consequent as SyntaxNode, module),
      ])
    }
  }

  #textOf(node: SyntaxNode, module: SourceModule): string | undefined {
    if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined
    return textOf(this.#run.evaluate(node, module.environment, module))
  }

  /** Functions of the package that a case calls by name: the case itself is often one line. */
  #calledIn(node: SyntaxNode, module: SourceModule, environment = module.environment): readonly HandlerExtent[] {
    const found: HandlerExtent[] = []
    const waiting: SyntaxNode[] = [node]
    for (let next = waiting.pop(); next !== undefined && found.length < 10; next = waiting.pop()) {
      if (next.type === 'CallExpression') {
        const called = this.#calleeOf(next.callee as SyntaxNode, module, environment)
        if (called !== undefined) found.push(extentOf(called.node, called.module))
      }
      for (const key of childKeys(next, true)) pushNodes(waiting, (next as unknown as Record<string, unknown>)[key])
    }
    return found
  }

  #calleeOf(callee: SyntaxNode, module: SourceModule, environment: Environment): FunctionValue | undefined {
    if (callee.type === 'Identifier') {
      const value = this.#run.evaluate(callee, environment, module)
      return value.kind === 'function' ? value : undefined
    }
    if (callee.type !== 'MemberExpression') return undefined
    if ((callee.object as SyntaxNode).type === 'Identifier') {
      const value = this.#run.evaluate(callee, environment, module)
      return value.kind === 'function' ? value : undefined
    }
    if ((callee.object as SyntaxNode).type !== 'ThisExpression') return undefined
    const { property } = callee
    if (property.type !== 'Identifier' && property.type !== 'PrivateIdentifier') return undefined
    const name = property.type === 'Identifier' ? property.name : `#${property.name}`
    for (const made of this.#run.madeClasses) {
      const method = made.module === module ? made.methods.get(name) : undefined
      if (method?.kind === 'function') return method
    }
    return undefined
  }
}

function pushNodes(to: SyntaxNode[], child: unknown): void {
  for (const one of Array.isArray(child) ? child : [child]) {
    if (typeof one === 'object' && one !== null && 'type' in one) to.push(one as SyntaxNode)
  }
}

function extentOf(node: SyntaxNode, { path, source }: SourceModule): HandlerExtent {
  return { file: path, startLine: source.placeAt(startOf(node)).line, endLine: source.placeAt(endOf(node)).line }
}

function unique(extents: readonly HandlerExtent[]): readonly HandlerExtent[] {
  const keys = new Map(extents.map((one) => [`${one.file}:${one.startLine}:${one.endLine}`, one]))
  return [...keys.values()].slice(0, maxMcpHandlers)
}
