import { describe, expect, it } from '@jest/globals'
import { locateInsertion } from '../../../../src/package/code/hidden/locate-insertion.js'
import { readShape } from '../../../../src/package/code/hidden/shape.js'

const compare = (before: string, now: string) => locateInsertion(readShape(before), readShape(now))

const lines = (count: number, name = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${name}(${at})`).join('\n')

/** A bundle in one line: no two of its parts alike. */
const bundle = (length: number, seed: number): string => {
  let state = seed
  let text = ''
  while (text.length < length) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    text += `function f${state.toString(36)}(a){return a(${state % 977})}`
  }
  return text.slice(0, length)
}

describe('a piece put into a file that is otherwise the same', () => {
  it.each([
    ['a line behind all others', `${lines(50)}\n`, `${lines(50)}\nevil()\n`, 51, 52],
    ['a line before all others', lines(50), `evil()\n${lines(50)}`, 1, 2],
    ['a line behind the directive', `'use strict'\n${lines(50)}`, `'use strict'\nevil()\n${lines(50)}`, 2, 3],
    ['three lines before all others', lines(50), `a()\nb()\nc()\n${lines(50)}`, 1, 4],
    ['a line before the source map', `${lines(50)}\n//# map`, `${lines(50)}\nevil()\n//# map`, 51, 52],
    ['a line among empty ones', `${lines(50)}\n`, `${lines(50)}\n\n\nevil()\n\n`, 51, 54],
    ['a line in a file of two', 'a()\nb()', 'a()\nb()\nevil()', 3, 4],
    ['a long line', lines(50), `${lines(50)}\n${bundle(400_000, 1)}`, 51, 52],
    ['a line where others end differently', lines(50), `${lines(50).replaceAll('\n', '\r\n')}\r\nevil()`, 51, 52],
  ])('finds %s', (_, before, now, from, to) => {
    expect(compare(before, now)).toEqual({
      from: { line: from, column: 1 },
      to: { line: to, column: 1 },
      replaces: false,
    })
  })

  it('finds a line that is another because something was put into it', () => {
    expect(compare(lines(50), `${lines(50)};evil()`)).toEqual({
      from: { line: 50, column: 1 },
      to: { line: 51, column: 1 },
      replaces: true,
    })
  })

  it.each([
    ['behind', (old: string, added: string) => old + added],
    ['before', (old: string, added: string) => added + old],
  ])('finds what was put %s the only line of a bundle', (_, put) => {
    const old = bundle(200_000, 7)
    const added = bundle(8000, 99)
    const found = compare(old, put(old, added))
    const at = put('', '') === '' && put('a', 'b') === 'ab' ? old.length : 0

    expect(found).toMatchObject({ from: { line: 1 }, replaces: true })
    expect(Math.abs((found?.from.column ?? 0) - at)).toBeLessThan(10_000)
  })

  it.each([
    ['the same', lines(50), lines(50)],
    ['other ends of lines', lines(50), `${lines(50).replaceAll('\n', '  \r\n')}\n\n`],
    ['lines that are gone', lines(50), lines(49)],
    ['two lines that changed', lines(50), lines(50).replace('line(2)', 'a()').replace('line(47)', 'b()')],
    ['another text', lines(50), lines(60, 'other')],
    ['another text of one line', 'a()', 'b()'],
    ['another bundle', bundle(100_000, 1), bundle(110_000, 2)],
    ['a text where none was', '', 'a()'],
    ['nothing where a text was', 'a()', ''],
  ])('finds nothing in %s', (_, before, now) => {
    expect(compare(before, now)).toBeUndefined()
  })

  it('keeps little of any text', () => {
    const size = (text: string): number => JSON.stringify(readShape(text)).length

    expect(size(lines(100_000))).toBeLessThan(1000)
    expect(size(bundle(1_000_000, 3))).toBeLessThan(2000)
  })
})
