import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Fold } from './fold.js'
import { memberOf } from './methods.js'
import type { NamedValues } from './named-values.js'
import { memberKey, type ReferenceKey } from './reference.js'
import { isThis, type Scope } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'
import { constant, reference, type Value } from './value.js'
import type { WrittenObjects } from './written-objects.js'

/** Entries of a table that are tried where its key is not known. */
const maxAlternatives = 30

/** Stands in a key for a property whose name is not a constant. */
export const anyProperty = '[…]'

/** What the members of values are: of things of the platform, of objects and lists that the file writes, and what is set on them later. */
export class MemberValues {
  readonly #fold: Fold
  readonly #named: NamedValues
  readonly #written: WrittenObjects
  /** The same few members are asked for thousands of times. */
  readonly #members = new Map<ReferenceKey, Map<string, Value | undefined>>()

  constructor(fold: Fold, named: NamedValues, written: WrittenObjects) {
    this.#fold = fold
    this.#named = named
    this.#written = written
  }

  member(node: ESTree.MemberExpression, scope: Scope): Value | undefined {
    if (this.#fold.frame === undefined && this.#leadsNowhere(node, scope)) return undefined
    return this.memberOf(node, this.#fold.value(node.object, scope), this.#fold.propertyName(node, scope), scope)
  }

  /** Members of what nobody knows anything of, parameters most of all: more than half of all members. */
  #leadsNowhere(node: ESTree.MemberExpression, scope: Scope): boolean {
    let outermost = node
    while (outermost.object.type === 'MemberExpression') outermost = outermost.object
    const root = outermost.object as SyntaxNode
    if (root.type === 'ThisExpression') {
      const name = writtenName(outermost.property as SyntaxNode, outermost.computed === true)
      return name !== undefined && !this.#fold.names.thisProperties.has(name)
    }
    const binding = root.type === 'Identifier' ? scope.find(root.name) : undefined
    if (binding === undefined || binding.properties !== undefined || isThis(binding)) return false
    return binding.name !== 'require' && this.#named.binding(binding) === undefined
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
    const value = object === undefined ? undefined : this.#fold.property(object, name)
    return value ?? this.#stored(unwrap(node.object), name, scope)
  }

  /** `{ 'http:': http, 'https:': https }[protocol]`: the first that leads anywhere. */
  #anyOf(object: Value | undefined): Value | undefined {
    if (object?.kind === 'list') return object.items.find((item) => item?.kind === 'reference')
    if (object?.kind !== 'object' || object.source?.node.type !== 'ObjectExpression') return undefined
    for (const property of object.source.node.properties.slice(0, maxAlternatives)) {
      const value =
        property.type === 'Property' ? this.#fold.value(property.value as SyntaxNode, object.source.scope) : undefined
      if (value?.kind === 'reference') return value
    }
    return undefined
  }

  /** What was set on an object one by one. */
  #stored(object: SyntaxNode, name: string, scope: Scope): Value | undefined {
    if (object.type === 'ThisExpression') return this.#named.assigned(this.#fold.names.thisProperties.get(name))
    if (object.type !== 'Identifier') return undefined
    const binding = scope.find(object.name)
    if (binding !== undefined && isThis(binding)) return this.#named.assigned(this.#fold.names.thisProperties.get(name))
    return this.#named.assigned(binding?.properties?.get(name))
  }

  /** A property of a value, whatever the depth. */
  property(of: Value | undefined, name: string): Value | undefined {
    switch (of?.kind) {
      case 'reference':
        return this.#ofReference(of.key, name)
      case 'object':
        return of.properties?.has(name) === true ? of.properties.get(name) : this.#written.property(of, name)
      case 'function':
        if (of.properties?.has(name) === true) return of.properties.get(name)
        if (name === 'constructor') return reference(':Function')
        // Made while another is followed: what was not set on it meanwhile is not there.
        return of.frame !== undefined && !(name in Function.prototype) ? constant(undefined) : undefined
      case 'list':
        if (of.properties?.has(name)) return of.properties.get(name)
        // Elsewhere it may have been set by what is not followed.
        return (
          memberOf(of, name) ??
          (this.#fold.frame !== undefined && isFree(name) ? constant(undefined) : ofPrototype(of, name))
        )
      case 'constant':
      case 'bytes':
        return memberOf(of, name) ?? ofPrototype(of, name)
      default:
        return undefined
    }
  }

  #ofReference(key: ReferenceKey, name: string): Value | undefined {
    if (key === ':globalThis' && this.#named.globals().has(name)) return this.#named.global(name)
    if (key === ':exports') {
      const own = this.#named.assigned(this.#fold.names.thisProperties.get(name))
      if (own !== undefined) return own
    }
    return this.reference(key, name)
  }

  reference(key: ReferenceKey, name: string): Value | undefined {
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
