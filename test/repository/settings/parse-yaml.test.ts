import { describe, expect, it } from '@jest/globals'
import { parseSettings } from '../../../src/repository/settings/parse-settings.js'
import { itemsOf, memberAt, memberOf, scalarText, textsOf } from '../../../src/repository/settings/placed-value.js'

const parse = (text: string) => parseSettings('x.yaml', text)

describe('settings in YAML', () => {
  it('have the line of each key and each value', () => {
    const { value, broken } = parse('# why\na: 1\nlist:\n  - x\n  - "y"\nempty:\noff: false\n')
    expect(broken).toBeUndefined()
    expect(memberOf(value, 'a')).toEqual({ line: 2, value: { kind: 'other', line: 2, value: 1 } })
    expect(textsOf(memberOf(value, 'list')?.value)).toEqual([
      { kind: 'text', line: 4, text: 'x' },
      { kind: 'text', line: 5, text: 'y' },
    ])
    expect(memberOf(value, 'empty')).toEqual({ line: 6, value: { kind: 'other', line: 6, value: null } })
    expect(memberOf(value, 'off')?.value).toEqual({ kind: 'other', line: 7, value: false })
  })

  it('keep merge keys as keys, and put in the place of an alias what it stands for', () => {
    const { value } = parse('base: &b { x: 1 }\nown:\n  <<: *b\n  y: *b\n')
    expect(scalarText(memberAt(value, 'own.y')?.value)).toBeUndefined()
    expect(scalarText(memberOf(memberAt(value, 'own.y')?.value, 'x')?.value)).toBe('1')
    expect(scalarText(memberOf(memberOf(memberOf(value, 'own')?.value, '<<')?.value, 'x')?.value)).toBe('1')
  })

  it('are broken at an alias that would unfold beyond the limit, without unfolding it', () => {
    const rows = Array.from({ length: 30 }, (_, row) =>
      row === 0
        ? 'a0: &a0 [x, x, x]'
        : `a${row}: &a${row} [${Array(9)
            .fill(`*a${row - 1}`)
            .join(', ')}]`,
    )
    const { broken } = parse(rows.join('\n'))
    expect(broken).toBeGreaterThan(3)
    expect(broken).toBeLessThan(8)
  })

  it.each([
    ['a: [x', 1],
    ['a: 1\n\tb: 2', 2],
    ['a: *nowhere', 1],
  ])('are broken where no parser would go on: %j', (text, line) => {
    expect(parse(text).broken).toBe(line)
  })

  it.each(['[', '{a: ', '- '])('are never handed to the parser when nested without end by %j', (opener) => {
    expect(parse(opener.repeat(100_000)).broken).toBe(1)
  })

  it('are the first document only, and the last of two values of one key', () => {
    const { value } = parse('a: 1\na: 2\n---\na: 3\n')
    expect(scalarText(memberOf(value, 'a')?.value)).toBe('2')
    expect(itemsOf(parse('').value)).toEqual([])
  })
})
