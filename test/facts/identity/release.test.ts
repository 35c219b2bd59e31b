import { describe, expect, it } from '@jest/globals'
import { releaseOf } from '../../../src/facts/identity/release.js'
import { known, unknown } from '../../../src/gap.js'
import type { Release } from '../../../src/registry/release-history.js'
import { aPackumentOf, aRelease } from '../../builders/packument.js'

const reference = { name: 'left-pad', version: '1.0.1' }

const gap = unknown({
  code: 'publisher-unavailable',
  package: 'left-pad@1.0.1',
  fact: 'release',
  detail: 'the registry does not say who published it',
})

describe('the release of a version', () => {
  it('is its own record, not that of another version', () => {
    const release = aRelease('1.0.1', { publisher: { name: 'someone', email: 'someone@mail.example' } })

    expect(releaseOf(aPackumentOf([aRelease('1.0.0'), release]), reference)).toEqual(known(release))
  })

  it('is known where a build service published it', () => {
    const release: Release = {
      version: '1.0.1',
      trustedPublisher: 'github',
      maintainers: [],
      attestations: [],
      signatures: [],
    }

    expect(releaseOf(aPackumentOf([release]), reference)).toEqual(known(release))
  })

  it('is a gap where the registry does not say who published it, whatever it says of others', () => {
    const silent: Release = { version: '1.0.1', maintainers: ['maintainer'], attestations: [], signatures: [] }

    expect(releaseOf(aPackumentOf([aRelease('1.0.0'), silent]), reference)).toEqual(gap)
  })

  it('is a gap where the registry has no record of the version', () => {
    expect(releaseOf(aPackumentOf([aRelease('1.0.0')]), reference)).toEqual(gap)
  })
})
