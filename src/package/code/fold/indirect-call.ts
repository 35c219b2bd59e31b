import type { ReferenceKey } from './reference.js'
import type { Value } from './value.js'

/** What `f.call(this, …)`, `f.apply(this, […])`, `Reflect.apply(f, this, […])` and `Reflect.construct(f, […])` call, and with what. */
export function indirectCall(
  key: ReferenceKey,
  given: readonly (Value | undefined)[],
): { readonly target: ReferenceKey | undefined; readonly values: readonly (Value | undefined)[] } {
  const itemsOf = (value: Value | undefined): readonly (Value | undefined)[] =>
    value?.kind === 'list' ? value.items : []
  if (key === ':Reflect.apply' || key === ':Reflect.construct') {
    const [target] = given
    return {
      target: target?.kind === 'reference' ? target.key : undefined,
      values: itemsOf(given[key === ':Reflect.apply' ? 2 : 1]),
    }
  }
  if (key.endsWith('.apply')) return { target: key.slice(0, -'.apply'.length), values: itemsOf(given[1]) }
  return { target: key.slice(0, -'.call'.length), values: given.slice(1) }
}
