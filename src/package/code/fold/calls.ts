import type { ESTree } from '../read/syntax-node.js'
import type { Fold } from './fold.js'
import { indirectCall } from './indirect-call.js'
import { callMethod, changeList } from './methods.js'
import { evaluated, madeFunction, platformCall } from './platform-calls.js'
import { callKey, isModule, memberKey, type ReferenceKey } from './reference.js'
import type { Scope } from './scope.js'
import { unwrap } from './unwrap.js'
import { constant, reference, type Value } from './value.js'

/** Helpers of compilers and bundlers that make one kind of module look like another. */
const interop = /(?:^|[:._])(?:_{0,3}(?:interop|import(?:Star|Default)|toESM|esm|promisifyAll)|n$)/i

/** `Function.prototype.call.bind(f)`: a function that takes what would be `this` first. */
const uncurrying = /^:Function(?:\.prototype)?\.(?:call|apply|bind)\.bind$/

/** What calls of one file give: those of the platform by its tables, those of the file by following it. */
export class Calls {
  readonly #fold: Fold

  constructor(fold: Fold) {
    this.#fold = fold
  }

  call(node: ESTree.CallExpression | ESTree.NewExpression, scope: Scope): Value | undefined {
    // Before the callee is known: the first one may be the keeper of the list, which is another function afterwards.
    this.#fold.putInOrder()
    const callee = unwrap(node.callee)
    let called: Value | undefined
    if (callee.type === 'MemberExpression') {
      // Once and not again for the callee: along a chain that would double the work at each link.
      const object = this.#fold.value(callee.object, scope)
      const name = this.#fold.propertyName(callee, scope)
      if (object !== undefined && object.kind !== 'reference' && name !== undefined) {
        const result = this.#method(object, name, node, scope)
        if (result !== undefined) return result
      }
      called = this.#fold.memberOf(callee, object, name, scope)
    } else called = this.#fold.value(callee, scope)
    if (called?.kind === 'reference') return this.#callReference(called.key, node, scope)
    if (called?.kind === 'function') {
      const result = this.#fold.run(called, this.#fold.argumentsOf(node, scope))
      if (result !== undefined) return result
    }
    return this.#passedOn(
      node,
      scope,
      callee.type === 'MemberExpression' || interop.test(callee.type === 'Identifier' ? callee.name : ''),
    )
  }

  /** `__importStar(require('x'))`, `__toESM(…)`, `promisifyAll(…)`, `n.n(r(1))`: who is handed a module gives it back, perhaps in other clothes. */
  #passedOn(node: ESTree.CallExpression | ESTree.NewExpression, scope: Scope, isInterop: boolean): Value | undefined {
    const [first] = node.arguments
    if (first === undefined || node.arguments.length > 3) return undefined
    if (first.type === 'Literal') return this.#ofBundle(first)
    if (first.type !== 'CallExpression' && !(isInterop && first.type === 'Identifier')) return undefined
    const value = this.#fold.value(first, scope)
    return value?.kind === 'reference' && isModule(value.key) ? value : undefined
  }

  #ofBundle({ value }: ESTree.Literal): Value | undefined {
    const bundled = this.#fold.names.bundled.get(String(value))
    return bundled === undefined ? undefined : this.#fold.value(bundled.node, bundled.scope)
  }

  #callReference(
    key: ReferenceKey,
    node: ESTree.CallExpression | ESTree.NewExpression,
    scope: Scope,
  ): Value | undefined {
    if (key.startsWith(madeFunction)) return evaluated(key.slice(madeFunction.length))
    if (uncurrying.test(key)) {
      const [of] = this.#fold.argumentsOf(node, scope)
      return of?.kind === 'reference' ? reference(memberKey(of.key, 'call')) : undefined
    }
    const call = platformCall(key)
    if (call !== undefined) {
      const result = call(this.#fold.argumentsOf(node, scope))
      if (result !== undefined) return result
      return key === ':require' || key === ':eval' ? undefined : reference(callKey(key))
    }
    const passed = this.#passedOn(node, scope, interop.test(key))
    if (passed !== undefined) return passed
    if (key.endsWith('.call') || key.endsWith('.apply') || key === ':Reflect.apply' || key === ':Reflect.construct') {
      return this.#callIndirectly(key, node, scope)
    }
    return reference(callKey(key))
  }

  #callIndirectly(
    key: ReferenceKey,
    node: ESTree.CallExpression | ESTree.NewExpression,
    scope: Scope,
  ): Value | undefined {
    const given = this.#fold.argumentsOf(node, scope)
    const { target, values } = indirectCall(key, given)
    if (target === undefined) return undefined
    return platformCall(target)?.(values) ?? reference(callKey(target))
  }

  #method(
    object: Value,
    name: string,
    node: ESTree.CallExpression | ESTree.NewExpression,
    scope: Scope,
  ): Value | undefined {
    const given = this.#fold.argumentsOf(node, scope)
    if (object.kind === 'list') {
      if (this.#fold.frame !== undefined) {
        const changed = changeList(object.items, name, given)
        if (changed !== false) return changed
      }
      const mapped = this.#overItems(object.items, name, given)
      if (mapped !== undefined) return mapped
    }
    return callMethod(object, name, given)
  }

  #overItems(
    items: readonly (Value | undefined)[],
    name: string,
    [callback, initial]: (Value | undefined)[],
  ): Value | undefined {
    const call = (...given: (Value | undefined)[]): Value | undefined => {
      if (callback?.kind === 'function') return this.#fold.run(callback, given)
      return callback?.kind === 'reference' ? platformCall(callback.key)?.(given.slice(0, 1)) : undefined
    }
    if (name === 'map') {
      const results = items.map((item, at) => call(item, constant(at)))
      return results.every((result) => result === undefined) ? undefined : { kind: 'list', items: results }
    }
    if (name !== 'reduce') return undefined
    if (items.length === 0) return initial
    return initial === undefined
      ? items.reduce((sum, item) => call(sum, item))
      : items.reduce((sum, item) => call(sum, item), initial)
  }
}
