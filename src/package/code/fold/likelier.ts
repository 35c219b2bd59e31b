import { platformNames } from './reference.js'
import type { Value } from './value.js'

/** Of two things that a name may stand for, the one that says more: a module's before a global, what exists before what nobody declared. */
export function likelier(one: Value | undefined, other: Value | undefined): Value | undefined {
  return weightOf(other) > weightOf(one) ? other : weightOf(one) > 0 ? one : undefined
}

function weightOf(value: Value | undefined): number {
  if (value?.kind !== 'reference') return 0
  const { key } = value
  if (!key.startsWith(':')) return 4
  // `process.env.X || 'x'`: a variable of the environment is the weakest.
  if (key.startsWith(':process.env.')) return 1
  return platformNames.has(/^:(\w*)/.exec(key)?.[1] ?? '') ? 3 : 2
}
