import { prerelease, valid } from 'semver'
import { maxEarlierReleases, maxNearReleases, maxReleasesTogether } from '../../limits.js'
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
  /** Its full releases of more than a day before, the last one first. */
  readonly earlier: readonly DatedVersion[]
}

export const nearMs = 3_600_000

/** Whoever publishes where he should not does so again within hours: such releases say nothing about how the project does. */
const sameHandMs = 86_400_000

/** Undefined where the version itself has no date. Canaries and nightly builds come by the dozen and say nothing about a release. */
export function broughtRelease(
  name: string,
  version: string,
  times: PublishTimes,
  release: Release | undefined,
): BroughtRelease | undefined {
  const published = times.get(version)
  if (published === undefined) return undefined
  const others = [...times]
    .filter(([other]) => other !== version)
    .map(([other, date]): DatedVersion => ({ version: other, published: date }))
    .sort((a, b) => a.published.getTime() - b.published.getTime())
  const ageOf = (other: DatedVersion): number => published.getTime() - other.published.getTime()
  const publisher = release?.trustedPublisher === undefined ? release?.publisher?.name : undefined
  return {
    name,
    version,
    published,
    ...(publisher !== undefined && { publisher }),
    near: firstFull(
      others.filter((other) => Math.abs(ageOf(other)) <= nearMs),
      maxNearReleases,
    ),
    earlier: firstFull(others.filter((other) => ageOf(other) > sameHandMs).reverse(), maxEarlierReleases),
  }
}

/** Reads no more versions than it has to: of a package with a thousand of them few are wanted. */
function firstFull(releases: readonly DatedVersion[], most: number): readonly DatedVersion[] {
  const full: DatedVersion[] = []
  for (const release of releases) {
    if (full.length >= most) break
    if (valid(release.version) !== null && prerelease(release.version) === null) full.push(release)
  }
  return full
}

/** A release, and those of other packages of the same change that came out within ten minutes of it. */
export interface Together {
  readonly own: BroughtRelease
  /** The nearest ones in time, in no order. */
  readonly others: readonly BroughtRelease[]
}

/** Scripts that publish a whole repository need no longer for its packages, and two people seldom meet in so short a time. */
const togetherMs = 10 * 60_000

export const isTogether = (one: DatedVersion, other: DatedVersion): boolean =>
  Math.abs(one.published.getTime() - other.published.getTime()) <= togetherMs

/** A question about each of `releases`, which are sorted but once: a change may bring thousands. */
export function togetherOf(releases: Iterable<BroughtRelease>): (own: BroughtRelease) => Together {
  const sorted = [...releases].sort((one, other) => one.published.getTime() - other.published.getTime())
  const places = new Map(sorted.map(({ name, version }, at) => [`${name}@${version}`, at]))
  return (own) => {
    const at = places.get(`${own.name}@${own.version}`) ?? -1
    const others: BroughtRelease[] = []
    for (const step of at < 0 ? [] : [-1, 1]) {
      let room = maxReleasesTogether / 2
      for (let next = sorted[at + step], n = at + step; next && isTogether(next, own) && room > 0; ) {
        if (next.name !== own.name) others.push(next)
        room -= 1
        n += step
        next = sorted[n]
      }
    }
    return { own, others }
  }
}
