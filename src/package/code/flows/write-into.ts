import type { Binding } from '../fold/scope.js'
import { unwrap } from '../fold/unwrap.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import type { Slot, Spread } from './spread.js'
import type { Taint } from './taint.js'

/** Names and calls looked through on the way back from what is written to. */
const maxOrigins = 60

/** Everything that is the same object as the value of an expression: names, properties, and the expressions that made it. */
export interface Origins {
  readonly places: ReadonlySet<Binding | Slot>
  readonly makers: ReadonlySet<SyntaxNode>
  /** `x.name`: it is a part of what another expression stands for. */
  readonly parts: readonly ESTree.MemberExpression[]
}

export function originsOf(spread: Spread, node: SyntaxNode): Origins {
  const { index } = spread
  const places = new Set<Binding | Slot>()
  const makers = new Set<SyntaxNode>()
  const parts: ESTree.MemberExpression[] = []
  const seen = new Set<SyntaxNode>()
  const waiting = [node]
  for (let next = waiting.pop(); next !== undefined && seen.size < maxOrigins; next = waiting.pop()) {
    const at = unwrap(next)
    if (seen.has(at)) continue
    seen.add(at)
    switch (at.type) {
      case 'Identifier': {
        const binding = index.bindingOf(at)
        if (binding === undefined || places.has(binding)) break
        places.add(binding)
        for (const { kind, node: given, path } of binding.definitions) {
          if (kind === 'value' && path.length === 0) waiting.push(given)
        }
        if (binding.kind === 'parameter') waiting.push(...givenTo(spread, binding))
        break
      }
      case 'MemberExpression': {
        const slot = spread.slotOf(at)
        if (slot !== undefined) {
          places.add(slot)
          for (const { node: given, path } of index.names.thisProperties.get(slot.name) ?? []) {
            if (path.length === 0) waiting.push(given)
          }
        } else {
          makers.add(at)
          parts.push(at)
        }
        break
      }
      case 'ConditionalExpression':
        waiting.push(at.consequent, at.alternate)
        break
      case 'LogicalExpression':
        waiting.push(at.left as SyntaxNode, at.right)
        break
      case 'AssignmentExpression':
        waiting.push(at.right)
        break
      default:
        makers.add(at)
    }
  }
  return { places, makers, parts }
}

/** What callers hand in for a parameter. */
function givenTo({ index, graph }: Spread, binding: Binding): readonly SyntaxNode[] {
  for (const use of index.usesOf(binding)) {
    const owner = index.functionOf(use)
    const at =
      owner?.params.findIndex((parameter) => parameter === use || ('left' in parameter && parameter.left === use)) ?? -1
    if (owner === undefined || at < 0) continue
    return graph
      .callersOf(owner)
      .slice(0, 20)
      .flatMap((call) => (call.arguments[at] === undefined ? [] : [call.arguments[at] as SyntaxNode]))
  }
  return []
}

/** A value is put into an object: whoever has the same object has the value. */
export function writeInto(spread: Spread, object: SyntaxNode, taint: Taint, by: SyntaxNode, depth = 0): void {
  const { places, makers, parts } = originsOf(spread, object)
  const kept = spread.taints.with(taint, { context: undefined })
  for (const place of places) spread.reach(place, places.size > 1 ? kept : taint)
  for (const maker of makers) {
    if (maker.type === 'ObjectExpression' || maker.type === 'ArrayExpression') spread.reach(maker, kept)
    spread.listener.putInto(maker, by, kept)
  }
  // `found.files.push(secret)`: whoever has `found` has it.
  for (const part of depth > 2 || taint.mode === 'file' ? [] : parts) {
    const name = spread.index.fold.propertyName(part, spread.index.scopeOf(part))
    writeInto(spread, part.object as SyntaxNode, spread.taints.put(kept, name), by, depth + 1)
  }
}
