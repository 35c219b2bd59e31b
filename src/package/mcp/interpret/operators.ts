import { maxFoldedCharacters } from '../../../limits.js'
import { constant, isNothing, isTruthy, known, type Site, toText, unknown, type Value } from './value.js'

/** An operator applied to what is known of both sides. */
export function binary(operator: string, left: Value, right: Value, site: Site): Value {
  if (operator === '+') return sum(left, right, site)
  if (operator === '===' || operator === '==' || operator === '!==' || operator === '!=') {
    const equal = equals(left, right, operator.length === 2)
    return equal === undefined ? unknown : constant(equal === operator.startsWith('='))
  }
  if (operator === 'in' && right.kind === 'object' && left.kind === 'constant' && left.whole) {
    if (right.properties.has(String(left.value))) return constant(true)
    return right.open || right.from !== undefined ? unknown : constant(false)
  }
  if (operator === 'instanceof') return unknown
  if (left.kind !== 'constant' || right.kind !== 'constant' || !left.whole || !right.whole) return unknown
  return arithmetic(operator, left.value, right.value)
}

function sum(left: Value, right: Value, site: Site): Value {
  const [one] = known(left)
  const [other] = known(right)
  if (
    one?.kind === 'constant' &&
    other?.kind === 'constant' &&
    typeof one.value === 'number' &&
    typeof other.value === 'number'
  ) {
    return constant(one.value + other.value)
  }
  const isText = [one, other].some((value) => value?.kind === 'constant' && typeof value.value === 'string')
  if (!isText) return unknown
  const [before, after] = [toText(left), toText(right)]
  const text = `${before.value}${after.value}`
  return text.length > maxFoldedCharacters ? unknown : constant(text, before.at ?? site, before.whole && after.whole)
}

function equals(left: Value, right: Value, loosely: boolean): boolean | undefined {
  if (left.kind === 'constant' && right.kind === 'constant' && left.whole && right.whole) {
    if (loosely && isNothing(left)) return isNothing(right)
    return left.value === right.value
  }
  const isThing = ({ kind }: Value): boolean =>
    kind !== 'constant' && kind !== 'unknown' && kind !== 'reference' && kind !== 'either'
  if (isThing(left) && isThing(right)) return left === right
  if ((isThing(left) && right.kind === 'constant') || (isThing(right) && left.kind === 'constant')) return false
  return undefined
}

function arithmetic(operator: string, left: unknown, right: unknown): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    if (operator === '<') return constant(left < right)
    if (operator === '>') return constant(left > right)
    return unknown
  }
  if (typeof left !== 'number' || typeof right !== 'number') return unknown
  switch (operator) {
    case '-':
      return constant(left - right)
    case '*':
      return constant(left * right)
    case '/':
      return constant(left / right)
    case '%':
      return constant(left % right)
    case '**':
      return constant(left ** right)
    case '<':
      return constant(left < right)
    case '>':
      return constant(left > right)
    case '<=':
      return constant(left <= right)
    case '>=':
      return constant(left >= right)
    case '|':
      return constant(left | right)
    case '&':
      return constant(left & right)
    case '^':
      return constant(left ^ right)
    case '<<':
      return constant(left << right)
    case '>>':
      return constant(left >> right)
    case '>>>':
      return constant(left >>> right)
    default:
      return unknown
  }
}

const types: Readonly<Record<string, string>> = {
  list: 'object',
  object: 'object',
  function: 'function',
  native: 'function',
  class: 'function',
  collection: 'object',
  schema: 'object',
  namespace: 'object',
  regex: 'object',
}

export function unary(operator: string, value: Value): Value {
  switch (operator) {
    case '!': {
      const truth = isTruthy(value)
      return truth === undefined ? unknown : constant(!truth)
    }
    case 'void':
      return constant(undefined)
    case 'typeof':
      if (value.kind === 'constant') return constant(value.value === null ? 'object' : typeof value.value)
      return types[value.kind] === undefined ? unknown : constant(types[value.kind])
    case '-':
      return value.kind === 'constant' && typeof value.value === 'number' ? constant(-value.value) : unknown
    case '+':
      return value.kind === 'constant' && value.whole && typeof value.value !== 'object'
        ? constant(Number(value.value))
        : unknown
    default:
      return unknown
  }
}
