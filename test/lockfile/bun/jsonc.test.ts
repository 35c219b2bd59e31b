import { describe, expect, it } from '@jest/globals'
import { type ParseError, parse } from 'jsonc-parser'
import { toJson, withoutFinalCommas } from '../../../src/lockfile/bun/jsonc.js'
import fc from '../../seeded-properties.js'

describe('toJson', () => {
  it('blanks comments and final commas, and nothing in a string', () => {
    expect(toJson('{ // x, "\n"a,}": [1, /* 2,\r\n ] */ ], /**/ }')).toBe(
      `{ ${' '.repeat(7)}\n"a,}": [1${' '.repeat(7)}\r\n${' '.repeat(5)} ]${' '.repeat(6)} }`,
    )
  })

  it.each(['[1,, ]', '{"a" "b"}', '/* open', '"\\', '[1] / 2', ''])('leaves %j no JSON', (text) => {
    expect(() => JSON.parse(toJson(text))).toThrow(SyntaxError)
  })

  it('keeps every other character where it was and reads what a general parser of the format reads', () => {
    const gap = fc.constantFrom('', ' ', '\n', '\r\n', '// a "b" , }\n', '/* , ] */', '/**/')
    const scalar = fc.oneof(fc.string(), fc.constantFrom('//', '/*', ',]', '\\"', '\u2028'), fc.integer(), fc.boolean())
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        scalar.map((one) => JSON.stringify(one)),
        fc
          .tuple(fc.array(fc.tuple(gap, tie('value'), gap), { maxLength: 4 }), gap, fc.boolean())
          .map(
            ([members, end, comma]) =>
              `[${members.map((one) => one.join('')).join(',')}${comma && members.length > 0 ? ',' : ''}${end}]`,
          ),
        fc
          .tuple(fc.array(fc.tuple(gap, fc.string(), tie('value'), gap), { maxLength: 4 }), gap, fc.boolean())
          .map(([members, end, comma]) => {
            const texts = members.map(
              ([before, key, one, after], at) => `${before}${JSON.stringify(`${at}${key}`)}:${one}${after}`,
            )
            return `{${texts.join(',')}${comma && members.length > 0 ? ',' : ''}${end}}`
          }),
      ),
    }))
    fc.assert(
      fc.property(value, (text) => {
        const errors: ParseError[] = []
        const theirs: unknown = parse(text, errors, { allowTrailingComma: true })
        const json = toJson(text)
        expect([errors, JSON.parse(json), json.length, json.split('\n').length]).toEqual([
          [],
          theirs,
          text.length,
          text.split('\n').length,
        ])
        expect([...json].every((character, at) => character === ' ' || character === [...text][at])).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('withoutFinalCommas', () => {
  it('blanks the commas that Bun writes, in both kinds of line ends', () => {
    expect(withoutFinalCommas('{\n  "a": [\r\n    1,\r\n  ],\n\n}')).toBe('{\n  "a": [\r\n    1 \r\n  ] \n\n}')
  })

  it('takes a time that grows with the text, whatever its blanks', () => {
    const text = `[1${',\n'.repeat(50_000)}${'\n'.repeat(500_000)}]`
    expect(withoutFinalCommas(text).length).toBe(text.length)
  })
})
