import { describe, expect, it } from '@jest/globals'
import { compareIntegrity, sha512Of } from '../../src/facts/compare-integrity.js'
import { integrityOf } from '../builders/lockfile.js'
import { aManifest } from '../builders/manifest.js'

const sha512 = integrityOf('these bytes')
const otherSha512 = integrityOf('other bytes')
const sha1 = integrityOf('these bytes', 'sha1')
const shasum = Buffer.from(sha1.slice('sha1-'.length), 'base64').toString('hex')

describe('compareIntegrity', () => {
  it('finds the same sha512 on both sides', () => {
    expect(compareIntegrity(sha512, aManifest({ integrity: sha512 }))).toEqual({
      locked: sha512,
      stated: sha512,
      agreement: 'same',
    })
  })

  it('says differs for two hashes of one algorithm', () => {
    expect(compareIntegrity(otherSha512, aManifest({ integrity: sha512 })).agreement).toBe('differs')
  })

  it('takes the shasum as the registry’s sha1, beside a sha512', () => {
    expect(compareIntegrity(sha1, aManifest({ integrity: sha512, shasum })).agreement).toBe('same')
    expect(compareIntegrity(integrityOf('x', 'sha1'), aManifest({ integrity: sha512, shasum })).agreement).toBe(
      'differs',
    )
  })

  it('compares every shared algorithm, so that a right sha1 does not excuse a wrong sha512', () => {
    expect(compareIntegrity(`${sha1} ${otherSha512}`, aManifest({ integrity: sha512, shasum })).agreement).toBe(
      'differs',
    )
  })

  it('does not call algorithms that only one side has a contradiction', () => {
    expect(compareIntegrity(sha1, { ...aManifest(), integrity: sha512 }).agreement).toBe('no-shared-algorithm')
  })

  it('says when nothing is locked', () => {
    expect(compareIntegrity(undefined, aManifest({ integrity: sha512 })).agreement).toBe('nothing-locked')
  })
})

describe('sha512Of', () => {
  it('picks the sha512 out of several hashes and finds none in a weak one', () => {
    expect([sha512Of(`${sha1} ${sha512}`), sha512Of(sha1), sha512Of(undefined)]).toEqual([sha512, undefined, undefined])
  })
})
