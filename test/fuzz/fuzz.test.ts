import { describe, expect, it, jest } from '@jest/globals'
import { examine } from './examine.js'
import { readGenerally } from './general-reader.js'
import { type Fault, mutationOf, runOne } from './run.js'
import { realSeeds, type Seed, writtenSeeds } from './seeds.js'

// A busy machine: minutes are a hang, seconds are not.
jest.setTimeout(120_000)

const count = 1_000

const faultsOf = (seeds: readonly Seed[]): Omit<Fault, 'text'>[] =>
  Array.from({ length: count }, (_, number) => runOne(seeds, 1, number)).flatMap((fault) => {
    if (fault === null) return []
    const { text: _, ...told } = fault
    return [told]
  })

describe('the reader of every format, given mutated lockfiles', () => {
  it('makes the same mutation of the same numbers, and others of others', () => {
    const seeds = writtenSeeds()
    const texts = [0, 1, 2, 0].map((number) => mutationOf(seeds, 1, number).text)
    expect([texts[0] === texts[3], new Set(texts).size]).toEqual([true, 3])
  })

  it('finds nothing wrong with the lockfiles before they are mutated, of which the general parsers see every entry', () => {
    const seen = writtenSeeds().map(({ name, file, text }) => [
      name,
      examine(file, text),
      readGenerally(file, text)?.length,
    ])
    expect(seen.map(([name, fault]) => [name, fault])).toEqual(writtenSeeds().map(({ name }) => [name, null]))
    expect(seen.every(([, , entries]) => Number(entries) >= 3)).toBe(true)
  })

  it('neither throws, nor hangs, nor loses an entry in silence, on lockfiles that the tests write', () => {
    expect(faultsOf(writtenSeeds())).toEqual([])
  })

  const seeds = realSeeds(24 * 1024) ?? []
  const itReal = seeds.length === 0 ? it.skip : it

  itReal('neither throws, nor hangs, nor loses an entry in silence, on real ones', () => {
    expect(seeds.length).toBeGreaterThan(10)
    expect(faultsOf(seeds)).toEqual([])
  })
})
