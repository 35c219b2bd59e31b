import { describe, expect, it } from '@jest/globals'
import { type BroughtRelease, broughtRelease, togetherOf } from '../../../src/facts/identity/brought-release.js'
import { maxEarlierReleases, maxNearReleases, maxReleasesTogether } from '../../../src/limits.js'

const timesOf = (times: Readonly<Record<string, string>>) =>
  new Map(Object.entries(times).map(([version, time]) => [version, new Date(time)]))
const dated = (version: string, time: string) => ({ version, published: new Date(time) })

describe('broughtRelease', () => {
  it('tells what came within an hour and what came more than a day before, full releases only', () => {
    const times = timesOf({
      '1.0.0': '2025-01-01T00:00:00Z',
      '1.0.1': '2025-03-01T00:00:00Z',
      '2.0.0-rc.1': '2025-05-01T11:59:00Z',
      '0.8.9': '2025-05-01T02:00:00Z',
      '0.9.1': '2025-05-01T11:30:00Z',
      '1.0.2': '2025-05-01T12:00:00Z',
      '1.0.3': '2025-05-01T13:00:00Z',
      '1.0.4': '2025-05-01T13:00:01Z',
    })
    expect(broughtRelease('a', '1.0.2', times, undefined)).toEqual({
      name: 'a',
      version: '1.0.2',
      published: new Date('2025-05-01T12:00:00Z'),
      near: [dated('0.9.1', '2025-05-01T11:30:00Z'), dated('1.0.3', '2025-05-01T13:00:00Z')],
      earlier: [dated('1.0.1', '2025-03-01T00:00:00Z'), dated('1.0.0', '2025-01-01T00:00:00Z')],
    })
  })

  it('names the account, but not what a build service publishes for everybody as', () => {
    const times = timesOf({ '1.0.0': '2025-01-01T00:00:00Z' })
    const record = { version: '1.0.0', maintainers: [], attestations: [], signatures: [], publisher: { name: 'ann' } }
    const publisherOf = (release: typeof record & { readonly trustedPublisher?: string }) =>
      broughtRelease('a', '1.0.0', times, release)?.publisher
    expect(publisherOf(record)).toBe('ann')
    expect(publisherOf({ ...record, trustedPublisher: 'github' })).toBeUndefined()
  })

  it('has nothing to say of a version without a date', () => {
    expect(broughtRelease('a', '1.0.1', timesOf({ '1.0.0': '2025-01-01T00:00:00Z' }), undefined)).toBeUndefined()
  })

  it('keeps few of many releases, the last ones before and the first ones near', () => {
    const at = (minutes: number) => new Date(Date.UTC(2025, 5, 1) + minutes * 60_000)
    const before = Array.from({ length: 100 }, (_, n) => [`1.0.${n}`, at(-10_000 + n * 70)] as const)
    const near = Array.from({ length: 50 }, (_, n) => [`1.1.${n}`, at(n)] as const)
    const release = broughtRelease('a', '1.2.0', new Map([...before, ...near, ['1.2.0', at(55)]]), undefined)
    expect([release?.near.length, release?.near[0]?.version]).toEqual([maxNearReleases, '1.1.0'])
    expect([release?.earlier.length, release?.earlier[0]?.version]).toEqual([maxEarlierReleases, '1.0.99'])
  })
})

describe('togetherOf', () => {
  const at = (name: string, minutes: number, version = '1.0.0'): BroughtRelease => ({
    name,
    version,
    published: new Date(Date.UTC(2026, 0, 1) + minutes * 60_000),
    near: [],
    earlier: [],
  })

  it('has of each release the other packages that came within ten minutes before or after', () => {
    const own = at('own', 20)
    const releases = [at('late', 31), at('after', 30), own, at('own', 21, '1.0.1'), at('early', 9), at('before', 10)]
    const { others } = togetherOf(releases)(own)
    expect(others.map(({ name }) => name).sort()).toEqual(['after', 'before'])
  })

  it('has the nearest ones where a registry gives thousands the same minute', () => {
    const releases = Array.from({ length: 20_000 }, (_, n) => at(`p${n}`, n / 10_000))
    const of = togetherOf(releases)
    const counts = new Set(releases.map((own) => of(own).others.length))
    expect([Math.max(...counts), Math.min(...counts)]).toEqual([maxReleasesTogether, maxReleasesTogether / 2])
  })

  it('has nothing beside a release that is none of them', () => {
    const own = at('own', 20)
    expect(togetherOf([at('a', 20)])(own)).toEqual({ own, others: [] })
  })
})
