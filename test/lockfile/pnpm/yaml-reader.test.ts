import { describe, expect, it } from '@jest/globals'
import { dump, load } from 'js-yaml'
import { Document } from 'yaml'
import { maxYamlDepth } from '../../../src/limits.js'
import type { YamlMistake } from '../../../src/lockfile/pnpm/yaml-cursor.js'
import { readYaml } from '../../../src/lockfile/pnpm/yaml-reader.js'
import { isMap, type YamlValue } from '../../../src/lockfile/pnpm/yaml-tree.js'
import fc from '../../seeded-properties.js'
import { plainValue } from './plain-value.js'

function mistakeIn(text: string): YamlMistake | null {
  const read = readYaml(text)
  return 'why' in read ? read : null
}

function read(text: string): unknown {
  const outcome = readYaml(text)
  return 'why' in outcome ? outcome : outcome.documents.map(plainValue)
}

const lines = (...all: string[]): string => `${all.join('\n')}\n`

/** Texts that look like something else, and texts with what needs quotes, folding or escapes. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', ': ', ' #', '\n', "'", '"', '\\', '-', '{', ',', '1', '.') }),
  fc.constantFrom(
    '',
    '~',
    'null',
    'true',
    '1.0',
    '1.0.0',
    '0x1f',
    '1e3',
    '.5',
    '-',
    '---',
    '? a',
    '&a',
    '*a',
    '!a',
    '@a/b',
  ),
  fc.string({ minLength: 60, maxLength: 200, unit: fc.constantFrom('word', ' ', ' ', '\n', ' more') }),
)
const key = fc
  .oneof(text, fc.string({ minLength: 1030, maxLength: 1040, unit: fc.constantFrom('a', 'b', '@') }))
  .filter(
    // An object lists whole numbers first, and has one key that is none.
    (one) => !/^\d+$/.test(one) && one !== '__proto__' && one !== '<<',
  )
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.oneof(fc.boolean(), fc.integer(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const map = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true })

describe('readYaml', () => {
  it('reads what js-yaml writes, in all its styles, as js-yaml does', () => {
    const style = fc.record({
      lineWidth: fc.constantFrom(-1, 40, 80, 1000),
      flowLevel: fc.constantFrom(-1, 1, 2),
      indent: fc.constantFrom(2, 4),
      seqNoIndent: fc.boolean(),
    })
    fc.assert(
      fc.property(map, style, (one, options) => {
        const written = dump(one, options)
        // js-yaml writes a first key that begins with `---` bare, and then takes it for the start of a document itself.
        fc.pre(!written.startsWith('---'))
        expect([written, read(written)]).toEqual([written, [load(written)]])
      }),
      { numRuns: 1000 },
    )
  })

  it('reads what another writer folds and quotes as js-yaml does', () => {
    const style = fc.record({
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
      lineWidth: fc.constantFrom(0, 40),
    })
    fc.assert(
      fc.property(map, style, (one, options) => {
        const written = new Document(one).toString(options)
        // It writes one thing that no reader of ours needs: a key over several lines.
        if (mistakeIn(written) === null) expect([written, read(written)]).toEqual([written, [load(written)]])
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    [
      'a map in brackets over several lines',
      lines('a:', '  {', '    b: 1, # one', "    'c': [d,", '      e],', '  }', 'f: 2'),
    ],
    [
      'text that goes on in the next lines',
      lines('a: one', '  two', '', '  three', "b: 'four", "  five'", 'c: "six \\', '  seven"'),
    ],
    ['a comment wherever one may stand', lines('# top', 'a: # here', '  # there', '  b: c # everywhere', 'd: e#f')],
    ['a list as far left as its key', lines('a:', '- b', '- c: d', '  e: f', '-', '  - g')],
    ['a key on a line of its own', lines('? a b', ': c: 1', '  d: 2', "? 'e'", ': f')],
    ['blocks of text', lines('a: |-', '  b', '   c', '', 'd: >+', '  e', '  f', '', '   g', '', 'h: |2', '    i')],
    ['text without an end of line', 'a: b'],
    ['empty values', lines('a:', 'b: {}', 'c: []', "d: ''", 'e: {f, g: }')],
  ])('reads %s', (_, written) => {
    expect(read(written)).toEqual([load(written)])
  })

  it('reads several documents', () => {
    expect(read('---\na: 1\n---\n# nothing\n---\nb: 2\n')).toEqual([{ a: 1 }, null, { b: 2 }])
    expect(read('')).toEqual([null])
    expect(read('# nothing')).toEqual([null])
  })

  it('knows the line of every key', () => {
    const outcome = readYaml(lines('a:', '  b: {c: 1,', '    d: 2}', '', '  e: "f', '    g"', 'h: |', '  i', 'j: k'))
    const found: [string, number][] = []
    const collect = (one: YamlValue | undefined): void => {
      if (!isMap(one)) return
      for (let at = 0; at < one.size; at += 1) {
        found.push([one.keyAt(at), one.lineAt(at)])
        collect(one.valueAt(at))
      }
    }
    collect('documents' in outcome ? outcome.documents[0] : null)
    expect(found).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 2],
      ['d', 3],
      ['e', 5],
      ['h', 7],
      ['j', 9],
    ])
  })

  it('takes the last of doubled keys and reports them, as it does with `__proto__`', () => {
    const outcome = readYaml(lines('a:', '  b: 1', '  c: 2', '  b: 3', 'd: {e: 1, e: 2, "\\x5f_proto__": 3}'))
    expect('odd' in outcome ? outcome.odd : outcome).toEqual([
      { reason: 'duplicate-key', path: ['a', 'b'], line: 4 },
      { reason: 'duplicate-key', path: ['d', 'e'], line: 5 },
      { reason: 'prototype-key', path: ['d', '__proto__'], line: 5 },
    ])
    expect(JSON.stringify(read(lines('a: {b: 1, b: 2}', 'c: 1')))).toBe('[{"a":{"b":2},"c":1}]')
  })

  it('finds doubled keys in maps that are not sorted, small and large', () => {
    const keys = Array.from({ length: 40 }, (_, at) => `k${(at * 7) % 40}`)
    for (const size of [3, 40]) {
      const outcome = readYaml(lines(...keys.slice(0, size), keys[1] ?? '').replace(/(.)$/gm, '$1: x'))
      expect('odd' in outcome ? outcome.odd : outcome).toEqual([
        { reason: 'duplicate-key', path: ['k7'], line: size + 1 },
      ])
    }
  })

  it.each([
    ['an anchor', lines('a: &x 1'), 1],
    ['an alias', lines('a: 1', 'b: *x'), 2],
    ['a tag', lines('a: !!str 1'), 1],
    ['a tag in brackets', lines('a: [!x b]'), 1],
    ['a directive', lines('%YAML 1.2', '---', 'a: 1'), 1],
    ['a merge key', lines('a: 1', '<<: {b: 2}'), 2],
    ['something after the end of a document', lines('a: 1', '...', 'b: 2'), 3],
    ['a tab before content', lines('a:', '\tb: 1'), 2],
    ['a tab after a colon', 'a:\tb\n', 1],
    ['a second colon on a line', lines('a: b: c'), 1],
    ['a list on the line of its key', lines('a: - b'), 1],
    ['a line that is no key', lines('a: 1', 'b'), 2],
    ['a line that is indented too deep', lines('a:', '  b: 1', '   c: 2'), 3],
    ['a line that is indented too little', lines('a:', '    b: 1', '  c: 2'), 3],
    ['text after quotes', lines("a: 'b' c"), 1],
    ['an open quote', lines('a: "b'), 1],
    ['an open bracket', lines('a: {b: 1'), 2],
    ['an escape that is none', lines('a: "\\q"'), 1],
    ['two values in brackets without a comma', lines('a: {b: 1 c: 2}'), 1],
    ['a separator of documents in quotes', lines('a: "b', '---', '  c"'), 2],
  ])('refuses %s, with its line', (_, written, line) => {
    expect(mistakeIn(written)).toMatchObject({ line, limit: false })
  })

  it('stops at what nests too deep, in brackets and by indentation', () => {
    const deep = Array.from({ length: maxYamlDepth + 2 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')
    for (const written of [`a: ${'['.repeat(50_000)}`, `a: ${'{b: '.repeat(50_000)}`, deep, '- '.repeat(50_000)]) {
      expect(mistakeIn(written)).toMatchObject({ limit: true })
    }
  })

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      ...`a|b|: |- |? |{|}|[|]|,|'|"|\\|#| |  |\n|\t|&|*|!|>|%|@|---|...|1.0|~|<<`.split('|'),
      '|',
    )
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 40 }), (written) => {
        const outcome = readYaml(written)
        if ('why' in outcome) return
        // What we take, js-yaml takes as the same, or refuses for being several documents or having a key twice.
        const theirs = outcomeOf(() => load(written))
        if (theirs.known && outcome.odd.length === 0 && outcome.documents.length === 1) {
          expect([written, JSON.stringify(outcome.documents.map(plainValue))]).toEqual([
            written,
            JSON.stringify([theirs.value ?? null]),
          ])
        }
      }),
      { numRuns: 20_000 },
    )
  })

  it.each([
    ['quotes without end', "a: '".padEnd(200_000, "''")],
    ['lines of quotes', `a: "${'\\ \n  '.repeat(50_000)}"`],
    ['blanks', `a: b${' '.repeat(200_000)}c`],
    ['keys without value', 'a:\n'.repeat(60_000)],
    ['brackets', '[]'.repeat(100_000)],
    ['lines that go on', `a: b${'\n c'.repeat(60_000)}`],
  ])('reads %s in linear time', (_, written) => {
    const start = performance.now()
    readYaml(written)
    // Quadratic growth takes minutes here; the bound only has to tell the two apart on a busy machine.
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

function outcomeOf(read: () => unknown): { readonly known: boolean; readonly value?: unknown } {
  try {
    return { known: true, value: read() }
  } catch {
    // js-yaml's YAMLException: it does not take the text.
    return { known: false }
  }
}
