import { describe, expect, it } from '@jest/globals'
import {
  type MergeGroupRequest,
  type PushRequest,
  readExternalId,
  readReviewAgain,
  writeExternalId,
  writeReviewAgain,
} from '../../src/github/review-request.js'

const repository = { installationId: 1, id: 2, owner: 'acme', name: 'shop' }
const [before, after] = ['a'.repeat(40), 'b'.repeat(40)]

const requests: readonly (PushRequest | MergeGroupRequest)[] = [
  { kind: 'push', repository, branch: 'main', before, after },
  { kind: 'push', repository, branch: 'feature/a.b-c', after },
  { kind: 'merge-group', repository, baseRef: 'release/1', baseSha: before, headSha: after },
]

describe('the external id of a check run', () => {
  it.each(requests)('brings the request back: $kind', (request) => {
    expect(readExternalId(writeExternalId(request), repository, after)).toEqual(request)
  })

  it.each([
    '',
    'pull-request',
    'push',
    'push:main',
    'push::',
    'push:main:abc',
    'merge-group:main:',
    `other:main:${before}`,
  ])('says nothing when it is "%s"', (externalId) => {
    expect(readExternalId(externalId, repository, after)).toBeUndefined()
  })

  it('keeps the time at which a pull request is to be reviewed again, and no other text is one', () => {
    const at = Date.parse('2026-11-21T08:31:00Z')
    expect(readReviewAgain(writeReviewAgain(at))).toBe(at)
    expect(readExternalId(writeReviewAgain(at), repository, after)).toBeUndefined()
    expect(
      ['pull-request', 'pull-request:again:', 'pull-request:again:2026-99-99T99:99:99.000Z'].map(readReviewAgain),
    ).toEqual([undefined, undefined, undefined])
  })
})
