import { maxMcpCallDepth, maxMcpCallsOfFunction, maxMcpFunctions, maxMcpSteps } from '../../../limits.js'
import type { FunctionNode, SyntaxNode } from '../../code/read/syntax-node.js'
import { startOf } from '../../code/read/syntax-node.js'
import { callBuiltIn } from './built-ins.js'
import { Environment } from './environment.js'
import { evaluate } from './expressions.js'
import { followBody } from './follow-body.js'
import { initialise } from './instances.js'
import { readMember, writeMember } from './members.js'
import type { ModuleLoader } from './module-loader.js'
import { callPlatform, constructPlatform } from './platform.js'
import type { SourceModule } from './source-module.js'
import { execute } from './statements.js'
import {
  type ClassValue,
  either,
  type FunctionValue,
  isCallable,
  type ObjectValue,
  optionsOf,
  reference,
  type Site,
  unknown,
  type Value,
} from './value.js'

/** What watches the calls that declare something. */
export interface CallWatcher {
  /** A method of something that is not the package's own. Gives its result, or nothing where the call declares nothing. */
  method(receiver: Value, name: string, args: readonly Value[], site: Site): Value | undefined
  /** A function of the package or of another: before it is entered. */
  called(callee: Value, args: readonly Value[], site: Site): Value | undefined
  constructed(callee: Value, args: readonly Value[], site: Site): Value | undefined
  classMade(made: ClassValue): void
  /** What a class of a known library stands for, where that is better known than its code. */
  standIn(of: Value): Value
  objectMade(made: ObjectValue): void
  /** A property of something that is not the package's own. */
  written(key: string, name: string, value: Value): void
}

/** One function that is being followed. */
export interface Frame {
  /** What it may return before its end. */
  readonly returns: Value[]
  readonly yields: Value[]
  readonly module: SourceModule
  /** Something in the loop may end it. */
  mayLeave: boolean
}

/**
 * Follows code without running any of it: what is not known stays unknown, both ways of a branch are gone where it is not known which is taken, and
 * nothing outside is touched. Steps, depth and calls are bounded.
 */
export class Interpreter {
  readonly watcher: CallWatcher
  readonly loader: ModuleLoader
  /** Functions that were made, in that order. */
  readonly made: FunctionValue[] = []
  readonly madeClasses: ClassValue[] = []
  readonly entered = new Map<FunctionNode, number>()
  /** Of functions that stand under a name. */
  readonly names = new Map<FunctionNode, string>()
  readonly instantiated = new Set<SyntaxNode>()
  readonly skipped = new Map<SyntaxNode, { readonly environment: Environment; readonly module: SourceModule }>()
  readonly #active = new Map<FunctionNode, number>()
  readonly #spent = new Map<FunctionNode, { steps: number; events: number }>()
  readonly #offered = new Map<FunctionNode, number>()
  readonly globals = new Map<string, Value>()
  #depth = 0
  /** Depth within branches that may not be taken. */
  level = 0
  steps = 0
  /** Counts what was declared, or made on the way to a declaration. */
  events = 0
  frame: Frame | undefined

  constructor(watcher: CallWatcher, loader: ModuleLoader) {
    this.watcher = watcher
    this.loader = loader
  }

  get isExhausted(): boolean {
    return this.steps > maxMcpSteps
  }

  /** One way of several: what it writes is one possibility beside what was there. */
  perhaps<T>(work: () => T): T {
    this.level += 1
    try {
      return work()
    } finally {
      this.level -= 1
    }
  }

  evaluate(node: SyntaxNode, environment: Environment, module: SourceModule): Value {
    this.steps += 1
    if (this.isExhausted) return unknown
    return evaluate(this, node, environment, module)
  }

  read(of: Value, name: string): Value {
    return readMember(this, of, name)
  }

  write(to: Value, name: string | undefined, value: Value): void {
    writeMember(this, to, name, value)
  }

  callMember(receiver: Value, name: string, args: readonly Value[], site: Site): Value {
    this.steps += 1
    if (this.isExhausted) return unknown
    if (receiver.kind === 'either') {
      const likely = receiver.options.filter((option) => option.kind !== 'unknown' && option.kind !== 'constant')
      // `found ?? []` is no empty list where nobody knows what was found.
      const isOpen = receiver.options.some(({ kind }) => kind === 'unknown')
      const options = (likely.length > 0 ? likely : receiver.options.slice(0, 1)).map((option) =>
        option.kind === 'list' && isOpen && option.items.length === 0 ? { ...option, open: true } : option,
      )
      return either(options.slice(0, 4).map((option) => this.perhaps(() => this.callMember(option, name, args, site))))
    }
    const builtIn = callBuiltIn(this, receiver, name, args, site)
    if (builtIn !== undefined) return builtIn
    const member = this.read(receiver, name)
    const isOwn = optionsOf(member).some(isCallable)
    if (!isOwn) {
      const declared = this.watcher.method(receiver, name, args, site)
      if (declared !== undefined) return declared
    }
    return this.call(member, receiver, args, site)
  }

  call(callee: Value, self: Value, args: readonly Value[], site: Site): Value {
    this.steps += 1
    if (this.isExhausted) return unknown
    if (callee.kind === 'either') {
      const callable = callee.options.filter((option) => isCallable(option) || option.kind === 'reference')
      return either(callable.slice(0, 4).map((option) => this.perhaps(() => this.call(option, self, args, site))))
    }
    const declared = this.watcher.called(callee, args, site)
    if (declared !== undefined) return declared
    if (callee.kind === 'native') return callee.call(args, site)
    if (callee.kind === 'function') return this.enter(callee, self, args)
    if (callee.kind === 'class') return this.construct(callee, args, site)
    if (callee.kind === 'reference') {
      const result = callPlatform(this, callee.key, args, site)
      if (result !== undefined) return result
    }
    for (const argument of args) this.offerWithin(argument)
    return callee.kind === 'reference' ? reference(`${callee.key}()`) : unknown
  }

  construct(callee: Value, args: readonly Value[], site: Site): Value {
    if (callee.kind === 'either') {
      return either(callee.options.slice(0, 4).map((option) => this.perhaps(() => this.construct(option, args, site))))
    }
    const declared = this.watcher.constructed(callee, args, site)
    if (declared !== undefined) return declared
    if (callee.kind === 'class') {
      const made = this.#instance(callee, site)
      initialise(this, callee, made, args, site)
      return made
    }
    if (callee.kind === 'function') {
      const made = this.#instance(callee, site)
      const result = this.enter(callee, made, args)
      return result.kind === 'object' ? result : made
    }
    if (callee.kind === 'reference') {
      const made = constructPlatform(this, callee.key, args, site)
      if (made !== undefined) return made
    }
    for (const argument of args) this.offerWithin(argument)
    return callee.kind === 'reference' ? reference(`${callee.key}()`) : unknown
  }

  #instance(from: ClassValue | FunctionValue, at: Site): ObjectValue {
    return { kind: 'object', properties: new Map(), open: false, from, at, level: this.level }
  }

  keyOf(value: Value): string | undefined {
    for (const option of optionsOf(value)) {
      if (option.kind === 'constant' && option.whole && option.value !== undefined) return String(option.value)
      if (option.kind === 'reference' && option.key.startsWith(':Symbol.')) return option.key
    }
    return undefined
  }

  /** Follows a function of the package. */
  enter(callee: FunctionValue, self: Value, args: readonly Value[], isAwaited = false): Value {
    const { node, module } = callee
    const active = this.#active.get(node) ?? 0
    const times = this.entered.get(node) ?? 0
    if (this.isExhausted || this.#depth > maxMcpCallDepth || times > maxMcpCallsOfFunction) return unknown
    if (active >= (this.level > 0 ? 2 : 4) || this.#isBarren(node, times)) return unknown
    this.#active.set(node, active + 1)
    this.entered.set(node, times + 1)
    this.#depth += 1
    const outer = this.frame
    this.frame = { returns: [], yields: [], module, mayLeave: false }
    const before = { steps: this.steps, events: this.events }
    try {
      return followBody(this, callee, self, args, this.frame, isAwaited)
    } finally {
      this.#account(node, before)
      this.frame = outer
      this.#depth -= 1
      this.#active.set(node, active)
    }
  }

  #account(node: FunctionNode, before: { readonly steps: number; readonly events: number }): void {
    const spent = this.#spent.get(node) ?? { steps: 0, events: 0 }
    spent.steps += this.steps - before.steps
    spent.events += this.events - before.events
    this.#spent.set(node, spent)
  }

  /**
   * Where all ways of all branches are gone, parsers and clients of whole libraries cost without end: what was followed often, at a price,
   * and never led to anything that is looked for is not followed again where it is not even known to be called.
   */
  #isBarren(node: FunctionNode, times: number): boolean {
    if (this.level === 0 || times < 20) return false
    const spent = this.#spent.get(node)
    return spent !== undefined && spent.events === 0 && spent.steps > 10_000
  }

  /** What somebody outside may call: with what, nobody knows. */
  offer(callee: Value): void {
    if (callee.kind !== 'function') return
    const times = this.#offered.get(callee.node) ?? 0
    if (times >= 2 || this.isExhausted) return
    this.#offered.set(callee.node, times + 1)
    const args = callee.node.params.map(() => unknown)
    this.perhaps(() => this.enter(callee, callee.self ?? unknown, args))
  }

  /** Functions among the arguments of a call that is not followed, and in their objects and lists. */
  offerWithin(value: Value, depth = 0): void {
    if (value.kind === 'function') this.offer(value)
    if (depth > 2) return
    if (value.kind === 'object') {
      for (const property of value.properties.values()) {
        if (property.kind !== 'getter') this.offerWithin(property, depth + 1)
      }
    } else if (value.kind === 'list') for (const item of value.items) this.offerWithin(item, depth + 1)
  }

  /** A way that is not taken as things are; a setting may be all that it takes. */
  skip(node: SyntaxNode, environment: Environment, module: SourceModule): void {
    if (this.skipped.size < maxMcpFunctions) this.skipped.set(node, { environment, module })
  }

  /** Goes a way that was not taken. */
  goSkipped(node: SyntaxNode): void {
    const skipped = this.skipped.get(node)
    if (skipped === undefined || !this.skipped.delete(node)) return
    const outer = this.frame
    this.frame = { returns: [], yields: [], module: skipped.module, mayLeave: false }
    this.perhaps(() => execute(this, node, new Environment(skipped.environment, false, this.level), skipped.module))
    this.frame = outer
  }

  remember(made: FunctionValue): void {
    if (this.made.length < maxMcpFunctions) this.made.push(made)
  }

  siteOf(node: SyntaxNode, module: SourceModule): Site {
    return { module, offset: startOf(node) }
  }
}
