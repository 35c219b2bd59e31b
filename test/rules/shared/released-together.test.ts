import { describe, expect, it } from '@jest/globals'
import type { BroughtRelease } from '../../../src/facts/identity/brought-release.js'
import { maxEarlierReleases, maxHeldTogether } from '../../../src/limits.js'
import { habitOf, siblingsOf } from '../../../src/rules/shared/released-together.js'

const published = new Date('2026-03-31T12:00:00Z')
const minuteMs = 60_000
/** A package released now, and before that at so many minutes ago. */
const aRelease = (
  name: string,
  minutesAgo: readonly number[],
  overrides: Partial<BroughtRelease> = {},
): BroughtRelease => ({
  name,
  version: '1.0.0',
  published,
  near: [],
  earlier: minutesAgo.map((minutes) => ({
    version: `0.0.${minutes}`,
    published: new Date(published.getTime() - minutes * minuteMs),
  })),
  ...overrides,
})

describe('habitOf', () => {
  it('counts a release as accompanied where another package had one within ten minutes, on either side', () => {
    expect(habitOf([aRelease('a', [1000]), aRelease('b', [1010])])).toBe('always')
    expect(habitOf([aRelease('a', [1000]), aRelease('b', [1011])])).toBe('never')
  })

  it('does not count a package as its own company, however many of its releases lie between', () => {
    expect(habitOf([aRelease('a', [1000, 1001, 1002]), aRelease('b', [5000])])).toBe('never')
    expect(habitOf([aRelease('a', [1000, 1001, 1002]), aRelease('b', [1003])])).toBe('always')
  })

  it('goes by most of those that have a past', () => {
    const alone = [aRelease('c', [10_000]), aRelease('d', [20_000]), aRelease('e', [30_000])]
    const pair = [aRelease('a', [1000]), aRelease('b', [1000])]
    expect(habitOf([...pair, ...alone.slice(0, 2), aRelease('f', [])])).toBe('always')
    expect(habitOf([...pair, ...alone])).toBe('never')
    expect(habitOf([aRelease('a', [1000, 2000, 3000]), aRelease('b', [1000, 5000, 7000])])).toBe('sometimes')
  })

  it('says nothing of packages without a past', () => {
    expect([habitOf([]), habitOf([aRelease('a', [1000]), aRelease('b', [])])]).toEqual(['unknown', 'unknown'])
  })

  it('looks at as many as tell enough', () => {
    const past = Array.from({ length: maxEarlierReleases }, (_, n) => 1000 + n * 100)
    const together = Array.from({ length: maxHeldTogether }, (_, n) => aRelease(`a${n}`, past))
    const apart = Array.from({ length: 5000 }, (_, n) => aRelease(`b${n}`, [100_000 + n * 60]))
    expect([habitOf([...together, ...apart]), habitOf([...apart, ...together])]).toEqual(['always', 'never'])
  })
})

describe('siblingsOf', () => {
  it('finds each other package once, by name, and the scope before the account', () => {
    const own = aRelease('@acme/a', [], { publisher: 'ann' })
    const others = ['@acme/c', '@acme/b', '@acme/c', '@other/d', 'e'].map((name, n) =>
      aRelease(name, [], { publisher: 'ann', version: `1.0.${n}` }),
    )
    const found = siblingsOf({ own, others })
    expect([found?.by, found?.siblings.map(({ name }) => name)]).toEqual(['scope', ['@acme/b', '@acme/c']])
  })
})
