import { concat } from './methods.js'
import { asText, constant, isTruthy, type Primitive, type Value } from './value.js'

/** Arithmetic and comparison of constants as the language has it. */
export function binary(operator: string, left: Value | undefined, right: Value | undefined): Value | undefined {
  if (operator === '+') return add(left, right)
  if (left?.kind !== 'constant' || right?.kind !== 'constant' || !left.whole || !right.whole) return undefined
  return ofPrimitives(operator, left.value, right.value)
}

/** Numbers are added; once there is a text, all is text. */
export function add(left: Value | undefined, right: Value | undefined): Value | undefined {
  if (isNumeric(left) && isNumeric(right)) return constant(Number(left.value) + Number(right.value))
  if (isText(left) || isText(right) || left?.kind === 'list' || right?.kind === 'list') {
    return concat([asText(left), asText(right)])
  }
  return undefined
}

const isText = (value: Value | undefined): boolean =>
  (value?.kind === 'constant' && typeof value.value === 'string') || value?.kind === 'bytes'

const isNumeric = (value: Value | undefined): value is Value & { readonly value: Primitive } =>
  value?.kind === 'constant' && value.whole && typeof value.value !== 'string'

function ofPrimitives(operator: string, left: Primitive, right: Primitive): Value | undefined {
  const [a, b] = [Number(left), Number(right)]
  switch (operator) {
    case '-':
      return constant(a - b)
    case '*':
      return constant(a * b)
    case '/':
      return constant(a / b)
    case '%':
      return constant(a % b)
    case '**':
      return constant(a ** b)
    case '^':
      return constant(a ^ b)
    case '&':
      return constant(a & b)
    case '|':
      return constant(a | b)
    case '<<':
      return constant(a << b)
    case '>>':
      return constant(a >> b)
    case '>>>':
      return constant(a >>> b)
    case '===':
      return constant(left === right)
    case '!==':
      return constant(left !== right)
    default:
      return compare(operator, left, right)
  }
}

function compare(operator: string, left: Primitive, right: Primitive): Value | undefined {
  const areTexts = typeof left === 'string' && typeof right === 'string'
  const [a, b] = areTexts ? [left, right] : [Number(left), Number(right)]
  switch (operator) {
    case '==':
    case '!=': {
      const isNothing = (value: Primitive): boolean => value === null || value === undefined
      const equal = isNothing(left) || isNothing(right) ? isNothing(left) && isNothing(right) : a === b
      return constant(equal === (operator === '=='))
    }
    case '<':
      return constant(a < b)
    case '>':
      return constant(a > b)
    case '<=':
      return constant(a <= b)
    case '>=':
      return constant(a >= b)
    default:
      return undefined
  }
}

export function unary(operator: string, value: Value | undefined): Value | undefined {
  if (operator === 'void') return constant(undefined)
  if (operator === '!') {
    const truth = isTruthy(value)
    return truth === undefined ? undefined : constant(!truth)
  }
  // `+[]` and `-[]`, of which some programs are made.
  if (value?.kind === 'list' && value.items.length === 0) return operator === '~' ? constant(-1) : constant(0)
  if (value?.kind !== 'constant' || !value.whole) return undefined
  switch (operator) {
    case '-':
      return constant(-Number(value.value))
    case '+':
      return constant(Number(value.value))
    case '~':
      return constant(~Number(value.value))
    case 'typeof':
      return constant(value.value === null ? 'object' : typeof value.value)
    default:
      return undefined
  }
}
