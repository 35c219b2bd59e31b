import { maxFoldedItems } from '../../../limits.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Fold } from './fold.js'
import type { Scope } from './scope.js'
import { writtenName } from './unwrap.js'
import { constant, type ObjectValue, type Value } from './value.js'

/** Objects and lists as they are written out in one file. */
export class WrittenObjects {
  readonly #fold: Fold
  readonly #literals = new Map<SyntaxNode, Map<string, Value | undefined>>()

  constructor(fold: Fold) {
    this.#fold = fold
  }

  /** A property of an object that is written out. */
  property({ source }: ObjectValue, name: string): Value | undefined {
    if (source?.node.type !== 'ObjectExpression') return undefined
    let known = this.#literals.get(source.node)
    if (known === undefined) {
      known = new Map()
      this.#literals.set(source.node, known)
    }
    if (known.has(name)) return known.get(name)
    // Until it is known it counts as unknown: objects may be spread into themselves, and each way round would be tried twice.
    known.set(name, undefined)
    const cuts = this.#fold.cuts
    const value = this.#inLiteral(source.node, source.scope, name)
    if (cuts === this.#fold.cuts) known.set(name, value)
    else known.delete(name)
    return value
  }

  #inLiteral({ properties }: ESTree.ObjectExpression, scope: Scope, name: string): Value | undefined {
    for (let at = properties.length - 1; at >= 0; at--) {
      const property = properties[at] as unknown as SyntaxNode
      if (property.type === 'SpreadElement') {
        const spread = this.#fold.property(this.#fold.value(property.argument, scope), name)
        if (spread !== undefined) return spread
      } else if (property.type === 'Property') {
        const key = writtenName(property.key as SyntaxNode, property.computed === true)
        const known = key ?? this.#fold.keyOf(property.key as SyntaxNode, scope)
        if (known === name)
          return property.kind === 'get' ? undefined : this.#fold.value(property.value as SyntaxNode, scope)
      }
    }
    return undefined
  }

  object(node: ESTree.ObjectExpression, scope: Scope): Value | undefined {
    if (this.#fold.frame === undefined) return { kind: 'object', source: { node, scope } }
    const properties = new Map<string, Value | undefined>()
    for (const property of node.properties) {
      if (property.type !== 'Property') return undefined
      const name = writtenName(property.key as SyntaxNode, property.computed === true)
      if (name === undefined) return undefined
      properties.set(name, this.#fold.value(property.value as SyntaxNode, scope))
    }
    return { kind: 'object', properties }
  }

  list(node: ESTree.ArrayExpression, scope: Scope): Value | undefined {
    if (node.elements.length > maxFoldedItems) return undefined
    const items: (Value | undefined)[] = []
    for (const element of node.elements) {
      if (element === null || element === undefined) items.push(constant(undefined))
      else if (element.type !== 'SpreadElement') items.push(this.#fold.value(element as SyntaxNode, scope))
      else {
        const spread = this.#fold.value(element.argument, scope)
        if (spread?.kind !== 'list' || items.length + spread.items.length > maxFoldedItems) return undefined
        for (const item of spread.items) items.push(item)
      }
    }
    return { kind: 'list', items }
  }
}
