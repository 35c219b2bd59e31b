import npa from 'npm-package-arg'
import { satisfies, validRange } from 'semver'
import type { RequirementKind } from './dependency-graph.js'

/** One manifest of the repository that asks for a package by itself, at head. */
export interface DirectRequirement {
  readonly manifest: string
  /** The name that it asks for, which is the alias where there is one. */
  readonly name: string
  readonly range: string
  readonly kind: RequirementKind
  /** What base's manifest asked for under this name; absent where it did not. */
  readonly rangeBefore?: string
  readonly fit: RangeFit
}

/**
 * Whether the locked version lies in the range that is asked for, or in one that overrides put in its place. `no-range`:
 * a tag, a git source or an address, which can mean something else tomorrow. `elsewhere`: the range stands in another
 * file (a catalog), or it is the repository's own folder.
 */
export type RangeFit = 'inside' | 'outside' | 'no-range' | 'elsewhere'

const elsewhere = /^(?:workspace|catalog|link|portal|patch|exec|file):/

export function fitOf(version: string, range: string, overrides: readonly string[]): RangeFit {
  if (elsewhere.test(range)) return 'elsewhere'
  const ranges = [range, ...overrides].map(versionRangeOf).filter((one) => one !== null)
  if (ranges.some((one) => satisfies(version, one, { loose: true }))) return 'inside'
  return versionRangeOf(range) === null ? 'no-range' : 'outside'
}

/** The versions that a specifier allows, an alias's included; null where it names no versions. */
export function versionRangeOf(specifier: string): string | null {
  const alias = /^npm:(?:(?:@[^/@]+\/)?[^/@]+@)?(.*)$/s.exec(specifier)
  return validRange((alias?.[1] ?? specifier).trim(), { loose: true })
}

/** A range or a tag, where base's manifest had an exact version or nothing. */
export const isLoosened = ({ name, range, kind, rangeBefore }: Omit<DirectRequirement, 'fit'>): boolean =>
  // Peers say what a package gets along with, not what is to be installed.
  (kind === 'prod' || kind === 'dev' || kind === 'optional') &&
  pinningOf(name, range) === 'loose' &&
  (rangeBefore === undefined || pinningOf(name, rangeBefore) !== 'loose')

/** How closely a specifier says what is to be installed. `other`: it is not a registry that is asked. */
export function pinningOf(name: string, specifier: string): 'exact' | 'loose' | 'other' {
  if (elsewhere.test(specifier)) return 'other'
  const range = versionRangeOf(specifier)
  if (range !== null) return /^\d/.test(range) && !/[\s|]/.test(range) ? 'exact' : 'loose'
  try {
    const { type } = npa.resolve(name, specifier.replace(/^npm:(?:(?:@[^/@]+\/)?[^/@]+@)?/, ''))
    return type === 'tag' ? 'loose' : 'other'
  } catch {
    // What npm cannot read (EINVALIDTAGNAME, EUNSUPPORTEDPROTOCOL) is no range of a registry's versions.
    return 'other'
  }
}
