import { describe, expect, it } from '@jest/globals'
import { knownNames } from '../../src/names/known-names.js'
import { openNames } from '../../src/names/names.js'
import { measureHonest, missedSquats, readNameCases } from './measure.js'

const cases = readNameCases()
const ranked = await knownNames()
const inCases = cases === undefined ? it.skip : it

describe('real names', () => {
  const names = openNames(ranked)
  const { squats = [], legitimate = [] } = cases ?? {}

  inCases('of squats are found for what they imitate, but for one whose own name is used more', () => {
    expect(squats.length).toBeGreaterThan(80)
    expect(missedSquats(names, squats)).toEqual(['synckit, for asynckit'])
  })

  inCases(
    'of honest packages one edit apart are taken for each other where they are used too little to be known',
    () => {
      const honest = [...new Set(legitimate.flat())]
      const { close, loose } = measureHonest(names, 'honest', honest)
      expect(honest.length).toBeGreaterThan(200)
      expect([close.length, loose.length]).toEqual([7, 2])
    },
  )
})

describe('measureHonest', () => {
  it('tells names that count by themselves from those that count where they are new', () => {
    const names = openNames(['lodash', 'crypto-js'])
    expect(measureHonest(names, 'some', ['lodash', 'lodahs', 'plain-crypto-js', 'left-pad'])).toEqual({
      set: 'some',
      of: 4,
      close: ['lodahs, for lodash (letters-swapped)'],
      loose: ['plain-crypto-js, for crypto-js (word-added)'],
    })
  })
})
