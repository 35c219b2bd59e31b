import { endOf, type SyntaxNode, startOf } from '../code/read/syntax-node.js'
import type { Interpreter } from './interpret/interpreter.js'
import type { SourceModule } from './interpret/source-module.js'
import type { ClassValue, FunctionValue } from './interpret/value.js'
import { sdkClassOf } from './libraries.js'

/** Words without which a function that nobody calls declares nothing. */
const declaring =
  /\.(?:tool|registerTool|registerToolTask|addTools?|registerTools|setRequestHandler|prompt|registerPrompt|addPrompt|resource|registerResource|addResource(?:Template)?|registerResourceTemplate)\s*\(|registerAppTool|new (?:Mcp|FastMCP|MCP)\w*\(|\btools\s*:/

/** Characters of functions that are searched for the names of others; functions lie within each other. */
const maxSearchedCharacters = 20_000_000

/** Loads files, and calls what they export and declares something: whoever loads them does. */
export function followFiles(run: Interpreter, paths: readonly string[]): void {
  const loaded: SourceModule[] = []
  for (const path of paths) {
    const module = path.endsWith('.json') ? undefined : run.loader.load(run, path)
    if (module !== undefined) loaded.push(module)
  }
  for (const module of loaded) {
    for (const name of run.loader.exportNames(run, module)) {
      const value = run.loader.exported(run, module, name)
      if (value?.kind === 'function' && !run.entered.has(value.node) && declares(value.node, value.module))
        run.offer(value)
    }
  }
}

/**
 * Where some tools are known: ways that were not taken, and functions that some call names though it was not met: under which conditions code
 * is reached may be misread, and is often a setting; but what no text calls is not there.
 */
export function followLikely(run: Interpreter): void {
  const names = declaringNames(run)
  goSkippedWays(run, names)
  const texts = [...run.loader.modules.values()].map(({ source }) => source.text)
  eachUncalled(run, (made) => {
    const name = run.names.get(made.node)
    return name !== undefined && declares(made.node, made.module) && isCalledIn(texts, name)
  })
}

/** Where none is known: all that may declare something, whatever calls it. The outermost first, since they know the arguments. */
export function followAll(run: Interpreter): void {
  const names = declaringNames(run)
  goSkippedWays(run, names)
  eachUncalled(run, (made) => loadsLazily(made))
  eachUncalled(run, (made) => !declares(made.node, made.module) && callsOneOf(textOf(made), names))
  eachUncalled(run, (made) => declares(made.node, made.module))
  for (let at = 0; at < run.madeClasses.length && !run.isExhausted; at++) {
    const made = run.madeClasses[at]
    if (made !== undefined && !run.instantiated.has(made.node) && declares(made.node, made.module))
      followClass(run, made)
  }
}

function followClass(run: Interpreter, made: ClassValue): void {
  if (sdkClassOf(made) !== undefined) return
  const self = run.perhaps(() => run.construct(made, [], { module: made.module, offset: startOf(made.node) }))
  for (const method of made.methods.values()) {
    if (method.kind === 'function' && !run.entered.has(method.node) && declares(method.node, made.module)) {
      run.perhaps(() => run.enter(method, self, []))
    }
  }
}

/** More may be made meanwhile. */
function eachUncalled(run: Interpreter, isWanted: (made: FunctionValue) => boolean): void {
  for (let at = 0; at < run.made.length && !run.isExhausted; at++) {
    const made = run.made[at]
    if (made === undefined || run.entered.has(made.node)) continue
    const { home } = made
    // What the SDK does with tools is no tool.
    if (home !== undefined && (!run.instantiated.has(home.node) || sdkClassOf(home) !== undefined)) continue
    if (isWanted(made)) run.offer(made)
  }
}

const textOf = ({ node, module }: { readonly node: SyntaxNode; readonly module: SourceModule }): string =>
  module.source.text.slice(startOf(node), Math.min(endOf(node), startOf(node) + 100_000))

const declares = (node: SyntaxNode, module: SourceModule): boolean => declaring.test(textOf({ node, module }))

/** Commands of larger programs bring in their code when they are called. */
const loadsLazily = ({ node, module }: FunctionValue): boolean =>
  endOf(node) - startOf(node) < 2_000 && /\bimport\(|\bPromise\.resolve\(\)\.then\(/.test(textOf({ node, module }))

/** Names of functions that declare something, and of those that call one of these. */
function declaringNames(run: Interpreter): ReadonlySet<string> {
  const names = new Set<string>()
  const others: { readonly name: string; readonly text: string }[] = []
  let searched = 0
  for (const made of run.made) {
    const name = run.names.get(made.node)
    if (name === undefined || name.length < 3) continue
    const text = textOf(made)
    searched += text.length
    if (searched > maxSearchedCharacters) break
    if (declaring.test(text)) names.add(name)
    else others.push({ name, text })
  }
  for (let round = 0; round < 2; round++) {
    const before = names.size
    for (const { name, text } of others) if (!names.has(name) && callsOneOf(text, names)) names.add(name)
    if (names.size === before) break
  }
  return names
}

const callsOneOf = (text: string, names: ReadonlySet<string>): boolean =>
  (text.match(/(?<![\w$])[\w$]{3,80}(?=\)?\()/g) ?? []).some((name) => names.has(name))

function goSkippedWays(run: Interpreter, names: ReadonlySet<string>): void {
  for (const [node, { module }] of run.skipped) {
    if (run.isExhausted) return
    const text = textOf({ node, module })
    if (declaring.test(text) || callsOneOf(text, names)) run.goSkipped(node)
  }
}

/** `name(` or `(0, module.name)(`, but for where the function is written. */
function isCalledIn(texts: readonly string[], name: string): boolean {
  for (const text of texts) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      const after = text[at + name.length]
      const before = text[at - 1] ?? ''
      if (/[\w$]/.test(before) || (after !== '(' && !(after === ')' && text[at + name.length + 1] === '('))) continue
      if (
        !/function\*? $/.test(text.slice(Math.max(0, at - 10), at)) &&
        !/^\([^()]*\)\s*\{/.test(text.slice(at + name.length, at + name.length + 200))
      )
        return true
    }
  }
  return false
}
