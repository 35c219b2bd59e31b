import { describe, expect, it } from '@jest/globals'
import { areTwoEditsApart, editBetween } from '../../src/names/edits.js'
import fc from '../seeded-properties.js'

describe('editBetween', () => {
  it.each([
    ['colorv', 'colors', 'letter-changed'],
    ['chal', 'chalk', 'letter-missing'],
    ['eact', 'react', 'letter-missing'],
    ['tchalk', 'chalk', 'letter-added'],
    ['chalk2', 'chalk', 'letter-added'],
    ['reacct', 'react', 'letter-doubled'],
    ['lodashh', 'lodash', 'letter-doubled'],
    ['node-fecth', 'node-fetch', 'letters-swapped'],
    ['xepress', 'express', 'letters-swapped'],
    ['requets', 'request', 'letters-swapped'],
    ['node16', 'node18', 'digit-changed'],
    ['l0dash', 'lodash', 'letter-changed'],
  ])('says of %s, where %s was meant: %s', (written, meant, edit) => {
    expect(editBetween(written, meant)).toBe(edit)
  })

  it.each([
    ['chalk', 'chalk'],
    ['chlak2', 'chalk'],
    ['abcd', 'dbca'],
    ['ab', 'abcd'],
    ['', 'ab'],
  ])('says nothing of %s, where %s was meant', (written, meant) => {
    expect(editBetween(written, meant)).toBeUndefined()
  })

  it('finds every slip, wherever it is', () => {
    fc.assert(
      fc.property(aName, fc.nat(), aLetter, (name, at, letter) => {
        for (const slipped of slipsOf(name, at % name.length, letter))
          expect([slipped, slipped === name || editBetween(slipped, name) !== undefined]).toEqual([slipped, true])
      }),
    )
  })

  it('finds none where two names differ in more', () => {
    fc.assert(
      fc.property(aName, aName, (one, other) => {
        const found = editBetween(one, other) !== undefined
        expect(found).toBe(slipDistance(one, other) === 1)
      }),
    )
  })
})

describe('areTwoEditsApart', () => {
  it.each([
    ['suport-color', 'supports-color'],
    ['reqeusts', 'request'],
    ['exxpresss', 'express'],
    ['lodahs-esm', 'lodash-es'],
  ])('knows %s for %s', (written, meant) => {
    expect(areTwoEditsApart(written, meant)).toBe(true)
  })

  it('finds every second slip after a first one', () => {
    fc.assert(
      fc.property(aName, fc.nat(), fc.nat(), aLetter, (name, at, then, letter) => {
        for (const once of slipsOf(name, at % name.length, letter))
          for (const twice of once === '' ? [] : slipsOf(once, then % once.length, letter))
            if (slipDistance(twice, name) === 2)
              expect([twice, name, areTwoEditsApart(twice, name)]).toEqual([twice, name, true])
      }),
    )
  })

  it('finds none where two names are further apart', () => {
    fc.assert(
      fc.property(aName, aName, (one, other) => {
        if (areTwoEditsApart(one, other)) expect(slipDistance(one, other)).toBeLessThanOrEqual(2)
      }),
    )
  })
})

const aLetter = fc.constantFrom(...'abc2-')
const aName = fc.array(aLetter, { minLength: 1, maxLength: 9 }).map((letters) => letters.join(''))

/** What a slip at a place makes of a name: a letter more, less, another, and two swapped. */
function slipsOf(name: string, at: number, letter: string): readonly string[] {
  const [start, end] = [name.slice(0, at), name.slice(at + 1)]
  return [
    start + letter + name.slice(at),
    start + end,
    start + letter + end,
    `${start}${end[0] ?? ''}${name[at] ?? ''}${end.slice(1)}`,
  ]
}

/** The number of slips by the textbook's table, as an oracle. */
function slipDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const ways = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same]
      if (swapped && row > 1 && column > 1) ways.push(at(row - 2, column - 2) + 1)
      rows[row]?.push(Math.min(...ways))
    }
  }
  return at(one.length, other.length)
}
