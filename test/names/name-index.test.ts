import { describe, expect, it } from '@jest/globals'
import { editBetween } from '../../src/names/edits.js'
import { knownNames } from '../../src/names/known-names.js'
import { NameIndex, type Spelling } from '../../src/names/name-index.js'
import fc from '../seeded-properties.js'

const anIndex = (forms: readonly string[]): NameIndex =>
  new NameIndex(forms.map((form, rank): Spelling => ({ target: form, rank, form, kind: 'whole' })))

const formsOf = (spellings: Iterable<Spelling>): readonly string[] => [...spellings].map(({ form }) => form)

describe('NameIndex', () => {
  it('finds by halves all that comparing with each name would find', () => {
    const aForm = fc.array(fc.constantFrom(...'ab-'), { minLength: 1, maxLength: 7 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.uniqueArray(aForm, { maxLength: 40 }), aForm, (forms, form) => {
        const near = new Set(formsOf(anIndex(forms).near(form)))
        const wanted = forms.filter((other) => editBetween(form, other) !== undefined)
        expect(wanted.filter((other) => !near.has(other))).toEqual([])
      }),
    )
  })

  it('compares a name with a few dozen of all known ones, not with all', async () => {
    const known = await knownNames()
    const index = anIndex(known)
    const asked = known.filter((_, rank) => rank % 17 === 0)
    const compared = asked.reduce((sum, name) => sum + index.near(name).size, 0)
    expect(asked.length).toBeGreaterThan(1_000)
    expect(compared / asked.length).toBeLessThan(40)
  })

  it('finds the same letters with other separators, the same look, and the same words', () => {
    const index = anIndex(['cross-env', 'commander', 'fs-extra', 'fsextra'])
    expect(formsOf(index.spelledLike('crossenv'))).toEqual(['cross-env'])
    expect(formsOf(index.lookingLike('cornmander'))).toEqual(['commander'])
    expect(formsOf(index.spelledLike('cornmander'))).toEqual([])
    expect(formsOf(index.spelledLike('fs.extra'))).toEqual(['fs-extra', 'fsextra'])
    expect(formsOf(index.wordedLike('extra.fs'))).toEqual(['fs-extra'])
    expect(formsOf(index.wordedLike('extra'))).toEqual([])
  })
})
