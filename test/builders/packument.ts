import type { Packument } from '../../src/registry/registry-facts.js'

/** A package of these versions, without dates unless `time` gives some. */
export const aPackument = (versions: readonly string[], overrides: Partial<Packument> = {}): Packument => ({
  name: 'left-pad',
  versions,
  time: {},
  distTags: {},
  securityHolding: false,
  unpublished: false,
  ...overrides,
})

/** As the registry of origin dates it: with `created`, and the versions in the order given, at these times. */
export const aDatedPackument = (times: Readonly<Record<string, string>>): Packument =>
  aPackument(Object.keys(times), { time: { created: Object.values(times)[0] ?? '', ...times } })
