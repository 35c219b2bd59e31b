import { describe, expect, it } from '@jest/globals'
import { collisionKey, readEntryPath } from '../../src/package/entry-path.js'

const read = (path: string) => {
  const { installed, unsafe } = readEntryPath(path, false)
  return { installed, reasons: unsafe.map(({ reason }) => reason) }
}

describe('readEntryPath', () => {
  it.each([
    ['package/lib/a.js', 'lib/a.js'],
    ['node/index.js', 'index.js'],
    ['./package/a.js', 'package/a.js'],
    ['package//lib/./a.js', 'lib/a.js'],
    [`package/${'long/'.repeat(40)}a.js`, `${'long/'.repeat(40)}a.js`],
    ['package/日本語.js', '日本語.js'],
  ])('puts %s where npm puts it', (path, installed) => {
    expect(read(path)).toEqual({ installed, reasons: [] })
  })

  it.each([
    ['/package/a.js', 'package/a.js', ['absolute-path']],
    ['package/c:/a.js', 'a.js', ['absolute-path']],
    ['c:\\a.js', undefined, ['absolute-path', 'ambiguous-entry', 'ambiguous-entry']],
    ['package/../../a.js', undefined, ['path-traversal']],
    ['../a.js', 'a.js', ['path-traversal']],
    ['package\\..\\a/b.js', 'b.js', ['path-traversal', 'ambiguous-entry']],
    ['package/lib\\a.js', 'lib\\a.js', ['ambiguous-entry']],
    ['package/a\u202ejs', 'a\u202ejs', ['control-character']],
    ['package/a\n.js', 'a\n.js', ['control-character']],
    ['package/a\ufffd.js', 'a\ufffd.js', ['ambiguous-entry']],
    ['a.js', undefined, ['ambiguous-entry']],
  ])('tells what is wrong with %j', (path, installed, reasons) => {
    expect(read(path)).toEqual({ installed, reasons })
  })

  it('takes the package folder itself for nothing to install', () => {
    expect(readEntryPath('package/', true)).toEqual({ unsafe: [] })
  })
})

describe('collisionKey', () => {
  it.each([
    ['Readme.md', 'README.MD'],
    ['caf\u00e9.js', 'cafe\u0301.js'],
    ['lib/a.js.', 'lib/a.js'],
    ['lib. /a.js', 'lib/a.js'],
    ['stra\u00dfe.js', 'STRASSE.js'],
  ])('is the same for %j and %j', (a, b) => {
    expect(collisionKey(a)).toBe(collisionKey(b))
  })

  it.each([
    ['a.js', 'b.js'],
    ['.a', 'a'],
    ['a/b', 'ab'],
  ])('differs for %j and %j', (a, b) => {
    expect(collisionKey(a)).not.toBe(collisionKey(b))
  })
})
