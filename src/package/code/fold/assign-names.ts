import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { ComputedGlobal } from './bound-names.js'
import { partsOf } from './destructuring.js'
import { addDefinition, type Definition, isThis } from './scope.js'
import { unwrap, writtenName } from './unwrap.js'

/** Who sets more than these builds a table, and hides nothing by it. */
const maxComputedGlobals = 200

const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self'])

/** What is assigned to, beside names that are declared. */
export interface Assigned {
  readonly thisProperties: Map<string, Definition[]>
  readonly globals: Map<string, Definition[]>
  readonly computedGlobals: ComputedGlobal[]
}

/** Gives names and properties what is assigned to them, once all names are declared. */
export function assignTo(names: Assigned, root: SyntaxNode, whole: Definition, depth = 0): void {
  const target = unwrap(root)
  const { scope } = whole
  if (target.type === 'Identifier') {
    const binding = scope.find(target.name)
    if (binding !== undefined) binding.define(whole)
    else addDefinition(names.globals, target.name, whole)
  } else if (target.type === 'MemberExpression') {
    assignProperty(names, target, whole)
  } else if (depth < 8) {
    for (const part of partsOf(target, whole, scope)) {
      if (part.definition !== undefined) assignTo(names, part.target, part.definition, depth + 1)
    }
  }
}

function assignProperty(
  names: Assigned,
  { object, property, computed }: ESTree.MemberExpression,
  definition: Definition,
): void {
  const name = writtenName(property as SyntaxNode, computed === true)
  if (name === undefined) {
    const isGlobal = object.type === 'Identifier' && globalObjects.has(object.name)
    if (!isGlobal || definition.scope.find(object.name) !== undefined) return
    if (names.computedGlobals.length < maxComputedGlobals)
      names.computedGlobals.push({ key: property as SyntaxNode, definition })
    return
  }
  if (object.type === 'ThisExpression') addDefinition(names.thisProperties, name, definition)
  if (object.type !== 'Identifier') return
  const binding = definition.scope.find(object.name)
  if (binding !== undefined && isThis(binding)) addDefinition(names.thisProperties, name, definition)
  else if (binding !== undefined) binding.setProperty(name, definition)
  else if (globalObjects.has(object.name)) addDefinition(names.globals, name, definition)
  else if (object.name === 'exports') addDefinition(names.thisProperties, name, definition)
}
