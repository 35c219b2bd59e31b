import { describe, expect, it } from '@jest/globals'
import { minimatch } from 'minimatch'
import { parseFolderPattern } from '../../src/lockfile/folder-pattern.js'
import fc from '../seeded-properties.js'

const matches = (pattern: string, folder: string): boolean | undefined =>
  parseFolderPattern(pattern)?.(folder.split('/'))

describe('parseFolderPattern', () => {
  it.each([
    ['packages/*', 'packages/a', true],
    ['packages/*', 'packages/a/b', false],
    ['packages/**', 'packages', true],
    ['packages/**', 'packages/a/b', true],
    ['**/a', 'a', true],
    ['**/a/**', 'x/a/y', true],
    ['./packages/a/', 'packages/a', true],
    ['@scope/*', '@scope/a', true],
    ['p?ck*s/a-*-b', 'packages/a-x-b', true],
    ['*a*b', 'xaxbxb', true],
    ['*a*b', 'xaxbxbx', false],
    ['{a,b{c,d}}/x', 'bd/x', true],
    ['{a,b}', '{a,b}', false],
    ['*', '.hidden', false],
    ['**', 'a/.hidden/b', false],
    ['.*', '.hidden', true],
    ['../a', 'a', false],
  ])('takes %s for a pattern by which %s is %j', (pattern, folder, named) => {
    expect(matches(pattern, folder)).toBe(named)
  })

  it.each(['[ab]', '+(a|b)', '@(a)', 'a\\*', '{1..3}', '{a}', '{a,b', 'a}', '{a,b}'.repeat(7)])(
    'does not guess at %s',
    (pattern) => {
      expect(parseFolderPattern(pattern)).toBeNull()
    },
  )

  it('agrees with the library that npm uses, on folders with a manifest', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 4 })
    const part = fc.oneof(
      fc.constantFrom('**', '*', 'a', '{a,b}'),
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '-'), minLength: 1, maxLength: 4 }),
    )
    const dots = (text: string): boolean => /(?:^|\/)\.{1,2}(?:\/|$)/.test(text)
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
        fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/')),
        (pattern, folder) => {
          // A path in a repository has no `.` or `..`; more than two stars mean something else where they are a segment.
          if (dots(folder) || /\*{3}|\*\*[^/]|[^/]\*\*/.test(pattern)) return
          expect(matches(pattern, folder)).toBe(minimatch(`${folder}/package.json`, `${pattern}/package.json`))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('takes no longer for many stars, where a regular expression would for ever', () => {
    expect(matches('*a'.repeat(90), 'a'.repeat(250))).toBe(true)
    expect(matches(`${'*a'.repeat(90)}b`, 'a'.repeat(250))).toBe(false)
    expect(matches('**/'.repeat(60), Array.from({ length: 500 }, () => 'a').join('/'))).toBe(true)
  })
})
