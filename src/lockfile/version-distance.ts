import { compareBuild, parse } from 'semver'

/** How far two versions are apart, most significant part first, for comparing distances. */
export type Distance = readonly [number, number, number, number]

const incomparable: Distance = [Number.MAX_SAFE_INTEGER, 0, 0, 0]

export function versionDistance(a: string, b: string): Distance {
  const from = parse(a, { loose: true })
  const to = parse(b, { loose: true })
  if (from === null || to === null) return a === b ? [0, 0, 0, 0] : incomparable
  return [
    Math.abs(from.major - to.major),
    Math.abs(from.minor - to.minor),
    Math.abs(from.patch - to.patch),
    from.compareBuild(to) === 0 ? 0 : 1,
  ]
}

export function compareDistances(a: Distance, b: Distance): number {
  for (let at = 0; at < a.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Semver order, build metadata included; what is no version comes first, by its text. */
export function compareVersions(a: string, b: string): number {
  const left = parse(a, { loose: true })
  const right = parse(b, { loose: true })
  if (left !== null && right !== null) return compareBuild(left, right) || compareTexts(a, b)
  if (left === null && right === null) return compareTexts(a, b)
  return left === null ? -1 : 1
}

/** By code units: the same on every machine, whatever its locale. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
