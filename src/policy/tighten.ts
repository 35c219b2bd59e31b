/**
 * How one key of a repository's policy meets the organisation's. Each function gets two stated values and returns the one
 * that holds: never looser than the floor.
 */
export type Tighten<T> = (own: T, floor: T) => T

/** `order` goes from loose to strict. */
export const strictest =
  <T>(order: readonly T[]): Tighten<T> =>
  (own, floor) =>
    order.indexOf(own) > order.indexOf(floor) ? own : floor

export const larger: Tighten<number> = (own, floor) => Math.max(own, floor)

export const either: Tighten<boolean> = (own, floor) => own || floor

export const both: Tighten<boolean> = (own, floor) => own && floor

/** For a list that forbids: it may only grow. */
export const union: Tighten<readonly string[]> = (own, floor) => [...new Set([...floor, ...own])]

/** For a list that permits: it may only shrink. */
export const intersection: Tighten<readonly string[]> = (own, floor) => own.filter((item) => floor.includes(item))

/** For an address, where neither value is stricter. */
export const floorOnly = <T>(_own: T, floor: T): T => floor
