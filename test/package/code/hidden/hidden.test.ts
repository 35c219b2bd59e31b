import { describe, expect, it } from '@jest/globals'
import { maxHiddenPlaces } from '../../../../src/limits.js'
import { readCode } from '../../../../src/package/code/read/read-code.js'
import { readTextFacts } from '../../../../src/package/code/text-facts.js'

const read = (code: string, path = 'a.js') => readTextFacts(readCode(Buffer.from(code), path), []).hidden

const hidden = (code: string, path?: string): readonly string[] =>
  read(code, path).map(({ kind, line, column }) => `${kind} ${line}:${column}`)

const blanks = ' '.repeat(300)
const joiners = '\u200b\u200c\u200b\u200b\u200c\u200c\u200b\u200c\u200b'
const tags = [...'ignore that'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')
const selectors = [...'evil();'].map((letter) => String.fromCodePoint(0xe0100 + (letter.codePointAt(0) ?? 0))).join('')

describe('what an editor would not show', () => {
  it('tells of code that was pushed away where it begins', () => {
    expect(read(`const a = 1;${blanks}evil()\nb()`)).toEqual([
      { kind: 'long-whitespace', line: 1, column: 313, excerpt: 'evil()' },
    ])
  })

  it.each([
    ['by blanks', `a();${blanks}evil()`, ['long-whitespace 1:305']],
    ['by tabs', `a();${'\t'.repeat(200)}evil()`, ['long-whitespace 1:205']],
    ['by blanks of other widths', `a();${'\u00a0\u2003\u3000'.repeat(70)}evil()`, ['long-whitespace 1:215']],
    ['to a line of its own', `a()\n${blanks}evil()`, ['long-whitespace 2:301']],
    ['behind a comment', `a() //\n;${blanks}/* b */ evil()`, ['long-whitespace 2:310']],
    ['within a comment', `a(); /*${blanks}*/ evil()`, ['long-whitespace 1:310']],
    ['within a string', `const a = "${blanks}"; evil()`, ['long-whitespace 1:313']],
    ['by empty lines', `a()${'\n'.repeat(300)}evil()`, ['long-whitespace 301:1']],
    ['in what is no code', `a b;${blanks}evil()`, ['long-whitespace 1:305']],
  ])('finds code pushed away %s', (_, code, expected) => {
    expect(hidden(code)).toEqual(expected)
  })

  it.each([
    ['blanks at the end of a line', `a();${blanks}\nb()`],
    ['a comment that stands far out', `a();${blanks}// b\nc()`],
    ['comments that stand far out', `a();${blanks}/* b */ // c\nd()`],
    ['fewer blanks', `a();${' '.repeat(199)}b()`],
    ['indentation as deep as the line before', `${' '.repeat(180)}a()\n${' '.repeat(201)}b()`],
    ['a text of blanks', `const a = "${blanks}"\nb()`],
    ['a text of blanks in a list', `const a = ["${blanks}", "b"]`],
    ['a table in a template', `const a = \`x${blanks}y\n${blanks}z\`\nb()`],
    ['a picture in a comment', `/*\n * x${blanks}y\n */\nb()`],
    ['blanks at the end', `a()${blanks}`],
    ['some empty lines', `a()${'\n'.repeat(100)}b()`],
  ])('sees nothing in %s', (_, code) => {
    expect(hidden(code)).toEqual([])
  })

  it.each([
    ['a name without width', 'const \u3164 = a; b(\u3164)', ['zero-width 1:7', 'zero-width 1:16']],
    ['a joiner within a name', 'const a\u200db = 1', ['zero-width 1:8']],
    ['data in a string', `run("${joiners}")`, ['zero-width 1:6']],
    ['text turned around in a comment', 'if (a) { /* \u202e } if (b) begin */ c() }', ['bidi 1:13']],
    [
      'text turned around in a string',
      'if (a !== "user\u202e \u2066// admin\u2069 \u2066") {}',
      ['bidi 1:16', 'bidi 1:29'],
    ],
    ['an order to a model', `const text = "a${tags}"`, ['tag-characters 1:16']],
    ['a program in selectors', `run("${selectors}")`, ['variation-selectors 1:6']],
    ['a program in a template', `run(\`${selectors}\`)`, ['variation-selectors 1:6']],
    ['a Cyrillic letter in a name', 'cоnsole.log(1)', ['homoglyph 1:1']],
    ['a Greek letter in a name', 'const Οbject = 1', ['homoglyph 1:7']],
    ['a name of Cyrillic letters alone that the file has in Latin', 'const сору = 1, copy = 2', ['homoglyph 1:7']],
  ])('finds %s', (_, code, expected) => {
    expect(hidden(code)).toEqual(expected)
  })

  it.each([
    ['joined emoji', 'const a = "👩‍👩‍👧‍👦 🏳️‍🌈"'],
    ['Persian and Hindi', 'const a = "می‌خواهم", b = "क्‍ष"'],
    ['flags of regions', 'const a = "🏴󠁧󠁢󠁥󠁮󠁧󠁿"'],
    ['emoji in colour', 'const a = "❤️☀️✔️"'],
    ['one of them as a constant', 'const zwsp = "\u200b", bom = "\ufeff", rlm = "\u200f", rlo = "\u202e"'],
    [
      'a packed table of names of characters',
      'const a = "\u2025\u2027\u202a\\0\u202e\u8033\u00bd\u42bd;\u6153\u8033\u00bc\u42bc;\u0273(x)"',
    ],
    ['a table of them', 'const a = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"'],
    ['a class of them', 'const a = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064]/'],
    ['a text padded with one', `const a = "Parallel${'\u200b'.repeat(12)}"`],
    ['a byte order mark', '\ufeffa()'],
    ['a byte order mark where files were joined', 'a();\n\ufeffb()'],
    ['a quotation that is closed', 'const a = "\u2067שלום\u2069 (a)"'],
    ['letters without width in a comment', '// a\u200bb\nc()'],
    ['names of mathematics', 'const Δx = 1, µs = 2, λ = 3, θ1 = 4, Σ = 5'],
    ['names in Russian', 'const имя = 1, тест1 = 2, сумма = имя'],
    ['names in Chinese', 'const 名字 = 1, a名 = 2'],
    ['Russian text', 'const a = "сору", b = { "оно": 1 }'],
  ])('sees nothing in %s', (_, code) => {
    expect(hidden(code)).toEqual([])
  })

  it('keeps the first of any number, and comes to an end', () => {
    expect(hidden('a\u200db;'.repeat(50_000))).toHaveLength(maxHiddenPlaces)
    expect(hidden(`a();${blanks}`.repeat(20_000))).toHaveLength(maxHiddenPlaces)
    expect(hidden(`${' '.repeat(199)}a()\n`.repeat(20_000))).toEqual([])
  })
})
