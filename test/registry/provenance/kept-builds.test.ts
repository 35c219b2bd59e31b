import { describe, expect, it } from '@jest/globals'
import { KeptBuilds } from '../../../src/registry/provenance/kept-builds.js'
import { openMemoryResponses } from '../../../src/store/memory-responses.js'
import { aBuild } from '../../builders/build.js'

const reference = { name: 'left-pad', version: '1.0.1' }

function someBuilds(credentials = 'nobody', kept = openMemoryResponses()) {
  const builds = new KeptBuilds({
    kept,
    routeOf: () => ({ kind: 'registry', url: 'https://registry.example/', mapped: false }),
    credentialKey: async () => credentials,
  })
  return { kept, builds }
}

describe('builds that earlier reviews proved', () => {
  it('are remembered for the same bytes by the same trust root', async () => {
    const { builds } = someBuilds()
    await builds.put(reference, 'root|bytes', aBuild())
    expect(await builds.get(reference, 'root|bytes')).toEqual(aBuild())
  })

  it('are not those of other bytes, of another trust root, version or name', async () => {
    const { builds } = someBuilds()
    await builds.put(reference, 'root|bytes', aBuild())
    const others = [
      builds.get(reference, 'root|others'),
      builds.get(reference, 'other|bytes'),
      builds.get({ ...reference, version: '1.0.2' }, 'root|bytes'),
      builds.get({ ...reference, name: 'right-pad' }, 'root|bytes'),
    ]
    expect(await Promise.all(others)).toEqual(others.map(() => undefined))
  })

  it('are shown to nobody with other credentials', async () => {
    const { kept, builds } = someBuilds('one')
    await builds.put(reference, 'root|bytes', aBuild())
    expect(await someBuilds('other', kept).builds.get(reference, 'root|bytes')).toBe(undefined)
  })

  for (const damage of ['', '{', 'null', '{"service":"github"}', JSON.stringify({ ...aBuild(), other: 1 })]) {
    it(`are forgotten where what is kept is ${damage === '' ? 'empty' : damage.slice(0, 30)}`, async () => {
      const { kept, builds } = someBuilds()
      await builds.put(reference, 'root|bytes', aBuild())
      for (const key of kept.texts.keys()) kept.texts.set(key, damage)
      expect(await builds.get(reference, 'root|bytes')).toBe(undefined)
    })
  }
})
