import { isEnvironment } from '../../code/capabilities/environment.js'
import type { Fold } from '../../code/fold/fold.js'
import type { Scope } from '../../code/fold/scope.js'
import { unwrap, writtenName } from '../../code/fold/unwrap.js'
import type { SourceText } from '../../code/read/source-text.js'
import { type ESTree, endOf, type SyntaxNode, startOf } from '../../code/read/syntax-node.js'
import type { StartWord } from './server-start.js'

export interface GivenEnvironment {
  readonly variables: readonly StartWord[]
  readonly whole?: StartWord
}

/** Names within names that are followed: `const env = { …base }` of a `base` that is a copy. */
const maxSteps = 6

/** What an `env` option hands on: variables by name, or all of the process' own. */
export function environmentGiven(node: SyntaxNode, scope: Scope, fold: Fold, source: SourceText): GivenEnvironment {
  const variables: StartWord[] = []
  const wordAt = (at: SyntaxNode, text: string): StartWord => ({ text, line: source.placeAt(startOf(at)).line })

  const wholeIn = (given: SyntaxNode, within: Scope, steps: number): boolean => {
    const inner = unwrap(given)
    const value = fold.value(inner, within)
    if (value?.kind === 'reference' && isEnvironment(value.key)) return true
    if (steps >= maxSteps) return false
    if (value?.kind === 'object' && value.source?.node.type === 'ObjectExpression') {
      return objectHandsOn(value.source.node, value.source.scope, steps)
    }
    switch (inner.type) {
      case 'ConditionalExpression':
        return wholeIn(inner.consequent, within, steps + 1) || wholeIn(inner.alternate, within, steps + 1)
      case 'LogicalExpression':
        return wholeIn(inner.left, within, steps + 1) || wholeIn(inner.right, within, steps + 1)
      case 'CallExpression':
        return callHandsOn(inner, within, steps)
      case 'Identifier':
        return (within.find(inner.name)?.definitions ?? []).some(
          (one) => one.kind === 'value' && one.path.length === 0 && wholeIn(one.node, one.scope, steps + 1),
        )
      default:
        return false
    }
  }

  const objectHandsOn = (object: ESTree.ObjectExpression, within: Scope, steps: number): boolean => {
    let whole = false
    for (const property of object.properties as readonly SyntaxNode[]) {
      if (property.type === 'SpreadElement') whole = wholeIn(property.argument, within, steps + 1) || whole
      else if (property.type === 'Property') {
        const name = writtenName(property.key as SyntaxNode, property.computed)
        if (name !== undefined) variables.push(wordAt(property, name))
      }
    }
    return whole
  }

  /** `Object.assign({}, process.env)`, and the copies without undefined values that types ask for. */
  const callHandsOn = (call: ESTree.CallExpression, within: Scope, steps: number): boolean => {
    const callee = fold.value(call.callee as SyntaxNode, within)
    const key = callee?.kind === 'reference' ? callee.key : undefined
    const given = call.arguments.filter((argument) => argument.type !== 'SpreadElement')
    if (key === ':Object.assign' || key === ':structuredClone') {
      return given.some((argument) => wholeIn(argument, within, steps + 1))
    }
    if (key !== ':Object.fromEntries') return false
    const text = source.text.slice(startOf(call), Math.min(endOf(call), startOf(call) + maxCopyCharacters))
    return /Object\.entries\(\s{0,8}(?:globalThis\.)?process\.env\s{0,8}\)/.test(text) && !choosesNames.test(text)
  }

  const whole = wholeIn(node, scope, 0)
  return { variables, ...(whole && { whole: wordAt(node, source.excerptAt(startOf(node))) }) }
}

/** Of an expression that copies the environment; what people write has a line or two. */
const maxCopyCharacters = 1_000

const choosesNames = /startsWith|includes|\.has\(|\.test\(|\.match\(|===\s{0,4}["'`][A-Z]/
