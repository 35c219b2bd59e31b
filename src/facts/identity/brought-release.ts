import { prerelease, valid } from 'semver'
import { maxEarlierReleases, maxNearReleases } from '../../limits.js'
import type { Release } from '../../registry/release-history.js'
import type { PublishTimes } from '../publish-times.js'

export interface DatedVersion {
  readonly version: string
  readonly published: Date
}

/**
 * A package that the change brings, as far as its releases are held against those of the others. Small, because one of each change is kept until
 * all have been read.
 */
export interface BroughtRelease extends DatedVersion {
  readonly name: string
  /** The account; absent where a build service published, which does so for everybody, and where the registry does not say. */
  readonly publisher?: string
  /** Other full releases of the package within an hour of this one, oldest first. */
  readonly near: readonly DatedVersion[]
  /** Its full releases before that hour, the last one first. */
  readonly earlier: readonly DatedVersion[]
}

export const nearMs = 3_600_000

/** Undefined where the version itself has no date. Canaries and nightly builds come by the dozen and say nothing about a release. */
export function broughtRelease(
  name: string,
  version: string,
  times: PublishTimes,
  release: Release | undefined,
): BroughtRelease | undefined {
  const published = times.get(version)
  if (published === undefined) return undefined
  const full = [...times]
    .filter(([other]) => other !== version && valid(other) !== null && prerelease(other) === null)
    .map(([other, date]): DatedVersion => ({ version: other, published: date }))
    .sort((a, b) => a.published.getTime() - b.published.getTime())
  const isNear = (other: DatedVersion): boolean => Math.abs(other.published.getTime() - published.getTime()) <= nearMs
  const publisher = release?.trustedPublisher === undefined ? release?.publisher?.name : undefined
  return {
    name,
    version,
    published,
    ...(publisher !== undefined && { publisher }),
    near: full.filter(isNear).slice(0, maxNearReleases),
    earlier: full
      .filter((other) => other.published < published && !isNear(other))
      .reverse()
      .slice(0, maxEarlierReleases),
  }
}
