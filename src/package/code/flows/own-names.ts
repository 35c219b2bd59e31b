import { filterOf } from '../capabilities/environment.js'
import { endOf, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { type CallNode, isCall } from './call-graph.js'
import type { Spread } from './spread.js'
import type { SyntaxIndex } from './syntax-index.js'

/** The statement that goes through the environment looks for names of the package's own only. */
export const isOwnNames = (spread: Spread, call: CallNode): boolean => {
  const { parent } = spread.index.user(call)
  if (parent?.type === 'ForOfStatement') return ownNames(spread, parent.body)
  if (parent?.type !== 'MemberExpression') return false
  const outer = spread.index.user(parent).parent
  return isCall(outer) && outer.arguments[0] !== undefined && ownNames(spread, outer.arguments[0] as SyntaxNode)
}

/** What goes through names picks those of the package's own, and no secrets. */
export function ownNames({ index, text }: Spread, node: SyntaxNode): boolean {
  const written = text.slice(startOf(node), Math.min(endOf(node), startOf(node) + 2_000))
  const source = written + patternsIn(index, node, written)
  const filter = filterOf(source)
  return filter === undefined ? isOneName.test(source) : !filter.endsWith('names of secrets')
}

/** Of `isPath.test(name)` what `isPath` is. */
function patternsIn(index: SyntaxIndex, node: SyntaxNode, written: string): string {
  const scope = index.scopeOf(node)
  const asked = [...written.matchAll(/([\w$]{1,60})\.(?:test|exec)\(/g)].slice(0, 5)
  const patterns = asked.map(([, name = '']) => {
    const binding = scope.find(name)
    const value = binding === undefined ? undefined : index.fold.binding(binding)
    return value?.kind === 'regex' ? ` /${value.pattern}/` : ''
  })
  return patterns.join('')
}

/** The one variable of a name, however it is written. */
const isOneName = /\.to(?:Upper|Lower)Case\(\)\s?===?|[^!=]===?\s?["'`](?:[A-Z][A-Z\d_]{1,60}|[Pp]ath)["'`]/
