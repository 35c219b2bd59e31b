import { describe, expect, it } from '@jest/globals'
import type { FactName } from '../../../src/facts/facts.js'
import { collectLookalike } from '../../../src/facts/identity/lookalike.js'
import { known, type Outcome } from '../../../src/gap.js'
import { type Names, openNames } from '../../../src/names/names.js'
import type { Registry } from '../../../src/registry/registry.js'
import type { Packument } from '../../../src/registry/registry-facts.js'
import type { Release } from '../../../src/registry/release-history.js'
import { aDependencyChange, type DependencyChangeOverrides } from '../../builders/dependency-change.js'
import { aRegistry, offline } from '../../builders/fake-registry.js'
import { aDatedPackument, aPackument, aRelease } from '../../builders/packument.js'

const needed: ReadonlySet<FactName> = new Set<FactName>(['lookalike'])
const names = openNames(['lodash', '@acme/tools', 'crypto-js'])
const swapped = { target: 'lodash', rank: 0, likeness: 'letters-swapped', closeness: 'close' } as const

const published = (name: string, release: Partial<Release>): Packument => {
  const version = name === 'lodash' ? '4.17.21' : '1.0.1'
  return aDatedPackument(
    { [version]: '2026-11-01T00:00:00.000Z' },
    { name, releases: new Map([[version, aRelease(version, release)]]) },
  )
}

interface Asked {
  readonly change?: DependencyChangeOverrides
  readonly packuments?: Readonly<Record<string, Outcome<Packument>>>
  readonly registry?: Partial<Registry>
  readonly wanted?: ReadonlySet<FactName>
  readonly inBase?: (name: string) => boolean
}

async function ask({ change, packuments = {}, registry, wanted = needed, inBase }: Asked) {
  const asked: string[] = []
  let opened = 0
  const open = async (): Promise<Names> => {
    opened += 1
    return names
  }
  const ordinary = aRegistry()
  const sources = {
    names: open,
    ...(inBase && { inBase }),
    registry: {
      ...ordinary,
      packument: async (name: string) => {
        asked.push(name)
        return packuments[name] ?? offline('packument-unavailable', name)
      },
      ...registry,
    },
  }
  const { lookalike, gaps } = await collectLookalike(
    aDependencyChange({ name: 'lodahs', before: null, ...change }),
    wanted,
    sources,
  )
  return { lookalike, gaps, asked, opened }
}

const both = (own: Partial<Release>, theirs: Partial<Release>) => ({
  packuments: { lodahs: known(published('lodahs', own)), lodash: known(published('lodash', theirs)) },
})

const released = new Date('2026-11-01T00:00:00.000Z')
const resembled = (publisher: string) =>
  known({ resembled: [{ ...swapped, publisher }], versions: 1, since: released, seen: released })

const publishersUnknown = {
  code: 'publisher-unavailable',
  package: 'lodahs@1.0.1',
  fact: 'lookalike',
  detail: 'whether the publisher of the package that its name resembles published it too is not known',
}

describe('collectLookalike', () => {
  it('asks the registry about both packages where a name resembles a well-known one', async () => {
    const answers = both(
      { publisher: { name: 'mallory' }, maintainers: ['mallory'] },
      { maintainers: ['alice', 'bob'] },
    )

    expect(await ask(answers)).toEqual({
      lookalike: resembled('other'),
      gaps: [],
      asked: ['lodahs', 'lodash'],
      opened: 1,
    })
  })

  it('asks nothing about a name that resembles none', async () => {
    const { lookalike, gaps, asked } = await ask({ change: { name: 'left-pad' } })

    expect({ lookalike, gaps, asked }).toEqual({ lookalike: known({ resembled: [] }), gaps: [], asked: [] })
  })

  it.each<[string, DependencyChangeOverrides]>([
    ['an upgrade', { before: {} }],
    ['a removed package', { before: {}, after: null }],
    ['a bundled one', { bundled: true }],
    ['one from git', { after: { source: 'git' } }],
    ['a workspace', { after: { source: 'workspace' } }],
  ])('does not even open the names for %s', async (_, change) => {
    expect(await ask({ change })).toEqual({ lookalike: 'not-applicable', gaps: [], asked: [], opened: 0 })
  })

  it('does not open the names for one that another lockfile of base has', async () => {
    const silent = { lookalike: 'not-applicable', gaps: [], asked: [], opened: 0 }

    expect(await ask({ inBase: (name) => name === 'lodahs' })).toEqual(silent)
    expect((await ask({ inBase: (name) => name === 'lodash' })).opened).toBe(1)
  })

  it('does not open the names where no rule needs them, or where the scope has a registry of its own', async () => {
    const silent = { lookalike: 'not-applicable', gaps: [], asked: [], opened: 0 }
    const expectations = { defaultHosts: [], scopeHosts: { '@acmee': 'npm.acme.example' }, allowedHosts: [] }

    expect(await ask({ wanted: new Set<FactName>(['package']) })).toEqual(silent)
    expect(await ask({ change: { name: '@acmee/tools' }, registry: { expectations } })).toEqual(silent)
    expect((await ask({ change: { name: '@acmee/tools' } })).opened).toBe(1)
  })

  it.each<[string, Partial<Release>, Partial<Release>]>([
    [
      'the publisher maintains the other',
      { publisher: { name: 'alice' }, maintainers: ['eve'] },
      { maintainers: ['alice'] },
    ],
    [
      'all who maintain it maintain the other, where a build service published',
      { publisher: { name: 'ci' }, trustedPublisher: 'github', maintainers: ['alice'] },
      { maintainers: ['alice', 'bob'] },
    ],
  ])('knows the same publisher where %s', async (_, own, theirs) => {
    expect((await ask(both(own, theirs))).lookalike).toEqual(resembled('same'))
  })

  it.each<[string, Partial<Release>, Partial<Release>]>([
    [
      'the other’s maintainer was only added to his own',
      { publisher: { name: 'mallory' }, maintainers: ['alice', 'mallory'] },
      { maintainers: ['alice'] },
    ],
    [
      'a build service published both',
      { publisher: { name: 'ci' }, trustedPublisher: 'github', maintainers: ['mallory'] },
      { publisher: { name: 'ci' }, trustedPublisher: 'github', maintainers: ['ci', 'alice'] },
    ],
  ])('knows another publisher where %s', async (_, own, theirs) => {
    expect((await ask(both(own, theirs))).lookalike).toEqual(resembled('other'))
  })

  it('looks at the maintainers of the release that the other’s latest tag names', async () => {
    const lodash = aPackument(['4.0.0', '5.0.0-rc'], {
      name: 'lodash',
      distTags: { latest: '4.0.0' },
      releases: new Map([
        ['4.0.0', aRelease('4.0.0', { maintainers: ['alice'] })],
        ['5.0.0-rc', aRelease('5.0.0-rc', { maintainers: ['bob'] })],
      ]),
    })
    const own = published('lodahs', { publisher: { name: 'bob' }, maintainers: ['bob'] })

    const { lookalike } = await ask({ packuments: { lodahs: known(own), lodash: known(lodash) } })

    expect(lookalike).toEqual(resembled('other'))
  })

  it('names the gap where the registry does not say who publishes', async () => {
    const silent = new Map([['1.0.1', { version: '1.0.1', maintainers: [], attestations: [], signatures: [] }]])
    const own = aPackument(['1.0.1'], { name: 'lodahs', releases: silent })
    const lodash = known(published('lodash', {}))

    const { lookalike, gaps } = await ask({ packuments: { lodahs: known(own), lodash } })

    expect(lookalike).toEqual(known({ resembled: [{ ...swapped, publisher: 'unknown' }], versions: 1 }))
    expect(gaps).toEqual([publishersUnknown])
  })

  it('names the gap where the other package cannot be asked about', async () => {
    const { lookalike, gaps } = await ask({ packuments: { lodahs: known(published('lodahs', {})) } })

    expect(lookalike).toEqual(resembled('unknown'))
    expect(gaps).toEqual([publishersUnknown])
  })

  it('names the gap where a loose likeness hangs on an age that the registry does not tell', async () => {
    const own = known(aPackument(['1.0.1'], { name: 'plain-crypto-js' }))
    const target = known(aPackument(['4.2.0'], { name: 'crypto-js' }))

    const { gaps } = await ask({
      change: { name: 'plain-crypto-js' },
      packuments: { 'plain-crypto-js': own, 'crypto-js': target },
    })

    expect(gaps.map(({ code, fact }) => [code, fact])).toEqual([['time-unavailable', 'lookalike']])
  })

  it('takes the dates of a mirror for nothing but the least age', async () => {
    const time = { '1.0.0': '2026-03-01T00:00:00.000Z', '1.0.1': '2025-02-01T00:00:00.000Z' }
    const own = aPackument(['1.0.0', '1.0.1'], { name: 'lodahs', time })

    const { lookalike, gaps } = await ask({
      packuments: { lodahs: known(own), lodash: known(published('lodash', { maintainers: ['alice'] })) },
    })

    const least = { versions: 2, seen: new Date('2025-02-01T00:00:00.000Z') }
    expect(lookalike).toEqual(known({ resembled: [{ ...swapped, publisher: 'other' }], ...least }))
    expect(gaps).toEqual([])
  })

  it('lets the name speak for itself where the registry cannot be asked, and leaves that gap to others', async () => {
    const { lookalike, gaps } = await ask({})

    expect(lookalike).toEqual(known({ resembled: [{ ...swapped, publisher: 'unknown' }] }))
    expect(gaps).toEqual([])
  })
})
