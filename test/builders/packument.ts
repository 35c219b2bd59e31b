import type { Packument } from '../../src/registry/registry-facts.js'
import type { Release } from '../../src/registry/release-history.js'

/** As the registry of origin records it: published by the package's one maintainer, with nothing attested. */
export const aRelease = (version: string, overrides: Partial<Release> = {}): Release => ({
  version,
  publisher: { name: 'maintainer' },
  maintainers: ['maintainer'],
  attestations: [],
  signatures: [],
  ...overrides,
})

/** A package of these versions, without dates unless `time` gives some, each published by the same maintainer. */
export const aPackument = (versions: readonly string[], overrides: Partial<Packument> = {}): Packument => ({
  name: 'left-pad',
  versions,
  time: {},
  distTags: {},
  releases: new Map(versions.map((version) => [version, aRelease(version)])),
  securityHolding: false,
  unpublished: false,
  ...overrides,
})

/** As the registry of origin dates it: with `created`, and the versions in the order given, at these times. */
export const aDatedPackument = (
  times: Readonly<Record<string, string>>,
  overrides: Partial<Packument> = {},
): Packument =>
  aPackument(Object.keys(times), { time: { created: Object.values(times)[0] ?? '', ...times }, ...overrides })

/** A package of these releases, dated one a day from the first day of 2025 where `overrides` gives no times. */
export const aPackumentOf = (releases: readonly Release[], overrides: Partial<Packument> = {}): Packument =>
  aDatedPackument(
    Object.fromEntries(
      releases.map(({ version }, index) => [version, new Date(Date.UTC(2025, 0, 1 + index, 12)).toISOString()]),
    ),
    { releases: new Map(releases.map((release) => [release.version, release])), ...overrides },
  )
