import { describe, expect, it } from '@jest/globals'
import { readRetryTime } from '../../src/github/rate-limit.js'

const now = Date.parse('2026-11-20T12:00:00Z')
const seconds = (count: number): number => now + count * 1000
const inSeconds = (count: number): string => String(now / 1000 + count)

describe('readRetryTime', () => {
  it.each([
    ['what retry-after says, in seconds', 403, '', { 'retry-after': '30' }, seconds(30)],
    [
      'retry-after before anything else',
      429,
      '',
      { 'retry-after': '5', 'x-ratelimit-reset': inSeconds(99) },
      seconds(5),
    ],
    [
      'the reset of a limit of which nothing remains',
      403,
      'API rate limit exceeded',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(600) },
      seconds(600),
    ],
    [
      'a minute when a secondary limit does not say how long, whatever remains of the primary one',
      403,
      'You have exceeded a secondary rate limit.',
      { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': inSeconds(600) },
      seconds(60),
    ],
    ['a minute for any 429', 429, 'slow down', {}, seconds(60)],
    ['not in the past', 429, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(-600) }, seconds(1)],
    ['not in days, whoever says so', 429, '', { 'retry-after': '999999' }, seconds(65 * 60)],
    [
      'a minute when retry-after is no number',
      429,
      '',
      { 'retry-after': 'Fri, 20 Nov 2026 13:00:00 GMT' },
      seconds(60),
    ],
  ])('waits for %s', (_, status, message, headers, at) => {
    expect(readRetryTime({ status, message, headers }, now)).toBe(at)
  })

  it.each([
    ['a permission that is missing', 403, 'Resource not accessible by integration'],
    ['a path that is missing', 404, 'rate limit'],
    ['a server that fails', 502, 'secondary rate limit'],
  ])('is not about %s', (_, status, message) => {
    expect(readRetryTime({ status, message, headers: { 'x-ratelimit-remaining': '10' } }, now)).toBeUndefined()
  })
})
