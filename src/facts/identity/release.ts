import { known, type Outcome, unknown } from '../../gap.js'
import type { PackageReference } from '../../registry/registry.js'
import type { Packument } from '../../registry/registry-facts.js'
import type { Release } from '../../registry/release-history.js'

/** The record of one version. Unknown where nothing of it says who or what published: mirrors leave that out. */
export function releaseOf({ releases }: Packument, { name, version }: PackageReference): Outcome<Release> {
  const release = releases.get(version)
  if (release && (release.publisher || release.trustedPublisher !== undefined)) return known(release)
  return unknown({
    code: 'publisher-unavailable',
    package: `${name}@${version}`,
    fact: 'release',
    detail: 'the registry does not say who published it',
  })
}
