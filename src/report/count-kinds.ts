import type { DependencyChangeKind } from '../lockfile/dependency-change.js'

const kinds = [
  'added',
  'removed',
  'upgraded',
  'downgraded',
  'replaced',
  'resourced',
] as const satisfies readonly DependencyChangeKind[]

/** What a change does to the components, in numbers: `3 added, 1 removed, 12 upgraded`. */
export const countByKind = (changes: readonly { readonly kind: DependencyChangeKind }[]): string =>
  kinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count.toLocaleString('en-US')} ${kind}`)
    .join(', ')
