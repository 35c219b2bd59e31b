import { posix } from 'node:path'
import { readCode } from '../../code/read/read-code.js'
import { SourceText } from '../../code/read/source-text.js'
import type { ESTree, SyntaxNode } from '../../code/read/syntax-node.js'
import type { ServerFiles } from '../server-files.js'
import { classOf } from './classes.js'
import { declaredNames, nameOf } from './declared-names.js'
import type { Environment } from './environment.js'
import { functionOf } from './expressions.js'
import type { Interpreter } from './interpreter.js'
import { fromJson } from './json.js'
import { methodOf } from './members.js'
import { emptyModule, type SourceModule } from './source-module.js'
import { declare, executeBlock } from './statements.js'
import {
  type ClassValue,
  constant,
  either,
  native,
  nothing,
  optionsOf,
  reference,
  type Site,
  textOf,
  unknown,
  type Value,
} from './value.js'

/** Where the package seems to lie, for code that asks for its own folder. */
const root = '/package/'

/** The package's modules: loaded when asked for, each once. */
export class ModuleLoader {
  readonly #files: ServerFiles
  readonly modules = new Map<string, SourceModule>()
  /** Requests whose specifier only the running program knows. */
  readonly unknownRequests: Site[] = []
  readonly unread: SourceModule[] = []
  /** For what stands nowhere. */
  readonly anywhere: SourceModule

  constructor(files: ServerFiles) {
    this.#files = files
    this.anywhere = emptyModule('')
  }

  /** Its top level followed. */
  load(run: Interpreter, path: string): SourceModule | undefined {
    const known = this.modules.get(path)
    if (known !== undefined) return known
    const text = this.#files.text(path)
    if (text === undefined) return undefined
    const read = readCode(Buffer.from(text), path)
    const body = read.tree?.type === 'Program' ? (read.tree.body as readonly SyntaxNode[]) : []
    const isModule = body.some(({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'))
    const module: SourceModule = {
      ...emptyModule(path),
      source: read.source,
      tree: read.tree,
      unanalysable: read.unanalysable,
      isModule,
    }
    this.modules.set(path, module)
    if (read.tree === undefined) this.unread.push(module)
    else this.#execute(run, module, body)
    return module
  }

  #execute(run: Interpreter, module: SourceModule, body: readonly SyntaxNode[]): void {
    const { environment: env } = module
    const level = run.level
    const frame = run.frame
    // A module is loaded once, whatever asks for it.
    run.level = 0
    run.frame = { returns: [], yields: [], module, mayLeave: false }
    module.state = 'loading'
    env.declare('this', module.isModule ? nothing : (module.moduleObject.properties.get('exports') as Value))
    env.declare('__dirname', constant(root + posix.dirname(module.path)))
    env.declare('__filename', constant(root + module.path))
    env.declare(
      'require',
      native(([specifier = nothing]) => this.request(run, specifier, module)),
    )
    if (!module.isModule) {
      env.declare('module', module.moduleObject)
      env.declare('exports', module.moduleObject.properties.get('exports') as Value)
    }
    for (const statement of body) this.#link(run, statement, module)
    executeBlock(run, body, env, module)
    module.state = 'loaded'
    run.level = level
    run.frame = frame
  }

  /** Imports and exports are there before anything runs. */
  #link(run: Interpreter, statement: SyntaxNode, module: SourceModule): void {
    if (statement.type === 'ImportDeclaration') {
      this.#import(run, statement, module)
      return
    }
    if (statement.type === 'ExportAllDeclaration') {
      const from = this.request(run, constant(String(statement.source.value)), module)
      if (statement.exported) module.exports.set(nameOf(statement.exported as SyntaxNode), () => from)
      else module.starExports.push(from)
      return
    }
    if (statement.type !== 'ExportNamedDeclaration') return
    const from = statement.source ? this.request(run, constant(String(statement.source.value)), module) : undefined
    for (const { local, exported } of statement.specifiers) {
      const name = nameOf(local as SyntaxNode)
      module.exports.set(nameOf(exported as SyntaxNode), () =>
        from === undefined ? this.#named(run, module, name) : this.#member(run, from, name),
      )
    }
    const { declaration } = statement
    for (const name of declaration ? declaredNames(declaration as SyntaxNode) : []) {
      module.exports.set(name, () => this.#named(run, module, name))
    }
  }

  #named(run: Interpreter, module: SourceModule, name: string): Value {
    const found = module.environment.find(name)
    return found === undefined ? (run.globals.get(name) ?? unknown) : (found.cell.read?.() ?? found.cell.value)
  }

  #import(run: Interpreter, statement: ESTree.ImportDeclaration, module: SourceModule): void {
    if ((statement as unknown as { importKind?: string }).importKind === 'type') return
    const from = this.request(run, constant(String(statement.source.value)), module)
    for (const specifier of statement.specifiers) {
      const local = (specifier.local as ESTree.Identifier).name
      if (specifier.type === 'ImportNamespaceSpecifier') module.environment.declare(local, from)
      else {
        const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported as SyntaxNode)
        module.environment.link(local, () => this.#member(run, from, name))
      }
    }
  }

  /** Of a CommonJS module the default import is all that it exports. */
  #member(run: Interpreter, from: Value, name: string): Value {
    if (name === 'default' && from.kind !== 'namespace' && from.kind !== 'reference') {
      const own = from.kind === 'object' && from.properties.has('__esModule') ? run.read(from, 'default') : undefined
      return own ?? from
    }
    return run.read(from, name)
  }

  executeExport(
    run: Interpreter,
    node: ESTree.ExportNamedDeclaration | ESTree.ExportDefaultDeclaration,
    env: Environment,
    module: SourceModule,
  ): void {
    const declaration = node.declaration as SyntaxNode | null
    if (!declaration) return
    if (node.type === 'ExportNamedDeclaration') {
      if (declaration.type !== 'FunctionDeclaration') executeBlock(run, [declaration], env, module)
      return
    }
    const value = this.#default(run, declaration, env, module)
    module.exports.set('default', () => value)
  }

  #default(run: Interpreter, declaration: SyntaxNode, env: Environment, module: SourceModule): Value {
    if (declaration.type === 'ClassDeclaration') {
      const made = classOf(run, declaration, env, module)
      if (declaration.id) env.declare(declaration.id.name, made)
      return made
    }
    if (declaration.type === 'FunctionDeclaration') {
      const made = functionOf(run, declaration, env, module)
      if (declaration.id) env.declare(declaration.id.name, made)
      return made
    }
    if (declaration.type === 'VariableDeclaration') {
      declare(run, declaration, env, module)
      return nothing
    }
    return run.evaluate(declaration, env, module)
  }

  /** What `require` or `import` of a specifier gives. */
  request(run: Interpreter, specifier: Value, from: SourceModule): Value {
    const all = optionsOf(specifier)
      .map(textOf)
      .filter((text) => text !== undefined)
    if (all.length === 0) {
      this.unknownRequests.push({ module: from, offset: 0 })
      return unknown
    }
    return either(all.map((text) => this.#requested(run, text, from)))
  }

  #requested(run: Interpreter, specifier: string, from: SourceModule): Value {
    const local = specifier.replace(/^file:\/\//, '')
    const path = local.startsWith(root)
      ? `./${posix.relative(posix.dirname(from.path), local.slice(root.length))}`
      : local
    const [found] = this.#files.resolve(path, posix.dirname(from.path))
    if (found === undefined) return reference(`${specifier.replace(/^node:/, '')}:`)
    if (found.endsWith('.json')) return this.readText(constant(root + found), true)
    const module = this.load(run, found)
    return module === undefined ? unknown : this.valueOf(module)
  }

  valueOf(module: SourceModule): Value {
    if (module.isModule) return { kind: 'namespace', module }
    return (module.moduleObject.properties.get('exports') as Value | undefined) ?? unknown
  }

  exported(
    run: Interpreter,
    module: SourceModule,
    name: string,
    seen: Set<SourceModule> = new Set(),
  ): Value | undefined {
    if (seen.has(module)) return undefined
    seen.add(module)
    const own = module.exports.get(name)
    if (own !== undefined) return own()
    for (const from of module.starExports) {
      const value =
        from.kind === 'namespace'
          ? this.exported(run, from.module, name, seen)
          : from.kind === 'object'
            ? run.read(from, name)
            : undefined
      if (value !== undefined && !(value.kind === 'constant' && value.value === undefined)) return value
    }
    const external = module.starExports.find(({ kind }) => kind === 'reference')
    if (external !== undefined) return run.read(external, name)
    // While modules load each other in a circle, what is not there yet may still come.
    return module.state === 'loaded' ? undefined : unknown
  }

  exportNames(run: Interpreter, module: SourceModule, seen: Set<SourceModule> = new Set()): readonly string[] {
    if (seen.has(module)) return []
    seen.add(module)
    const others = module.starExports.flatMap((from) => {
      if (from.kind === 'namespace')
        return this.exportNames(run, from.module, seen).filter((name) => name !== 'default')
      return from.kind === 'object' ? [...from.properties.keys()] : []
    })
    return [...new Set([...module.exports.keys(), ...others])]
  }

  metaOf(module: SourceModule, name: string): Value {
    if (name === 'url') return constant(`file://${root}${module.path}`)
    if (name === 'dirname') return constant(root + posix.dirname(module.path))
    return name === 'filename' ? constant(root + module.path) : unknown
  }

  methodOf(made: ClassValue, name: string): ReturnType<typeof methodOf> {
    return methodOf(made, name)
  }

  /** A file of the package that its code reads. */
  readText(path: Value, asJson = false): Value {
    const named = textOf(path)?.replace(/^file:\/\//, '')
    if (named === undefined || !named.startsWith(root)) return unknown
    const file = posix.normalize(named.slice(root.length))
    const text = this.#files.text(file)
    if (text === undefined) return unknown
    const at: Site = { module: this.#textModule(file, text), offset: 0 }
    return asJson ? fromJson(text, at, 0) : constant(text, at)
  }

  #textModule(path: string, text: string): SourceModule {
    const known = this.modules.get(path)
    if (known !== undefined) return known
    const module = { ...emptyModule(path), source: new SourceText(text) }
    this.modules.set(path, module)
    return module
  }

  readFolder(run: Interpreter, path: Value): Value {
    const named = textOf(path)?.replace(/^file:\/\//, '')
    if (named === undefined || !named.startsWith(root)) return unknown
    const folder = posix.normalize(`${named.slice(root.length)}/`)
    const names = this.#files.within(folder === './' ? '' : folder)
    return { kind: 'list', items: names.map((name) => constant(name)), open: false, level: run.level }
  }
}
